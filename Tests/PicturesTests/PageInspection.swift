import Images
import Samples
import Testing

@testable import Pictures

/// Expects no text of a drawing to be cut at the border or to cover another.
func expectCleanLayout(
  _ page: Page, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let texts = try page.canvas(.png).textLog
  let paper = Rectangle(
    x: 0, y: 0, width: Double(page.width), height: Double(page.height))
  var problems: [String] = []
  for (index, mark) in texts.enumerated() {
    if !paper.contains(mark.bounds) { problems.append("\(mark.text) is cut") }
    for other in texts[..<index] where other.bounds.overlapsVisibly(mark.bounds) {
      problems.append("\(mark.text) covers \(other.text)")
    }
  }
  #expect(problems == [], sourceLocation: sourceLocation)
}

/// Every text on a drawing, in the order of drawing.
func texts(_ page: Page) throws -> [String] {
  try page.canvas(.png).textLog.map(\.text)
}

extension Rectangle {
  /// Whether ink could meet: ascenders and descenders may share a sliver of line spacing.
  fileprivate func overlapsVisibly(_ other: Rectangle) -> Bool {
    inset(by: 1).overlaps(other.inset(by: 1))
  }
}

extension Picture {
  /// The red, green and blue of a pixel.
  func pixel(_ x: Int, _ y: Int) -> [UInt8] {
    let start = (y * shape.width + x) * shape.channels
    return Array(pixels[start..<start + shape.channels])
  }

  /// A picture of one colour.
  static func plain(_ color: [UInt8], side: Int = 4) -> Picture {
    Picture(
      shape: PictureShape(width: side, height: side, channels: color.count),
      pixels: Array(repeatElement(color, count: side * side).joined()))
  }
}

/// Whether every element of an XML text is closed in order and every attribute is quoted.
func isWellFormed(_ bytes: [UInt8]) -> Bool {
  var open: [Substring] = []
  let text = String(decoding: bytes, as: UTF8.self)
  guard text.hasPrefix("<?xml") else { return false }
  for piece in text.split(separator: "<").dropFirst() {
    guard let end = piece.lastIndex(of: ">") else { return false }
    let tag = piece[..<end]
    guard tag.count(where: { $0 == "\"" }).isMultiple(of: 2) else { return false }
    let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" && $0 != "\n" }
    if tag.hasPrefix("/") {
      guard open.popLast() == name else { return false }
    } else if !tag.hasSuffix("/") {
      open.append(name)
    }
  }
  return open.isEmpty
}
