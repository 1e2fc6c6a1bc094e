import PiJSON
import PiPolicy
import Testing

/// The pages of the codes, whose examples are tried.
@Suite struct CodePageTests {
    private var loader: Loader {
        var loader = Loader()
        loader.surroundings = Surroundings(workspace: "/w", home: "/home/u")
        return loader
    }

    @Test(arguments: DiagnosticCode.allCases)
    func `a page's example has that mistake and no other, and is mended as it says`(
        code: DiagnosticCode
    ) {
        let page = code.page
        #expect(page.why.hasSuffix("."))
        #expect(page.wrong != page.right)
        guard !CodePage.notRunnable.contains(code) else { return }
        let wrong = loader.load(Array(page.wrong.utf8), named: "example.yaml").codes
        #expect(!wrong.isEmpty && wrong.allSatisfy { $0 == code.rawValue }, "\(wrong)")
        #expect(loader.load(Array(page.right.utf8), named: "example.yaml").codes == [])
    }

    @Test func `only few examples can't be tried`() {
        #expect(CodePage.notRunnable.count <= 12)
    }
}
