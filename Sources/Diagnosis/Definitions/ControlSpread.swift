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

  /// How a quantity's excess varies by the luck of two fits, that of a generation and that of generation
  /// 0, which it is measured from; ``Deviation/none`` where it is not known.
  func deviation(of quantity: String, at generation: Int) -> Deviation {
    let known = excesses[quantity] ?? [:]
    let values = known.filter { !isLeavingOut || $0.key != generation }
      .sorted { $0.key < $1.key }.map(\.value)
    guard values.count >= Self.fewest else { return .none }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // Over the generations of one control the luck of generation 0 does not vary: it counts again.
    return Deviation(
      variance: 2 * squares / Double(values.count - 1), degreesOfFreedom: values.count - 1)
  }

  /// A variance that was estimated.
  struct Deviation: Equatable, Sendable {
    let variance: Double
    let degreesOfFreedom: Int

    /// No deviation that is known of.
    static let none = Deviation(variance: 0, degreesOfFreedom: 1)
  }
}
