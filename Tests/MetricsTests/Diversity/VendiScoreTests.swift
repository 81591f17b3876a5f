import LinearAlgebra
import Metrics
import Testing

@Suite("Vendi score")
struct VendiScoreTests {
  @Test("It is m for m orthonormal samples and 1 for m copies", arguments: [2, 5, 40])
  func theory(m: Int) throws {
    let copies = Matrix(rowCount: m, columnCount: 3, repeating: 0.3)
    for withStandardError in [true, false] {
      let orthonormal = try vendiScore(
        .cosine, of: .identity(m), withStandardError: withStandardError)
      #expect(abs(orthonormal.value - Double(m)) < 1e-11)
      let far = try vendiScore(
        .rbf(sigma: 1e-3), of: .identity(m), withStandardError: withStandardError)
      #expect(abs(far.value - Double(m)) < 1e-11)
      for kernel in [VendiKernel.cosine, .rbf(sigma: 1)] {
        let score = try vendiScore(kernel, of: copies, withStandardError: withStandardError)
        #expect(abs(score.value - 1) < 1e-12)
      }
    }
  }

  @Test("The smaller of both cosine problems gives the same score and error")
  func dual() throws {
    let samples = normalSamples(40, 8, seed: 1)
    let embedded = samples.times(try rotation(60, seed: 2).rows(0..<8))
    let primal = try vendiScore(.cosine, of: samples)
    let dual = try vendiScore(.cosine, of: embedded)
    #expect(abs(primal.value - dual.value) < 1e-10)
    #expect(abs((primal.standardError ?? 0) - (dual.standardError ?? 1)) < 1e-10)
  }

  @Test("The cosine is blind to a shrinking spread about the origin; the Gaussian kernel is not")
  func shrinking() throws {
    let samples = normalSamples(200, 5, seed: 3)
    let narrow = samples.scalingColumns(Array(repeating: 0.5, count: 5))
    let cosine = try vendiScore(.cosine, of: samples).value
    #expect(abs(try vendiScore(.cosine, of: narrow).value - cosine) < 1e-11)
    let sigma = try medianDistance(of: samples)
    let wide = try vendiScore(.rbf(sigma: sigma), of: samples).value
    #expect(try vendiScore(.rbf(sigma: sigma), of: narrow).value < 0.6 * wide)
  }

  @Test("The errors are the deviations over fresh draws")
  func standardErrors() throws {
    let replicates = 80
    for kernel in [VendiKernel.cosine, .rbf(sigma: 2)] {
      var values: [Double] = []
      var errors: [Double] = []
      for replicate in 0..<replicates {
        let samples = normalSamples(150, 3, seed: 100 + replicate).scalingColumns([2, 1, 0.3])
        let score = try vendiScore(kernel, of: samples)
        values.append(score.value)
        errors.append(try #require(score.standardError))
      }
      let ratio = moments(errors).mean / moments(values).deviation
      #expect(abs(ratio - 1) < 0.33, "\(kernel): \(ratio)")
    }
  }

  @Test("The error of a large set, from some of its samples, is that of the deviations over draws")
  func standardErrorsOfLargeSets() throws {
    var values: [Double] = []
    var errors: [Double] = []
    for replicate in 0..<40 {
      let samples = normalSamples(400, 3, seed: 300 + replicate).scalingColumns([2, 1, 0.3])
      let score = try vendiScore(.rbf(sigma: 2), of: samples)
      let alone = try vendiScore(.rbf(sigma: 2), of: samples, withStandardError: false)
      #expect(score.value == alone.value)
      values.append(score.value)
      errors.append(try #require(score.standardError))
    }
    let ratio = moments(errors).mean / moments(values).deviation
    #expect(abs(ratio - 1) < 0.4, "\(ratio)")
  }

  @Test("A bandwidth that is not positive is refused", arguments: [0, -1, Double.infinity])
  func bandwidth(sigma: Double) {
    #expect(throws: MetricsError.invalidBandwidth(sigma)) {
      try vendiScore(.rbf(sigma: sigma), of: .identity(3))
    }
  }

  @Test("Threads do not change a bit")
  func threads() throws {
    let samples = normalSamples(400, 6, seed: 4)
    let (alone, together) = try withOneAndThreeThreads {
      [
        try vendiScore(.cosine, of: samples), try vendiScore(.rbf(sigma: 3), of: samples),
      ]
    }
    #expect(alone == together)
  }
}
