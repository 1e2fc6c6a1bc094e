/// How many pictures a server takes in one request, and how large: it refuses the whole request for one too many.
package struct ImageLimits: Hashable, Sendable {
    /// Bytes of one, in base64 as it is sent.
    package var each: Int?
    /// Bytes of all of them.
    package var all: Int?
    package var count: Int?

    package init(each: Int? = nil, all: Int? = nil, count: Int? = nil) {
        self.each = each
        self.all = all
        self.count = count
    }

    /// As their makers say; of any other server nothing is known.
    static let anthropic = ImageLimits(each: 5 << 20, all: 28 << 20, count: 100)
    static let gemini = ImageLimits(all: 18 << 20, count: 3_000)
    static let groq = ImageLimits(each: 4 << 20, count: 5)
    static let mistral = ImageLimits(each: 10 << 20, count: 8)
    static let openAI = ImageLimits(all: 48 << 20, count: 500)

    /// Why a picture can't be sent, newest first: of many the last are what is talked about.
    struct Reckoning {
        let limits: ImageLimits
        private var count = 0
        private var bytes = 0

        init(_ limits: ImageLimits) { self.limits = limits }

        mutating func refusal(of picture: ImagePart) -> String? {
            let size = picture.data.utf8.count
            if let each = limits.each, size > each {
                return "this model takes none of more than \(each >> 20) MiB in base64"
            }
            if let most = limits.count, count >= most {
                return "this model takes \(most) in a request, and later ones are shown"
            }
            if let all = limits.all, bytes + size > all {
                return
                    "this model takes \(all >> 20) MiB of them in a request, and later ones are shown"
            }
            count += 1
            bytes += size
            return nil
        }
    }
}
