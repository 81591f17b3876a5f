public import Metrics

/// A measurement in one sentence, led by what sees a loss of variety, never by what flatters.
public struct MeasurementSummary: Sendable {
  private let sets: [(space: String, values: [MeasuredValue])]

  /// Below this |z| a leading metric is taken for chance: there are some sixteen of them.
  private static let limit = 4.0

  /// Above this one it may be chance in the few splits of the real set.
  private static let doubtful = 2.5

  /// With fewer splits the width of a null band is not known well enough: of two, 4 widths are nothing.
  private static let fewestSplits = 5

  /// Summarises the numbers of one generated set, space by space.
  public init(sets: [(space: String, values: [MeasuredValue])]) {
    self.sets = sets
  }

  /// The sentence, and another one where training samples were copied: before it where they are many.
  public var sentence: String {
    guard let copies = copiesOfTraining else { return verdict + copiesOfReal + nearCopies }
    let words =
      "\(copies.count) of \(copies.generated) generated samples are exact copies of training samples."
    return copies.count * Self.manyCopies >= copies.generated
      ? "\(words) \(Self.capitalised(verdict))\(copiesOfReal)"
      : "\(verdict)\(copiesOfReal) \(words)"
  }

  /// Copies are many if they are one in so many of the generated samples.
  private static let manyCopies = 10

  private static func capitalised(_ sentence: String) -> String {
    sentence.prefix(1).uppercased() + sentence.dropFirst()
  }

  /// How many generated samples equal a real one, which flatters every metric.
  private var copiesOfReal: String {
    let notes = sets.flatMap(\.values).filter { $0.metric == .distinctNearest }.map(\.note)
    return notes.first { !$0.isEmpty }.map { " \($0)" } ?? ""
  }

  /// What to say where generated samples lie so near to training samples as no real ones do.
  private var nearCopies: String {
    for (space, values) in sets {
      guard let ratio = values.first(where: { $0.metric == .memorisationRatio }), let z = ratio.z,
        z <= -Self.limit, let null = ratio.null, null.splits >= Self.fewestSplits
      else { continue }
      return " \(Self.name(ratio)) in \(space) is \(FigureText.widths(-z)) null-widths below real "
        + "data: generated samples are nearer to training samples than real ones are. Look for near "
        + "copies."
    }
    return ""
  }

  private var copiesOfTraining: (count: Int, generated: Int)? {
    for value in sets.flatMap(\.values) where value.metric == .exactCopies {
      guard let count = value.estimate?.value, count > 0 else { continue }
      return (Int(count), value.m)
    }
    return nil
  }

  private var verdict: String {
    let leading = sets.flatMap { space, values in
      values.compactMap { value in
        value.metric.isLeading ? value.z.map { (space: space, value: value, z: $0) } : nil
      }
    }
    if let fixed = fixedDistance { return fixed }
    guard let top = leading.max(by: { abs($0.z) < abs($1.z) }) else {
      return sets.contains { $0.values.contains { $0.z != nil } }
        ? "None of the metrics that see a loss of variety was judged here: see the z of each."
        : "There is no null band to judge these numbers by."
    }
    let name = "\(Self.name(top.value)) in \(top.space)"
    let widths = FigureText.widths(abs(top.z))
    if let splits = top.value.null?.splits, splits < Self.fewestSplits {
      return "\(name) is the farthest from halves of the real set, by \(widths) null-widths, but "
        + "\(splits) splits are too few to judge by. Give --splits of \(Self.fewestSplits) or more."
    }
    guard abs(top.z) >= Self.limit else {
      return "No metric that sees a loss is \(Int(Self.limit)) null-widths from halves of the real "
        + "set: the largest z is \(widths) (\(name))."
        + (abs(top.z) > Self.doubtful ? " More --splits make it surer." : "")
    }
    if top.z < 0, top.value.metric.underCollapse == .rises {
      return "\(name) is \(widths) null-widths below real data: the generated set "
        + "is nearer to the real one than halves of it are to each other. Look for copies."
    }
    let side = top.z < 0 ? "below" : "above"
    return "\(name) is \(widths) null-widths \(side) real data"
      + flattery(in: top.space) + "."
  }

  /// What to say where the real samples are all the same, so that nothing has a spread to compare with.
  private var fixedDistance: String? {
    for (space, values) in sets {
      guard let distance = values.first(where: { $0.metric == .energyDistance }),
        let value = distance.estimate?.value, let null = distance.null,
        null.standardDeviation == 0
      else { continue }
      return value == null.mean
        ? "The sets do not differ in \(space), where all real samples are the same."
        : "energy distance in \(space) is \(FigureText.significant(value)), where halves of the "
          + "real set do not differ at all."
    }
    return nil
  }

  /// What precision and its like alone would make a reader believe.
  private func flattery(in space: String) -> String {
    let values = sets.first { $0.space == space }?.values ?? []
    let flattering = values.filter {
      [.precision, .density, .coverage].contains($0.metric) && ($0.z ?? -.infinity) > 2
    }
    if !flattering.isEmpty {
      return "; \(Self.names(flattering)) alone would call this an improvement"
    }
    let quiet = values.filter {
      [.precision, .coverage].contains($0.metric) && $0.z.map { abs($0) <= 2 } ?? false
    }
    guard !quiet.isEmpty else { return "" }
    return "; \(Self.names(quiet)) alone would not notice"
  }

  private static func name(_ value: MeasuredValue) -> String {
    value.id.replacing("_", with: " ")
  }

  /// The metrics of values, each once, however many numbers of neighbours it has.
  private static func names(_ values: [MeasuredValue]) -> String {
    var names: [String] = []
    for name in values.map(\.metric.rawValue) where !names.contains(name) { names.append(name) }
    return names.joined(separator: " or ")
  }
}
