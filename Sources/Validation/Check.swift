/// One prediction of theory and the experiment that puts the real loop to the test.
public struct Check: Sendable {
  /// The number of the prediction, such as `A1`.
  public let id: String

  /// What is predicted, in words.
  public let statement: String

  /// The prediction as a formula.
  public let formula: String

  /// Makes the experiment.
  let measure: @Sendable (Laboratory) throws -> [Finding]

  init(
    _ id: String, _ statement: String, _ formula: String,
    measure: @escaping @Sendable (Laboratory) throws -> [Finding]
  ) {
    self.id = id
    self.statement = statement
    self.formula = formula
    self.measure = measure
  }
}
