import Dispatch
import Generators
import LinearAlgebra
import Samples
import Synchronization

/// A generator that tells how long its fits and draws took: what is left of a loop is the loop's own.
struct TimedGenerator: Generator {
  /// The time spent within the generator.
  final class Clock: Sendable {
    private let nanoseconds = Atomic<UInt64>(0)

    /// The seconds so far.
    var seconds: Double { Double(nanoseconds.load(ordering: .relaxed)) / 1e9 }

    /// Adds the time of a computation.
    func time<Result>(_ body: () throws -> Result) rethrows -> Result {
      let start = DispatchTime.now().uptimeNanoseconds
      defer {
        nanoseconds.add(DispatchTime.now().uptimeNanoseconds - start, ordering: .relaxed)
      }
      return try body()
    }
  }

  let base: any Generator
  let clock: Clock

  var name: String { base.name }

  var settings: [(key: String, value: String)] { base.settings }

  func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)?
  ) throws -> any GenerativeModel {
    let previous = (previous as? TimedModel)?.base ?? previous
    return TimedModel(
      base: try clock.time { try base.fit(training, previous: previous) }, clock: clock)
  }

  func resolved(sampleCount n: Int, dimension: Int) -> any Generator {
    TimedGenerator(base: base.resolved(sampleCount: n, dimension: dimension), clock: clock)
  }
}

/// A model that tells how long its draws took.
private struct TimedModel: GenerativeModel {
  let base: any GenerativeModel
  let clock: TimedGenerator.Clock

  var dimension: Int { base.dimension }

  var componentWeights: [Double] { base.componentWeights }

  var componentMeans: Matrix { base.componentMeans }

  var totalVariance: Double { base.totalVariance }

  var tensors: [Tensor] { base.tensors }

  func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) throws -> Draws {
    try clock.time { try base.draw(samples, latents: latents, sampling: sampling) }
  }

  func logDensity(_ rows: Matrix, sampling: Sampling, noiseFloor: Double) throws -> [Double]? {
    try base.logDensity(rows, sampling: sampling, noiseFloor: noiseFloor)
  }

  func matched(to previous: any GenerativeModel) -> any GenerativeModel {
    let previous = (previous as? TimedModel)?.base ?? previous
    return TimedModel(base: clock.time { base.matched(to: previous) }, clock: clock)
  }
}
