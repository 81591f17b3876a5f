import Recursion
import Samples
import Storage
import SystemPackage

extension DataSource {
  /// Refuses pictures whose numbers are on another scale than levels from 0 to 255: shares of white, or
  /// numbers about 0, which as levels are all black, and those of more bits, which are all white.
  ///
  /// Nothing but zeros is left alone: a generator may well have lost everything but black. So are numbers
  /// that overshoot to both sides, or of which a minority does: a generator that runs away is to be seen.
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

  /// The numbers that are not zero, which alone tell the scale: dark pictures are mostly black.
  private var nonzero = 0

  /// The numbers that lie as far above white as white above black, and as far below black.
  private var above = 0
  private var below = 0

  init(of samples: SampleSet) {
    for block in samples.blocks {
      for value in samples.values(block) {
        least = min(least, value)
        greatest = max(greatest, value)
        nonzero += value != 0 ? 1 : 0
        above += value > 510 ? 1 : 0
        below += value < -255 ? 1 : 0
      }
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
    guard above * 2 > nonzero, above > 10 * below else { return nil }
    let mayHave16Bits = (4096..<65_536).contains(greatest)
    return "the numbers of its pictures reach \(FigureText.significant(Double(greatest))), where "
      + "levels from 0 to 255 are meant. "
      + (mayHave16Bits
        ? "Multiply those of 16-bit pictures by 255/65535." : "Bring them to that scale.")
  }
}
