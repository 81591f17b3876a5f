import Images
import Metrics
import Samples
import Storage

@testable import Recursion

/// Small files of every kind that the parsers know.
enum Seeds {
  static func of(_ target: Target) -> [[UInt8]] {
    switch target {
    case .png: pictures.compactMap { try? PNG.encode($0) }
    case .jpeg: pictures.compactMap { try? JPEG.encode($0, quality: 80) } + [turned]
    case .npy: arrays.map { NumpyFile.bytes(of: $0) }
    case .safetensors: [tensors.bytes(), Safetensors(tensors: []).bytes()]
    case .yaml:
      [
        "data: icons\nseed: 3\nstrategy: \"replace\"\nstrict: true\n", "--- {seed: 1, data: x}\n",
        "seed: |\n  1\nstrategy: >-\n  a b\n# words\n? strict\n: no\n", "a: [1, {b: c}]\n",
        "%YAML 1.1\n---\nseed: !!int 0x1F\n...\n",
      ].map { Array($0.utf8) }
    case .json:
      [
        #"{"a":[1,-2.5e3,null,true,false,"x\u00e9\ud83d\ude00\n"],"b":{}}"#, "[[[[]]]]", "0",
      ].map { Array($0.utf8) }
    case .metrics: [metrics.bytes()]
    case .index: [index.bytes(), RunFolderIndex().bytes()]
    case .folder: RunFolderFiles.whole.enumerated().map { [UInt8($0)] + $1 }
    }
  }

  private static let pictures: [Picture] = [(1, 1, 1), (8, 8, 3), (17, 5, 1), (16, 16, 3)].map {
    let shape = PictureShape(width: $0.0, height: $0.1, channels: $0.2)
    return Picture(
      shape: shape, pixels: (0..<shape.count).map { UInt8(truncatingIfNeeded: $0 * $0 * 7) })
  }

  /// A JPEG with an Exif segment that turns it.
  private static var turned: [UInt8] {
    let plain = (try? JPEG.encode(pictures[1], quality: 50)) ?? []
    let exif: [UInt8] =
      Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
    return Array(plain.prefix(2)) + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif
      + Array(plain.dropFirst(2))
  }

  private static let arrays = [
    SampleSet(count: 2, dimension: 3, storage: .floats([1, 2, 3, -4, 0.5, 6])),
    SampleSet(
      count: 1, dimension: 12, shape: PictureShape(width: 2, height: 2, channels: 3),
      storage: .bytes(Array(0..<12))),
  ]

  private static let tensors = Safetensors(
    tensors: [
      Tensor(name: "a", shape: [2, 2], values: .float64([1, 2, 3, 4])),
      Tensor(name: "b", shape: [3], values: .uint8([1, 2, 3])),
      Tensor(name: "c", shape: [], values: .int32([7])),
    ], metadata: ["generator": "patches"])

  private static let metrics = GenerationMetrics(
    generation: 1,
    measurements: [
      MetricValue(
        metric: "recall", space: "conv", value: 0.5, standardError: 0.1, null: 0.1...0.9, n: 3,
        m: 4),
      MetricValue(metric: "precision", space: "pixels", value: nil, note: "why"),
    ])

  private static var index: RunFolderIndex {
    var index = RunFolderIndex()
    index.files["run.json"] = RunFolderIndex.Record(of: [1])
    index.files["generations/000/grid.png"] = RunFolderIndex.Record(of: [2])
    return index
  }
}
