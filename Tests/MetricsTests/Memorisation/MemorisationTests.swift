import LinearAlgebra
import Metrics
import Testing

@Suite("Memorisation")
struct MemorisationTests {
  private let train = normalSamples(300, 6, seed: 1)
  private let test = normalSamples(280, 6, seed: 2)

  @Test("A copying model has ratio 0, an honest one 1, a wide one more")
  func limits() throws {
    let copied = try memorisationRatio(train: train, test: test, generated: train.rows(0..<100))
    #expect(copied.ratio.value == 0)
    #expect(copied.exactCopies == 100)
    let honest = try memorisationRatio(
      train: train, test: test, generated: normalSamples(260, 6, seed: 3))
    #expect(honest.exactCopies == 0)
    #expect(abs(honest.ratio.value - 1) < 4 * (honest.ratio.standardError ?? 0))
    let wide = try memorisationRatio(
      train: train, test: test, generated: normalSamples(260, 6, seed: 4, scale: 3))
    #expect(wide.ratio.value > 2)
  }

  @Test("The distances are those of the nearest training samples")
  func distances() throws {
    let generated = normalSamples(270, 6, seed: 5, scale: 0.5)
    let result = try memorisationRatio(train: train, test: test, generated: generated)
    func mean(_ queries: Matrix) -> Double {
      DirectMetrics.nearest(queries, train).reduce(0) { $0 + $1.square.squareRoot() }
        / Double(queries.rowCount)
    }
    #expect(abs(result.meanGeneratedToTrain - mean(generated)) < 1e-13)
    #expect(abs(result.meanTestToTrain - mean(test)) < 1e-13)
    #expect(
      abs(result.ratio.value * result.meanTestToTrain - result.meanGeneratedToTrain) < 1e-14)
  }

  @Test("A test set inside the training set is refused")
  func inside() {
    #expect(throws: MetricsError.testSetInsideTrainingSet(count: 5)) {
      try memorisationRatio(train: train, test: train.rows(0..<5), generated: test)
    }
  }
}
