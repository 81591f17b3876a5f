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

  @Test("Filters are orthogonal to each other and have norm 2", arguments: [1, 2])
  func orthogonality(layer: Int) throws {
    let gram = try ConvolutionNetwork.filters(layer).gram()
    #expect(gram.rowCount == 64)
    for row in 0..<64 {
      for column in 0..<64 {
        #expect(abs(gram[row, column] - (row == column ? 4 : 0)) < 1e-12)
      }
    }
    #expect(ConvolutionNetwork.biases(layer).allSatisfy { abs($0) <= 0.3 })
  }

  @Test("Filters of the first layer are orthogonal once their means are put back")
  func firstLayer() throws {
    var filters = try ConvolutionNetwork.filters(0)
    #expect(filters.rowCount == 75 && filters.columnCount == 32)
    let means = filters.columnMeans()
    for tap in 0..<75 {
      // What is left of a mean is a fifth of it.
      for filter in 0..<32 { filters[tap, filter] += 4 * means[filter] }
    }
    let gram = filters.gram()
    for row in 0..<32 {
      for column in 0..<32 {
        #expect(abs(gram[row, column] - (row == column ? 4 : 0)) < 1e-12)
      }
    }
  }

  @Test("A response of the first layer is the convolution written out, with zeros at the border")
  func firstConvolution() throws {
    let filters = try ConvolutionNetwork.filters(0)
    let bias = ConvolutionNetwork.biases(0)
    let picture: [Float] = (0..<3072).map { index in Float((index * 37) % 101) / 50 - 1 }
    var workspace = ConvolutionNetwork.FirstLayer.Workspace()
    network.first.respond(to: picture[...], &workspace)
    for (x, y, filter) in [(0, 0, 0), (31, 31, 31), (1, 30, 10), (16, 9, 21)] {
      let expected =
        direct(picture.map(Double.init), side: 32, filters, x: x, y: y, filter: filter)
        + Double(bias[filter])
      #expect(abs(Double(workspace.response(y * 32 + x, filter: filter)) - expected) < 1e-5)
    }
  }

  @Test(
    "An activation of the other layers is the convolution written out, in every picture of a batch",
    arguments: [1, 2])
  func convolution(index: Int) throws {
    let filters = try ConvolutionNetwork.filters(index)
    let bias = ConvolutionNetwork.biases(index)
    let layer = index == 1 ? network.second : network.third
    let (side, inputs) = (layer.side, 8 * layer.inputLanes)
    var workspace = ConvolutionNetwork.WinogradLayer.Workspace(layer, batchSize: 3)
    var maps: [[Double]] = []
    for picture in 0..<3 {
      let map = (0..<side * side * inputs).map { ($0 + picture * 5) * 37 % 101 }
        .map { Double($0) / 50 - 1 }
      for pixel in 0..<side * side {
        let row = (picture * (side + 2) + pixel / side + 1) * (side + 2) + pixel % side + 1
        for channel in 0..<inputs {
          workspace.inputs[row, channel] = Float(map[pixel * inputs + channel])
        }
      }
      maps.append(map)
    }
    layer.convolve(&workspace)
    for (x, y, filter) in [(0, 0, 0), (side - 1, side - 1, 63), (side - 1, 0, 10), (5, 4, 31)] {
      for picture in 0..<3 {
        let sum =
          direct(maps[picture], side: side, filters, x: x, y: y, filter: filter)
          + Double(bias[filter])
        let activation = layer.activation(workspace, picture: picture, y: y, x: x, channel: filter)
        #expect(abs(Double(activation) - max(sum, 0.1 * sum)) < 2e-5)
      }
    }
  }

  /// The sum over the taps of a filter round a pixel of a map whose channels lie side by side.
  private func direct(
    _ map: [Double], side: Int, _ filters: Matrix, x: Int, y: Int, filter: Int
  ) -> Double {
    let inputs = map.count / (side * side)
    let kernel = Int(Double(filters.rowCount / inputs).squareRoot())
    var sum = 0.0
    for dy in 0..<kernel {
      for dx in 0..<kernel {
        let (row, column) = (y + dy - kernel / 2, x + dx - kernel / 2)
        guard (0..<side).contains(row), (0..<side).contains(column) else { continue }
        for channel in 0..<inputs {
          sum +=
            filters[(dy * kernel + dx) * inputs + channel, filter]
            * map[(row * side + column) * inputs + channel]
        }
      }
    }
    return sum
  }

  @Test("Means over parts of the map are those of the activations")
  func pooling() throws {
    let layer = network.third
    var workspace = ConvolutionNetwork.WinogradLayer.Workspace(layer, batchSize: 1)
    for row in 0..<100 where row % 10 % 9 != 0 && row / 10 % 9 != 0 {
      for channel in 0..<64 {
        workspace.inputs[row, channel] = Float((row * 64 + channel) * 37 % 101) / 50 - 1
      }
    }
    layer.convolve(&workspace)
    let means = layer.tileMeans(workspace, picture: 0)
    for (quadrant, channel) in [(0, 0), (1, 17), (2, 40), (3, 63)] {
      var sum = 0.0
      for y in 0..<4 {
        for x in 0..<4 {
          sum += Double(
            layer.activation(
              workspace, picture: 0, y: quadrant / 2 * 4 + y, x: quadrant % 2 * 4 + x,
              channel: channel))
        }
      }
      #expect(abs(Double(means[quadrant * 64 + channel]) - sum / 16) < 1e-5)
    }
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
