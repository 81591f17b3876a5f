import Randomness
import Samples

/// The laws that real samples come from.
enum RealLaw: Hashable, Sendable {
  /// Independent normal numbers with these variances about a mean.
  case gaussian(spectrum: [Double], mean: Double = 0)

  /// Two Gaussians of variance 1 in the plane, whose means lie this far apart along the first axis, the
  /// upper one with this share.
  case twoClusters(distance: Double, share: Double = 0.5)

  /// The number of a category, from 0 on, drawn with these weights.
  case categories([Double])

  /// The number of the sample itself: no two are alike.
  case distinct

  /// The samples of the law by number.
  func source(seed: UInt64) -> any SampleSource { LawSource(law: self, seed: seed) }

  /// The numbers in a sample.
  var dimension: Int {
    switch self {
    case .gaussian(let spectrum, _): spectrum.count
    case .twoClusters: 2
    case .categories, .distinct: 1
    }
  }
}

/// The samples of a law by number.
private struct LawSource: SampleSource {
  let law: RealLaw
  let seed: UInt64

  var dimension: Int { law.dimension }

  var shape: PictureShape? { nil }

  func samples(_ range: Range<Int>) -> SampleSet {
    var values: [Float] = []
    values.reserveCapacity(range.count * dimension)
    for number in range {
      var stream = RandomStream(seed: seed, purpose: "validation law", sample: number)
      switch law {
      case .gaussian(let spectrum, let mean):
        for variance in spectrum {
          values.append(Float(mean + variance.squareRoot() * stream.normal()))
        }
      case .twoClusters(let distance, let share):
        let side = stream.uniform() < share ? distance / 2 : -distance / 2
        values.append(Float(side + stream.normal()))
        values.append(Float(stream.normal()))
      case .categories(let weights): values.append(Float(stream.category(weights: weights)))
      case .distinct: values.append(Float(number))
      }
    }
    return SampleSet(count: range.count, dimension: dimension, storage: .floats(values))
  }
}
