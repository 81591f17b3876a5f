import GenerationLoss

/// Times in the unit that a person would choose.
enum DurationText {
  /// Returns `12 s`, `14 min` or `3.20 h`.
  static func short(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(max(1, Int(seconds.rounded()))) s"
    case ..<5400: "\(Int((seconds / 60).rounded())) min"
    default: "\(FigureText.significant(seconds / 3600)) h"
    }
  }
}
