import LinearAlgebra
import Testing

@Suite("Streaming moments")
struct StreamingMomentsTests {
  /// Mean and covariance by two passes over the definition.
  private func moments(_ samples: Matrix, ddof: Int) -> (mean: [Double], covariance: Matrix) {
    let n = Double(samples.rowCount)
    let mean = (0..<samples.columnCount).map { column in
      (0..<samples.rowCount).reduce(0.0) { $0 + samples[$1, column] } / n
    }
    let centred = samples.subtractingFromRows(mean)
    var covariance = centred.naiveTranspose.naiveProduct(centred)
    for index in covariance.elements.indices { covariance.elements[index] /= n - Double(ddof) }
    return (mean, covariance)
  }

  @Test(
    "Mean and covariance are those of the definition, at all borders of blocks",
    arguments: [1, 2, 255, 256, 257, 2047, 2048, 2049, 5000])
  func definition(count: Int) {
    let samples = randomMatrix(count, 3)
    let streaming = StreamingMoments(of: samples)
    let ddof = count > 1 ? 1 : 0
    let exact = moments(samples, ddof: ddof)
    #expect(streaming.count == count)
    for (mean, expected) in zip(streaming.mean, exact.mean) {
      #expect(abs(mean - expected) < 1e-13)
    }
    #expect(streaming.covariance(ddof: ddof).distance(to: exact.covariance) < 1e-12)
  }

  @Test("A common offset of 1e8 costs no digits of the covariance")
  func offset() {
    let samples = randomMatrix(5000, 3)
    // Numbers that 1e8 + x holds exactly, so that both sets have the same covariance.
    let coarse = samples.elements.map { ($0 * 1024).rounded() / 1024 }
    let near = Matrix(rowCount: 5000, columnCount: 3, elements: coarse)
    let far = Matrix(rowCount: 5000, columnCount: 3, elements: coarse.map { $0 + 1e8 })
    let difference = StreamingMoments(of: far).covariance(ddof: 1)
      .distance(to: StreamingMoments(of: near).covariance(ddof: 1))
    #expect(difference < 1e-12)
    for (mean, expected) in zip(StreamingMoments(of: far).mean, StreamingMoments(of: near).mean) {
      #expect(abs(mean - 1e8 - expected) < 1e-7)
    }
  }

  @Test("However the samples are cut into blocks, the moments are the same to rounding")
  func blocks() {
    let samples = randomMatrix(1000, 4)
    let whole = StreamingMoments(of: samples)
    for size in [1, 7, 999, 1000] {
      var streaming = StreamingMoments(dimension: 4)
      streaming.append(Matrix(rowCount: 0, columnCount: 4))
      for block in Parallelism.blocks(of: 1000, size: size) {
        streaming.append(samples.rows(block))
      }
      #expect(streaming.covariance(ddof: 0).distance(to: whole.covariance(ddof: 0)) < 1e-12)
    }
  }

  @Test("The covariance is exactly symmetric, and no samples have the mean zero")
  func edges() {
    let covariance = StreamingMoments(of: randomMatrix(300, 5)).covariance(ddof: 1)
    #expect(covariance == covariance.naiveTranspose)
    #expect(StreamingMoments(dimension: 2).mean == [0, 0])
  }
}
