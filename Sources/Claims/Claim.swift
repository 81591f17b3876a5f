/// A sentence that people say about training on synthetic data, and what would show that it is so.
public struct Claim: Equatable, Sendable {
  /// Its short name, that of its file.
  public let name: String

  /// The sentence.
  public let says: String

  /// Who says so.
  public let source: String

  /// What a verdict holds for.
  public let scope: String

  /// Why runs like these cannot settle it, whatever they show; `nil` if they can.
  public let unsettled: String?

  /// What must be seen if it holds.
  public let expectations: [Expectation]

  /// Creates a claim.
  public init(
    name: String, says: String, source: String, scope: String, unsettled: String? = nil,
    expectations: [Expectation]
  ) {
    self.name = name
    self.says = says
    self.source = source
    self.scope = scope
    self.unsettled = unsettled
    self.expectations = expectations
  }
}
