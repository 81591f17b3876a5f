import Recursion
import Samples
import Storage
import SystemPackage

extension DataSource {
  /// Refuses pictures whose numbers are on another scale than levels from 0 to 255: shares of white, or
  /// numbers about 0, which as levels are all black, and those of more bits, which are all white.
  ///
  /// Nothing but zeros is left alone: a generator may well have lost everything but black. So are numbers
  /// that overshoot, as those of a generator that spreads ever wider do, to both sides.
  static func requireLevels(_ samples: SampleSet, _ path: FilePath) throws(RecursionError) {
    guard samples.shape != nil, !samples.isBytes else { return }
    let scale = PictureScale(of: samples)
    if let reason = scale.reason { throw .unusableData(name: path.printable, reason: reason) }
  }
}

/// Where the numbers of pictures lie.
private struct PictureScale {
  private var least = Float.infinity
  private var greatest = -Float.infinity

  private var count = 0

  /// The numbers that lie as far above white as white above black, and as far below black.
  private var above = 0
  private var below = 0

  /// The numbers ten times as far above.
  private var farAbove = 0

  init(of samples: SampleSet) {
    for block in samples.blocks {
      for value in samples.values(block) {
        least = min(least, value)
        greatest = max(greatest, value)
        above += value > 510 ? 1 : 0
        farAbove += value > 2805 ? 1 : 0
        below += value < -255 ? 1 : 0
      }
      count += block.count * samples.dimension
    }
  }

  /// Why they cannot be levels; `nil` if they can.
  var reason: String? {
    if -1...1 ~= least, -1...1 ~= greatest, least != 0 || greatest != 0 {
      let areShares = least >= 0
      return "all numbers of its pictures lie from \(areShares ? 0 : -1) to 1, "
        + "where levels from 0 to 255 are meant. "
        + (areShares ? "Multiply them by 255." : "Add 1 and multiply by 127.5.")
    }
    // Dark pictures of 16 bits have few bright pixels, but those are very bright.
    guard max(above, 10 * farAbove) * 10 > count, above > 10 * below else { return nil }
    let bits = [10, 12, 14, 16].first { greatest < Float(1 << $0) }
    return "the numbers of its pictures reach \(FigureText.significant(Double(greatest))), where "
      + "levels from 0 to 255 are meant. "
      + (bits.map { "Multiply those of \($0)-bit pictures by 255/\(1 << $0 - 1)." }
        ?? "Bring them to that scale.")
  }
}
