import Testing

@testable import LinearAlgebra
@testable import Metrics

@Suite("Sums over pairs")
struct PairSumsTests {
  private let real = normalSamples(700, 6, seed: 5)
  private let generated = normalSamples(600, 6, seed: 6, scale: 0.7)

  @Test("Kernels that share a pass over the pairs give what each gives alone")
  func sharedPass() throws {
    let kernels: [PairKernel] = [
      .cubicPolynomial(about: real.middle), .gaussian(sigma: 1.5), .distance,
      .wideGaussianOfDirections,
    ]
    let shared = TwoSampleSums.sums(
      real: SampleSums(kernels, real), generated: SampleSums(kernels, generated)
    ).0
    for (kernel, sums) in zip(kernels, shared) {
      let alone = TwoSampleSums(kernel, real: real, generated: generated)
      #expect(sums.unbiased == alone.unbiased)
      #expect(sums.biased == alone.biased)
      #expect(sums.standardError == alone.standardError)
    }
  }

  @Test(
    "The cubic kernel of shifted sets is that of the pairs as they are", arguments: [0.0, 1, 1e4])
  func shiftedProducts(shift: Double) throws {
    let (x, y) = (
      real.rows(0..<40).mapping { $0 + shift }, generated.rows(0..<30).mapping { $0 + shift }
    )
    func mean(_ a: Matrix, _ b: Matrix, isOneSet: Bool) -> Double {
      var (sum, count) = (0.0, 0.0)
      for i in 0..<a.rowCount {
        for j in 0..<b.rowCount where !isOneSet || i != j {
          var product = 0.0
          for column in 0..<a.columnCount { product += a[i, column] * b[j, column] }
          let base = product / Double(a.columnCount) + 1
          sum += base * base * base
          count += 1
        }
      }
      return sum / count
    }
    let expected =
      mean(x, x, isOneSet: true) + mean(y, y, isOneSet: true) - 2 * mean(x, y, isOneSet: false)
    let largest: Double = shift * shift + 20
    let found = try kernelDistance(real: x, generated: y).value
    #expect(abs(found - expected) <= 1e-12 * largest * largest * largest)
  }

  @Test("Kernel distances of many subsets at once are those of each subset alone")
  func overlappingSubsets() throws {
    let subsets = randomSubsets(
      real: real.rowCount, generated: generated.rowCount, size: 300, count: 40, seed: 1)
    let (mean, deviation) = try kernelDistance(
      real: real, generated: generated, subsets: subsets)
    let alone: [Double] = try subsets.map { subset in
      try kernelDistance(
        real: real.gatheringRows(subset.real),
        generated: generated.gatheringRows(subset.generated)
      ).value
    }
    let expected: Double = alone.reduce(0, +) / 40
    let squares: Double = alone.reduce(0) { sum, value in
      sum + (value - expected) * (value - expected)
    }
    #expect(abs(mean - expected) < 1e-13)
    #expect(abs(deviation - (squares / 40).squareRoot()) < 1e-13)
  }
}

extension Matrix {
  fileprivate func mapping(_ body: (Double) -> Double) -> Matrix {
    Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements.map(body))
  }
}
