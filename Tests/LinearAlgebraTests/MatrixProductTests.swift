import LinearAlgebra
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
  /// Shapes `(m, k, n)`: empty ones, single rows and columns, and the borders of tiles and blocks.
  static let shapes = [
    (0, 3, 2), (3, 0, 2), (3, 2, 0), (0, 0, 0), (1, 1, 1), (1, 5, 1), (5, 1, 7), (1, 300, 4),
    (17, 9, 33), (255, 3, 2), (256, 3, 2), (257, 3, 2), (2047, 2, 3), (2048, 2, 3), (4097, 3, 2),
    (600, 4, 5),
  ]

  private func bound(_ k: Int) -> Double { 1e-14 * Double(max(k, 1)) * 10 }

  @Test("A product is that of the definition, in all shapes", arguments: shapes)
  func product(m: Int, k: Int, n: Int) {
    let (a, b) = (randomMatrix(m, k), randomMatrix(k, n, seed: 2))
    #expect(a.times(b).distance(to: a.naiveProduct(b)) <= bound(k))
  }

  @Test("A product with a transpose is that of the definition, in all shapes", arguments: shapes)
  func productWithTranspose(m: Int, k: Int, n: Int) {
    let (a, b) = (randomMatrix(m, k), randomMatrix(n, k, seed: 2))
    #expect(a.times(transposeOf: b).distance(to: a.naiveProduct(b.naiveTranspose)) <= bound(k))
  }

  @Test(
    "A product of a transpose is that of the definition, in all shapes",
    arguments: shapes + [(5, 511, 3), (5, 512, 3), (3, 700, 2)])
  func productOfTranspose(m: Int, k: Int, n: Int) {
    // The sum runs over the m rows of both.
    let (a, b) = (randomMatrix(m, k), randomMatrix(m, n, seed: 2))
    #expect(a.transposedTimes(b).distance(to: a.naiveTranspose.naiveProduct(b)) <= bound(m))
  }

  @Test(
    "The Gram matrix is that of the definition and exactly symmetric",
    arguments: [
      (0, 3), (1, 4), (9, 1), (2048, 5), (2049, 5), (4100, 3), (3, 0), (20, 511), (20, 512),
    ])
  func gram(rowCount: Int, columnCount: Int) {
    let matrix = randomMatrix(rowCount, columnCount)
    let gram = matrix.gram()
    #expect(gram.distance(to: matrix.naiveTranspose.naiveProduct(matrix)) <= bound(rowCount))
    #expect(gram == gram.naiveTranspose)
    let outer = matrix.rows(0..<min(rowCount, 40)).outerGram()
    #expect(outer == outer.naiveTranspose)
    #expect(outer.rowCount == min(rowCount, 40))
  }

  @Test("A product in single precision agrees with the one in double", arguments: shapes)
  func singlePrecision(m: Int, k: Int, n: Int) {
    let (a, b) = (randomMatrix(m, k), randomMatrix(k, n, seed: 2))
    func single(_ matrix: Matrix) -> FloatMatrix {
      FloatMatrix(
        rowCount: matrix.rowCount, columnCount: matrix.columnCount,
        elements: matrix.elements.map(Float.init))
    }
    let product = single(a).times(single(b))
    let exact = a.naiveProduct(b)
    #expect(product.rowCount == m && product.columnCount == n)
    for (value, expected) in zip(product.elements, exact.elements) {
      #expect(abs(Double(value) - expected) < 1e-6 * Double(10 * max(k, 1)))
    }
  }
}
