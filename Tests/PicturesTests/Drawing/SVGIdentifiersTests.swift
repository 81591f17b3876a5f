import Testing

@testable import Pictures

@Suite("SVG identifiers")
struct SVGIdentifiersTests {
  @Test("Numbers become ranks in the file, the same name the same rank")
  func ranks() {
    let document =
      ##"<image id="image12"/><use href="#image12"/><g id="surface7"><a b="surface"/>"##
    let expected = ##"<image id="image0"/><use href="#image0"/><g id="surface1"><a b="surface"/>"##
    #expect(SVGIdentifiers.renumbered(Array(document.utf8)) == Array(expected.utf8))
  }

  @Test("What is no identifier is left alone")
  func untouched() {
    let document = Array("<g>surface12 image3</g>".utf8)
    #expect(SVGIdentifiers.renumbered(document) == document)
  }
}
