import GenerationLoss
import Generators
import Images
import LinearAlgebra
import Metrics
import Randomness
import Samples
import Sprites

/// The hot paths of a generation, each beside the rate of one large matrix product in this process.
///
/// Arguments: sizes of pictures, each optionally with a number of samples, such as `64` or
/// `32x4000`. After the word `loop` whole generations are timed; after the word `metrics` the metrics of a
/// generation, with a number of generated and one of held-out pictures such as `70000x20000`, or, without
/// numbers or with numbers of features such as `d=2048`, each metric beside the field's packages, those alone
/// whose names begin with `only=…` if that is given. `everything` measures features with all metrics, at
/// sizes such as `50000x192`; the word `chains` times many short loops on numbers, and `costs` measures what
/// `--dry-run` reckons with. Else the parts of a generation are timed. Inputs are built outside the timed part.
@main
struct Benchmarks {
  static func main() throws {
    Allocator.prepare()
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "loop":
      for (size, count) in sizes(Array(arguments.dropFirst()), default: ["32", "64"]) {
        try LoopBenchmark.run(size: size, count: count)
      }
      return
    case "metrics":
      let dimensions = arguments.filter { $0.hasPrefix("d=") }.compactMap { Int($0.dropFirst(2)) }
      let isOfPictures = arguments.dropFirst().contains { $0.first?.isNumber == true }
      if !isOfPictures || !dimensions.isEmpty {
        try DistanceBenchmark(count: 10_000).run(
          dimensions: dimensions.isEmpty ? [192, 768, 2048] : dimensions,
          only: arguments.first { $0.hasPrefix("only=") }.map { String($0.dropFirst(5)) } ?? "")
      }
      for scale in arguments.dropFirst() { try ScaleBenchmark(scale)?.run() }
      return
    case "everything":
      for (count, dimension) in sizes(Array(arguments.dropFirst()), default: ["50000x192"]) {
        try DistanceBenchmark.everything(count: count, dimension: dimension)
      }
      return
    case "chains":
      try ChainBenchmark.run()
      return
    case "costs":
      try CostMeasurement.perform()
      return
    default: break
    }
    let stopwatch = Stopwatch()
    stopwatch.time("normal numbers, 10 million") {
      var stream = RandomStream(seed: 1, purpose: "benchmark")
      return stream.normals(10_000_000)
    }
    try mixture(stopwatch)
    for (size, count) in sizes(arguments, default: ["32", "64x840"]) {
      try generation(stopwatch, size: size, count: count)
    }
  }

  /// Reads sizes of pictures with numbers of samples, 1000 where none is given.
  private static func sizes(
    _ arguments: [String], default fallback: [String]
  ) -> [(size: Int, count: Int)] {
    (arguments.isEmpty ? fallback : arguments).compactMap { argument in
      let numbers = argument.split(separator: "x").compactMap { Int($0) }
      return numbers.first.map { ($0, numbers.count > 1 ? numbers[1] : 1000) }
    }
  }

  /// Expectation maximisation with full covariances at the size of a detail level.
  private static func mixture(_ stopwatch: Stopwatch) throws {
    let (n, d, count, steps) = (10_000, 104, 32, 3)
    let rows = Matrix(rowCount: n, columnCount: d, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        var stream = RandomStream(seed: 2, purpose: "benchmark", sample: row)
        stream.fillNormals(&out, position * d..<(position + 1) * d)
      }
    }
    let training = TrainingSet(rows: rows)
    let generator = try GaussianMixtureGenerator(components: count, steps: steps)
    // Whitening by triangles: n·K·d² a step; moments of concentrated responsibilities: n·d².
    let flop = Double(steps) * Double(n * d * d) * Double(count + 1)
    try stopwatch.time(
      "EM, \(steps) steps, k = \(count), d = \(d), n = \(n), start included", flop: flop
    ) {
      try generator.fit(training, previous: nil)
    }
  }

  /// What a generation of pictures is made of.
  private static func generation(_ stopwatch: Stopwatch, size: Int, count: Int) throws {
    let law = try SpriteLaw(size: size)
    let shape = PictureShape(width: size, height: size, channels: 3)
    let samples = law.samples(0..<count)
    let heldOut = law.samples(count..<count + max(2, count * 2 / 7))
    let coordinates = PixelCoordinates(space: .logit, shape: shape)
    let noise = Dequantisation.noise(seed: 1, generation: 0, firstSample: 0)
    let rows = coordinates.rows(of: samples, 0..<count, offsets: noise)
    let scored = coordinates.rows(of: heldOut, 0..<heldOut.count, offsets: noise)
    let title = "\(size)×\(size)×3, n = \(count): "
    stopwatch.time(title + "dequantise") {
      coordinates.rows(of: samples, 0..<count, offsets: noise)
    }
    stopwatch.time(title + "levels") { coordinates.levels(of: rows) }
    stopwatch.time(title + "volumes") { coordinates.logVolume(of: rows) }

    let dimensions = min(400, count - 1)
    if size <= 32 {
      // The Gram matrix by half, the components, and the eigenvectors at 4 n³/3 + 2 n²d.
      let (n, d) = (Double(count), Double(dimensions))
      let gram = n * n * Double(shape.count)
      stopwatch.time(
        title + "PCA",
        flop: gram + 2 * n * d * Double(shape.count) + 4 * n * n * n / 3 + 2 * n * n * d
      ) { try? PrincipalComponents.fit(rows, dimensions: dimensions) }
    }
    let generator = try PatchesGenerator().resolved(sampleCount: count, dimension: shape.count)
    let training = TrainingSet(rows: rows, shape: shape)
    let model = try generator.fit(training, previous: nil)
    try stopwatch.time(title + "fit") { try generator.fit(training, previous: nil) }
    let latents = Latents(seed: 1, purpose: "draw", generation: 0)
    // Noise into the principal components and coordinates out of them, single precision.
    let products = 4 * Double(count * shape.count * dimensions)
    try stopwatch.time(
      title + "draw", flop: size <= 32 ? products : nil, precision: .single
    ) {
      try model.draw(0..<count, latents: latents, sampling: Sampling())
    }
    try stopwatch.time(title + "score \(scored.rowCount)") {
      try model.logDensity(scored, sampling: Sampling(), noiseFloor: 0.0009)
    }
    let drawn = SampleSet(
      count: count, dimension: shape.count, shape: shape,
      storage: .bytes(
        try coordinates.levels(
          of: model.draw(0..<count, latents: latents, sampling: Sampling()).rows
        ).bytes))
    try MetricsBenchmarks(
      train: samples, heldOut: heldOut, features: law.samples(2 * count..<2 * count + 200),
      drawn: drawn
    ).run(stopwatch, title: title)
  }
}
