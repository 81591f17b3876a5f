/// The part of a study that one of several processes does: every `count`-th cell.
public struct StudyShard: Equatable, Sendable, CustomStringConvertible {
  /// The part, from 1 to ``count``.
  public let index: Int

  /// The number of parts.
  public let count: Int

  /// All of a study.
  public static let whole = StudyShard(index: 1, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Reads `I/N`, such as `1/4`; `nil` if it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    func number(_ part: Substring) -> Int? {
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    guard parts.count == 2, let index = number(parts[0]), let count = number(parts[1]),
      (1...100_000).contains(count), (1...count).contains(index)
    else { return nil }
    self.init(index: index, count: count)
  }

  /// The part's elements.
  public func part<Element>(of elements: [Element]) -> [Element] {
    elements.enumerated().filter { $0.offset % count == index - 1 }.map(\.element)
  }

  /// `I/N`.
  public var description: String { "\(index)/\(count)" }
}
