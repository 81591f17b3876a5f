import LinearAlgebra
import Samples
import Testing

@testable import Metrics

@Suite("Convolution network")
struct ConvolutionNetworkTests {
  private let network: ConvolutionNetwork

  init() throws {
    network = try ConvolutionNetwork.standard.get()
  }

  private func matrix(_ layer: ConvolutionNetwork.Layer) -> Matrix {
    Matrix(
      rowCount: layer.weights.rowCount, columnCount: layer.weights.columnCount,
      floats: layer.weights.elements)
  }

  @Test("The layers have the published sizes")
  func sizes() {
    #expect(network.layers.map(\.kernel) == [5, 3, 3])
    #expect(network.layers.map(\.inputs) == [3, 32, 64])
    #expect(network.layers.map(\.outputs) == [32, 64, 64])
    #expect(network.layers.map(\.side) == [32, 16, 8])
    #expect(network.layers.allSatisfy { $0.bias.allSatisfy { abs($0) <= 0.3 } })
  }

  @Test("Filters are orthogonal to each other and have norm 2", arguments: [1, 2])
  func orthogonality(index: Int) {
    let gram = matrix(network.layers[index]).gram()
    for row in 0..<64 {
      for column in 0..<64 {
        #expect(abs(gram[row, column] - (row == column ? 4 : 0)) < 1e-5)
      }
    }
  }

  @Test("Filters of the first layer are orthogonal once their means are put back")
  func firstLayer() {
    var filters = matrix(network.layers[0])
    let means = filters.columnMeans()
    for tap in 0..<75 {
      // What is left of a mean is a fifth of it.
      for filter in 0..<32 { filters[tap, filter] += 4 * means[filter] }
    }
    let gram = filters.gram()
    for row in 0..<32 {
      for column in 0..<32 {
        #expect(abs(gram[row, column] - (row == column ? 4 : 0)) < 1e-4)
      }
    }
  }

  @Test("A response is the convolution written out, with zeros beyond the border")
  func convolution() {
    let layer = network.layers[1]
    let map: [Float] = (0..<8192).map { index in Float((index * 37) % 101) / 50 - 1 }
    let response = layer.response(to: map)
    for (x, y, filter) in [(0, 0, 0), (15, 15, 63), (7, 0, 10), (8, 9, 31)] {
      var sum = Double(layer.bias[filter])
      for dy in 0..<3 {
        for dx in 0..<3 {
          let (row, column) = (y + dy - 1, x + dx - 1)
          guard (0..<16).contains(row), (0..<16).contains(column) else { continue }
          for channel in 0..<32 {
            let weight = layer.weights.elements[((dy * 3 + dx) * 32 + channel) * 64 + filter]
            sum += Double(weight) * Double(map[(row * 16 + column) * 32 + channel])
          }
        }
      }
      let expected = max(sum, 0.1 * sum)
      #expect(abs(Double(response[(y * 16 + x) * 64 + filter]) - expected) < 1e-5)
    }
  }

  @Test("Pooling and means over parts of the map are those of small numbers")
  func pooling() {
    let layer = ConvolutionNetwork.Layer(
      kernel: 3, inputs: 1, outputs: 1, side: 4,
      weights: FloatMatrix(rowCount: 9, columnCount: 1, elements: Array(repeating: 0, count: 9)),
      bias: [0])
    let map = (0..<16).map(Float.init)
    #expect(layer.pooled(map) == [2.5, 4.5, 10.5, 12.5])
    #expect(layer.means(of: map, cells: 2, squared: false) == [2.5, 4.5, 10.5, 12.5])
    #expect(layer.means(of: map, cells: 1, squared: true) == [77.5])
  }

  @Test("The raw features of a known picture stay what they are")
  func pinnedFeatures() throws {
    let raw = try ConvolutionSpace.rawFeatures(of: TestPictures.formula(width: 48, height: 40))
    let pinned = [
      (0, 0.46057078), (56, 0.46562088), (112, 0.64940763), (168, 0.11773226), (224, 0.07918210),
      (280, 0.54658157), (336, 0.51330698), (392, -0.03963036), (447, -0.00193569),
    ]
    for (index, value) in pinned { #expect(abs(raw[0, index] - value) < 1e-5) }
  }

  @Test("Features do not depend on the rest of the batch, nor on the number of threads")
  func batches() throws {
    let samples = TestPictures.discs(0..<21, side: 20)
    let all = try ConvolutionSpace.rawFeatures(of: samples)
    let threads = Parallelism.threads
    Parallelism.threads = 1
    defer { Parallelism.threads = threads }
    #expect(try ConvolutionSpace.rawFeatures(of: samples) == all)
    for index in [0, 7, 20] {
      #expect(
        try ConvolutionSpace.rawFeatures(of: samples.selecting([index])).row(0) == all.row(index))
    }
  }

  @Test("Grey pictures have the features of the same pictures in colour")
  func grey() throws {
    let grey = TestPictures.formula(width: 20, height: 20, channels: 1)
    let colour = SampleSet(
      count: 1, dimension: 1200, shape: PictureShape(width: 20, height: 20, channels: 3),
      storage: .floats(grey.values.flatMap { [$0, $0, $0] }))
    #expect(
      try ConvolutionSpace.rawFeatures(of: grey) == ConvolutionSpace.rawFeatures(of: colour))
  }

  @Test("Plain pictures have the same features whatever their size")
  func plain() throws {
    let small = try ConvolutionSpace.rawFeatures(of: TestPictures.plain([0, 90, 255], side: 8))
    let large = try ConvolutionSpace.rawFeatures(of: TestPictures.plain([0, 90, 255], side: 50))
    #expect(small == large)
    #expect(small.elements.allSatisfy { $0.isFinite })
    #expect(small.row(0) != small.row(1))
  }
}
