import Foundation

/// A filter for resizing, named and defined as in Pillow.
public enum ResamplingFilter: String, CaseIterable, Sendable {
  /// The mean of the area under an output pixel.
  case box
  /// A triangle.
  case bilinear
  /// Keys' cubic with a = −0.5.
  case bicubic
  /// A windowed sinc over three lobes.
  case lanczos

  /// Half the width of the filter, in input pixels where the picture is not shrunk.
  var support: Double {
    switch self {
    case .box: 0.5
    case .bilinear: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  /// The filter at a distance from its centre.
  func callAsFunction(_ x: Double) -> Double {
    let distance = abs(x)
    switch self {
    case .box:
      return x > -0.5 && x <= 0.5 ? 1 : 0
    case .bilinear:
      return distance < 1 ? 1 - distance : 0
    case .bicubic:
      let a = -0.5
      if distance < 1 { return ((a + 2) * distance - (a + 3)) * distance * distance + 1 }
      return distance < 2 ? (((distance - 5) * distance + 8) * distance - 4) * a : 0
    case .lanczos:
      return x >= -3 && x < 3 ? Self.sinc(x) * Self.sinc(x / 3) : 0
    }
  }

  private static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x * .pi) / (x * .pi)
  }
}

/// The weights of one pass of a resize: for every output pixel a run of input pixels.
struct ResamplingWeights {
  /// The first input pixel of every output pixel's run.
  let starts: [Int]

  /// The lengths of the runs.
  let counts: [Int]

  /// The longest run: the stride of ``values``.
  let stride: Int

  /// The weights, `stride` an output pixel; those of a run sum to 1.
  let values: [Double]

  /// Spreads the filter over `inputCount / outputCount` input pixels where the picture is shrunk
  /// (antialiasing), cuts it at the border and makes the weights sum to 1.
  ///
  /// The order of the operations is Pillow's, so that the weights are the same to the last bit.
  init(from inputCount: Int, to outputCount: Int, filter: ResamplingFilter) {
    let scale = Double(inputCount) / Double(outputCount)
    let spread = max(scale, 1)
    let support = filter.support * spread
    var starts: [Int] = []
    var runs: [[Double]] = []
    for output in 0..<outputCount {
      let centre = (Double(output) + 0.5) * scale
      let start = max(Int(centre - support + 0.5), 0)
      let end = min(Int(centre + support + 0.5), inputCount)
      var run = (start..<end).map { filter((Double($0) - centre + 0.5) * (1 / spread)) }
      let sum = run.reduce(0, +)
      if sum != 0 { run = run.map { $0 / sum } }
      starts.append(start)
      runs.append(run)
    }
    let stride = runs.map(\.count).max() ?? 0
    self.starts = starts
    self.counts = runs.map(\.count)
    self.stride = stride
    self.values = runs.flatMap { $0 + Array(repeating: 0, count: stride - $0.count) }
  }

  /// The weights in units of 2⁻²², rounded half away from zero: Pillow's for 8-bit pictures.
  var fixedPoint: [Int32] {
    values.map { Int32($0 * Double(1 << Self.fixedPointBits) + ($0 < 0 ? -0.5 : 0.5)) }
  }

  static let fixedPointBits: Int32 = 22
}
