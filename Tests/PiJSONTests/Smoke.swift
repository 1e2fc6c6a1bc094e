import PiJSON
import Testing
@Test func `x`() throws { #expect(try JSONReader.read("[1,{\"a\":\"b\\n\"}]", .exact(sizeLimit: 100)).value.description == "[1,{\"a\":\"b\\n\"}]") }
