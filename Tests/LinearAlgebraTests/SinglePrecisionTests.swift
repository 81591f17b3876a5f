import LinearAlgebra
import Testing

@Suite("Products in single precision and of parts of rows")
struct SinglePrecisionTests {
  private func close(_ single: FloatMatrix, _ exact: Matrix) -> Bool {
    single.rowCount == exact.rowCount && single.columnCount == exact.columnCount
      && zip(single.elements, exact.elements).allSatisfy { abs(Double($0) - $1) < 1e-4 }
  }

  @Test("Products agree with double precision to 10⁻⁴ of numbers of size 1")
  func products() {
    let (a, b) = (randomMatrix(9, 31), randomMatrix(31, 6, seed: 2))
    #expect(close(FloatMatrix(a).times(FloatMatrix(b)), a.naiveProduct(b)))
    #expect(
      close(FloatMatrix(a).times(transposeOf: FloatMatrix(b.transposed())), a.naiveProduct(b)))
    let none = FloatMatrix(rowCount: 3, columnCount: 0, elements: [])
    #expect(none.times(transposeOf: none).elements == Array(repeating: 0, count: 9))
  }

  @Test("Rows are overwritten by the products of theirs alone")
  func settingRows() {
    let (a, b) = (randomMatrix(9, 5), randomMatrix(5, 3, seed: 2))
    var out = FloatMatrix(rowCount: 9, columnCount: 3, elements: Array(repeating: 7, count: 27))
    out.setRows(2..<6, to: FloatMatrix(a), times: FloatMatrix(b))
    let product = a.naiveProduct(b)
    for row in 0..<9 {
      for column in 0..<3 {
        let expected = 2..<6 ~= row ? product[row, column] : 7
        #expect(abs(Double(out.elements[row * 3 + column]) - expected) < 1e-4)
      }
    }
  }

  @Test("A product of parts of rows and columns leaves the rest of the output as it is")
  func parts() {
    let (a, b) = (randomMatrix(8, 6), randomMatrix(6, 7, seed: 3))
    let shortened = a.leadingColumns(4).naiveProduct(b.rows(0..<4))
    var doubles = [Double](repeating: 9, count: 8)
    Double.multiply(
      a.elements, 2..<5, stride: 6, inner: 4, by: b.elements, columns: 3..<5, otherStride: 7,
      into: &doubles, at: 1)
    var floats = [Float](repeating: 9, count: 8)
    Float.multiply(
      a.elements.map(Float.init), 2..<5, stride: 6, inner: 4, by: b.elements.map(Float.init),
      columns: 3..<5, otherStride: 7, into: &floats, at: 1)
    for row in 0..<3 {
      for column in 0..<2 {
        let (index, expected) = (1 + row * 2 + column, shortened[row + 2, column + 3])
        #expect(abs(doubles[index] - expected) < 1e-12)
        #expect(abs(Double(floats[index]) - expected) < 1e-4)
      }
    }
    #expect(doubles[0] == 9 && doubles[7] == 9 && floats[0] == 9 && floats[7] == 9)
  }

  @Test("A tile of row products starts from the terms of its rows and columns", arguments: [0, 5])
  func termsAndProducts(columns: Int) {
    let (a, b) = (randomMatrix(7, columns), randomMatrix(6, columns, seed: 2))
    let (terms, others) = ((0..<7).map(Float.init), (0..<6).map { Float(10 * $0) })
    var tile = [Float](repeating: 9, count: 8)
    FloatMatrix(a).multiply(
      rows: 2..<5, plus: terms, by: -2, transposed: 4..<6, of: FloatMatrix(b), plus: others,
      into: &tile)
    let products = a.naiveProduct(b.transposed())
    for row in 2..<5 {
      for column in 4..<6 {
        let expected = Double(row + 10 * column) - 2 * products[row, column]
        #expect(abs(Double(tile[(row - 2) * 2 + column - 4]) - expected) < 1e-4)
      }
    }
    #expect(tile[6...] == [9, 9])
  }

  @Test("A tile of pairs of rows has each pair once, and no number elsewhere", arguments: [0, 5])
  func pairs(columns: Int) {
    let a = randomMatrix(70, columns)
    let terms = (0..<70).map(Float.init)
    var tile = [Float](repeating: 9, count: 60 * 60 + 1)
    FloatMatrix(a).multiplyPairs(of: 3..<63, plus: terms, by: -2, into: &tile)
    let products = a.naiveProduct(a.transposed())
    for row in 3..<63 {
      for column in 3..<63 {
        let value = Double(tile[(row - 3) * 60 + column - 3])
        let expected = Double(row + column) - 2 * products[row, column]
        #expect(row < column ? abs(value - expected) < 1e-4 : value.isNaN)
      }
    }
    #expect(tile.last == 9)
  }

  @Test("Sums of products over blocks of rows are the Gram matrix", arguments: [5, 700])
  func gram(columns: Int) {
    let rows = randomMatrix(300, columns)
    var sum = Matrix(rowCount: columns, columnCount: columns)
    sum.addGram(of: rows.rows(0..<120))
    sum.addGram(of: rows.rows(120..<300))
    let gram = sum.mirroringLowerTriangle()
    #expect(gram.distance(to: rows.transposedTimes(rows)) < 1e-11)
    #expect(gram == gram.transposed())
    #expect(rows.gram().distance(to: gram) < 1e-11)
  }
}
