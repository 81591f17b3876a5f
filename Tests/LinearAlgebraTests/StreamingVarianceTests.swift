import LinearAlgebra
import Testing

@Suite("Total variance of samples that arrive in blocks")
struct StreamingVarianceTests {
  @Test(
    "It is the trace of the covariance, however the samples are cut", arguments: [1, 7, 64, 500])
  func blocks(size: Int) {
    let samples = randomMatrix(500, 13)
    var variance = StreamingVariance()
    for block in Parallelism.blocks(of: 500, size: size) { variance.append(samples.rows(block)) }
    let trace = StreamingMoments(of: samples).covariance(ddof: 0).trace
    #expect(abs(variance.total / trace - 1) < 1e-12)
    #expect(variance.count == 500)
  }

  @Test("Parts about means of their own are put together to that of the whole")
  func merging() {
    let samples = randomMatrix(500, 13).subtractingFromRows((0..<13).map { Double(100 * $0) })
    var whole = StreamingVariance()
    for block in [0..<1, 1..<200, 200..<500] {
      var part = StreamingVariance()
      part.append(samples.rows(block))
      whole.append(part)
      whole.append(StreamingVariance())
    }
    let trace = StreamingMoments(of: samples).covariance(ddof: 0).trace
    #expect(abs(whole.total / trace - 1) < 1e-12)
    #expect(whole.count == 500)
  }

  @Test("A common offset takes no digits away")
  func offset() {
    let samples = randomMatrix(400, 5)
    let moved = samples.subtractingFromRows(Array(repeating: -1e8, count: 5))
    #expect(abs(moved.totalVariance() / samples.totalVariance() - 1) < 1e-7)
  }

  @Test("No sample and samples that are all the same have none")
  func degenerate() {
    #expect(StreamingVariance().total == 0)
    #expect(Matrix(rowCount: 0, columnCount: 3).totalVariance() == 0)
    #expect(Matrix(rowCount: 9, columnCount: 3, repeating: 7.3).totalVariance() == 0)
  }
}
