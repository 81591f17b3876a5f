/// How much each quantity varies over the generations of a control loop, in which nothing but the noise
/// of fit and draw moves it.
///
/// A difference between two models may be beyond doubt and mean nothing: any second fit differs. So the
/// spread of refits is part of every error.
struct ControlSpread: Sendable {
  /// By the name of a quantity, its excess at each generation after 0.
  private let excesses: [String: [Int: Double]]

  /// Whether the spread at a generation leaves that generation out, to judge the control by itself.
  private let isLeavingOut: Bool

  /// The fewest generations of which a spread is taken.
  private static let fewest = 3

  init(_ control: GenerationSeries?, _ settings: DiagnosisSettings, isLeavingOut: Bool = false) {
    self.isLeavingOut = isLeavingOut
    var excesses: [String: [Int: Double]] = [:]
    if let control {
      for definition in CollapseDefinition.allCases {
        for quantity in Quantity.all(of: definition, threshold: settings.threshold) {
          for generation in 1..<control.count {
            excesses[quantity.name, default: [:]][generation] =
              quantity.evidence(control, generation)?.excess
          }
        }
      }
    }
    self.excesses = excesses
  }

  /// The standard deviation of a quantity's excess; 0 where it is not known.
  func deviation(of quantity: String, at generation: Int) -> Double {
    let known = excesses[quantity] ?? [:]
    let values = known.filter { !isLeavingOut || $0.key != generation }
      .sorted { $0.key < $1.key }.map(\.value)
    guard values.count >= Self.fewest else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
