import PiJSON

extension FuzzTarget {
    static let json = FuzzTarget(name: "json") { bytes in
        guard let reading = try? JSONReader.read(bytes, .interchange(sizeLimit: 1 << 20)) else {
            // What strict rules refuse for its names or surrogates only, exact rules refuse too.
            precondition((try? JSONReader.read(bytes, .exact(sizeLimit: 1 << 20))) == nil)
            return
        }
        for layout in [JSONWriter.Layout.compact, .indented] {
            let written = JSONWriter.write(reading.value, layout: layout)
            let again = try? JSONReader.read(written, .exact(sizeLimit: 1 << 24, depthLimit: 128))
            precondition(
                again?.value == reading.value, "written and read again it is another value")
        }
    }

    static let lenientJSON = FuzzTarget(name: "lenient-json") { bytes in
        let strict = try? JSONReader.read(bytes, .exact(sizeLimit: 1 << 20))
        let lenient = try? JSONReader.read(bytes, .lenient(sizeLimit: 1 << 20))
        if let strict { precondition(lenient == strict, "leniency changed a good document") }
        if strict == nil, let lenient {
            precondition(!lenient.notes.isEmpty, "a liberty without a note")
        }
    }

    static let canonicalJSON = FuzzTarget(name: "canonical-json") { bytes in
        guard let value = try? JSONReader.read(bytes, .exact(sizeLimit: 1 << 20)).value,
            let canonical = try? CanonicalJSON.write(value)
        else { return }
        guard let again = try? JSONReader.read(canonical, .exact(sizeLimit: 1 << 24)).value else {
            preconditionFailure("the canonical form is no JSON")
        }
        precondition(
            (try? CanonicalJSON.write(again)) == canonical, "the canonical form has another one")
    }
}
