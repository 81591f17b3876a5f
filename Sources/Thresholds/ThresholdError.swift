import Recursion
import Storage
import SystemPackage

/// A threshold that cannot be sought as asked.
public enum ThresholdError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A bound that is none.
  case malformedBound(String)

  /// A bound beyond what the metric can be.
  case impossibleBound(String, metric: String, range: ClosedRange<Double>)

  /// The metric has no better and no worse.
  case unranked(String)

  /// The strategy has no setting that the axis stands for.
  case unsweptStrategy(String, axis: SweptAxis, those: [String])

  /// The setting that is swept is set.
  case fixed(String, axis: SweptAxis)

  /// The range in which is sought.
  case badRange(String, reason: String)

  /// The grid of a frontier.
  case badGrid(String, reason: String)

  /// The prices of samples.
  case badPrice(String, reason: String)

  /// A run has no value of the metric.
  case noValue(metric: String, cell: String, note: String)

  /// The values of the metric have no mean.
  case notAveraged(String)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .malformedBound(let text):
      "--keep \(Self.shown(text)) is no bound. Write METRIC=VALUE, such as recall=0.9, or METRIC=P%, a "
        + "part of generation 0's value, such as variance=90%."
    case .impossibleBound(let text, let metric, let range):
      "--keep \(Self.shown(text)) cannot be asked: \(metric) "
        + (range.upperBound.isFinite
          ? "lies between \(range.lowerBound.plainText) and \(range.upperBound.plainText)."
          : "is never below \(range.lowerBound.plainText).")
    case .unranked(let metric):
      "\(FilePath.printable(Array(metric.utf8))) has no better and no worse, so that nothing of it can be "
        + "kept. Choose another metric with --keep."
    case .unsweptStrategy(let strategy, let axis, let those):
      "\(FilePath.printable(Array(strategy.utf8))) has no \(axis.key ?? axis.rawValue), which --over "
        + "\(axis.rawValue) changes. These have one: \(those.joined(separator: ", "))."
    case .fixed(let option, let axis):
      "\(FilePath.printable(Array(option.utf8))) sets what --over \(axis.rawValue) changes. Leave it out."
    case .badRange(let text, let reason):
      "--between \(Self.shown(text)) cannot be used: \(reason)"
    case .badGrid(let text, let reason):
      "\(FilePath.printable(Array(text.utf8))) cannot be used: \(reason)"
    case .badPrice(let text, let reason): "--price \(Self.shown(text)) cannot be used: \(reason)"
    case .noValue(let metric, let cell, let note):
      "\(FilePath.printable(Array(cell.utf8))) has no \(metric)"
        + (note.isEmpty ? ". Choose another metric with --keep." : ": \(note)")
    case .notAveraged(let metric):
      "the values of \(metric) over seeds have no mean, since one of them is below 0. Choose another "
        + "metric with --keep."
    }
  }

  private static func shown(_ text: String) -> String {
    "\"\(FilePath.printable(Array(text.utf8)))\""
  }
}
