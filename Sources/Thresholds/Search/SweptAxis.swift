import Foundation

/// What a search changes from run to run until a bound is kept.
public enum SweptAxis: String, CaseIterable, Sendable {
  /// The share of real samples in a training set.
  case realShare = "real-share"
  /// The original real samples that are kept.
  case reservoir
  /// The samples drawn in each generation, and trained on in generation 0.
  case samples

  /// What it is called in a sentence.
  public var words: String {
    switch self {
    case .realShare: "real share"
    case .reservoir: "reservoir"
    case .samples: "n"
    }
  }

  /// The setting of a strategy that it stands for; `nil` for an option of a run.
  public var key: String? {
    switch self {
    case .realShare: "share"
    case .reservoir: "originals"
    case .samples: nil
    }
  }

  /// The strategy that is run where none is asked for.
  public var usualStrategy: String {
    switch self {
    case .realShare: "synthetic-augmentation"
    case .reservoir: "reservoir"
    case .samples: "replace"
    }
  }

  /// Whether its values are whole numbers, which are told apart by their ratio.
  public var isCount: Bool { self != .realShare }

  /// Where a value lies on the line that is divided: itself, or its logarithm.
  func coordinate(_ value: Double) -> Double { isCount ? log(value) : value }

  /// The value at a place of that line.
  func value(at coordinate: Double) -> Double { isCount ? exp(coordinate) : coordinate }

  /// The value in the middle of two, the geometric one of counts; `nil` where there is none between.
  func middle(_ low: Double, _ high: Double) -> Double? {
    let middle =
      isCount ? (low * high).squareRoot().rounded() : (low + high) / 2
    if middle > low, middle < high { return middle }
    // The rounded mean of 1 and 3 may be either.
    return isCount && high - low > 1 ? low + 1 : nil
  }
}
