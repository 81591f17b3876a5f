import Generators
import Images
import LinearAlgebra
import Randomness
import Samples

/// What filters know beside the samples: the models, the real samples, and the seed.
struct SampleJudge: Sendable {
  let coordinates: ModelCoordinates
  let sampling: Sampling
  let seed: UInt64

  /// The real training set of generation 0.
  let original: SampleSet

  /// The model that drew the samples of the last generation.
  var model: (any GenerativeModel)?

  /// The model of generation 0.
  var firstModel: (any GenerativeModel)?

  /// The most real samples of which clusters are made.
  private static let clusteredSamples = 2000

  /// Applies a filter to the samples of a part.
  ///
  /// - Parameter place: The filters of the part before this one: each has random numbers of its own.
  /// - Returns: The positions kept, ascending, and the samples there, which may have moved.
  /// - Throws: ``RecursionError/invalidStrategy(text:place:reason:)`` for a verifier that a generator
  ///   or the data cannot serve.
  func apply(
    _ filter: SampleFilter, to samples: SampleSet, generation: Int, part: Int, place: Int
  ) throws -> (kept: [Int], samples: SampleSet) {
    var stream = RandomStream(
      seed: seed, purpose: place == 0 ? "filter" : Purpose("filter/\(place)"),
      generation: generation, sample: part)
    switch filter {
    case .remove(let rate):
      let kept = (0..<samples.count).filter { _ in stream.uniform() >= rate }
      return (kept, samples.selecting(kept))
    case .curate(let curation):
      let kept = curation.kept(try scores(curation.verifier, of: samples), using: &stream)
      return (kept, samples.selecting(kept))
    case .correct(let strength, let clusters):
      return (Array(0..<samples.count), corrected(samples, strength, clusters: clusters))
    }
  }

  /// What a verifier thinks of samples: the higher, the better.
  private func scores(_ verifier: Curation.Verifier, of samples: SampleSet) throws -> [Double] {
    switch verifier {
    case .likelihood: return try densities(of: samples, model)
    case .realLikelihood: return try densities(of: samples, firstModel)
    case .brightness:
      let range = samples.shape == nil ? 1 : 255.0
      return (0..<samples.count).map { index in
        samples.values(index..<index + 1).reduce(0.0) { $0 + Double($1) }
          / Double(max(1, samples.dimension)) / range
      }
    case .nearness(let name):
      guard let wanted = original.classNames.firstIndex(of: name), let labels = original.labels
      else {
        throw RecursionError.noClass(name, among: original.classNames)
      }
      return nearness(of: samples, to: wanted, labels: labels)
    }
  }

  private func densities(
    of samples: SampleSet, _ model: (any GenerativeModel)?
  ) throws -> [Double] {
    let rows = coordinates.rows(of: samples, offsets: .centre)
    var densities: [Double] = []
    for block in rows.blocks {
      guard
        let scores = try model?.logDensity(
          rows.rows(block), sampling: sampling, noiseFloor: coordinates.observationNoise)
      else { throw RecursionError.noDensityToJudgeBy }
      // A density of 0 is a score below all others, and still a number.
      densities += scores.map { $0.isFinite ? $0 : -Double.greatestFiniteMagnitude / 4 }
    }
    return densities
  }

  private func nearness(of samples: SampleSet, to wanted: Int, labels: [Int32]) -> [Double] {
    let means = original.classNames.indices.compactMap { name -> (Int, [Double])? in
      let members = labels.indices.filter { labels[$0] == Int32(name) }
      guard !members.isEmpty else { return nil }
      return (name, matrix(original.selecting(members)).columnMeans())
    }
    return (0..<samples.count).map { index in
      let values = samples.values(index..<index + 1)
      var (own, other) = (Double.infinity, Double.infinity)
      for (name, mean) in means {
        let distance = zip(values, mean).reduce(0.0) {
          $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1)
        }
        if name == wanted { own = distance } else { other = min(other, distance) }
      }
      return other.isFinite ? other - own : -own
    }
  }

  /// The samples moved towards the nearest centres; bytes stay bytes.
  private func corrected(_ samples: SampleSet, _ strength: Double, clusters: Int) -> SampleSet {
    let count = min(original.count, Self.clusteredSamples)
    let centres = ClusterCentres(
      of: matrix(original.selecting(Array(0..<count))), count: min(clusters, count))
    var moved: [Float] = []
    moved.reserveCapacity(samples.count * samples.dimension)
    for block in Parallelism.blocks(of: samples.count, size: 256) {
      let rows = Matrix(
        rowCount: block.count, columnCount: samples.dimension, floats: samples.values(block))
      for (row, centre) in centres.nearest(to: rows).enumerated() {
        for column in 0..<samples.dimension {
          let target = centres.centres[centre, column]
          moved.append(Float((rows[row, column] + strength * target) / (1 + strength)))
        }
      }
    }
    let storage: SampleSet.Storage =
      switch samples.storage {
      case .bytes: .bytes(moved.map { UInt8(max(0, min(255, $0.rounded()))) })
      case .floats: .floats(moved)
      }
    return SampleSet(
      count: samples.count, dimension: samples.dimension, shape: samples.shape, storage: storage,
      labels: samples.labels, classNames: samples.classNames)
  }

  private func matrix(_ samples: SampleSet) -> Matrix {
    Matrix(rowCount: samples.count, columnCount: samples.dimension, floats: samples.values)
  }
}
