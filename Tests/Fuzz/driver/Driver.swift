import FuzzTargets

// Joins libFuzzer, which calls these two by name, to the target that its command line names.

// Written once, before the first input, by the one thread there is.
nonisolated(unsafe) private var target: FuzzTarget?

@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
    // libFuzzer leaves alone what begins with two dashes.
    let name = CommandLine.arguments.first { $0.hasPrefix("--target=") }?.dropFirst(9)
    target = name.flatMap { FuzzTarget.find(String($0)) }
    guard target != nil else { fatalError("name a target: --target=json") }
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    target!.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
