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
/// `32x4000`; or `costs`, which measures what `--dry-run` reckons with instead. Inputs are built outside
/// the timed part.
@main
struct Benchmarks {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "costs" {
      try CostMeasurement.perform()
      return
    }
    let stopwatch = Stopwatch()
    stopwatch.time("normal numbers, 10 million") {
      var stream = RandomStream(seed: 1, purpose: "benchmark")
      return stream.normals(10_000_000)
    }
    try mixture(stopwatch)
    for argument in arguments.isEmpty ? ["32", "64x840"] : Array(arguments) {
      let numbers = argument.split(separator: "x").compactMap { Int($0) }
      guard let size = numbers.first else { continue }
      try generation(stopwatch, size: size, count: numbers.count > 1 ? numbers[1] : 1000)
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
    stopwatch.time(title + "bytes") { coordinates.bytes(of: rows) }
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
    stopwatch.time(title + "draw") {
      model.draw(0..<count, latents: latents, sampling: Sampling())
    }
    stopwatch.time(title + "score \(scored.rowCount)") {
      model.logDensity(scored, sampling: Sampling(), noiseFloor: 0.0009)
    }
    let drawn = SampleSet(
      count: count, dimension: shape.count, shape: shape,
      storage: .bytes(
        coordinates.bytes(
          of: model.draw(0..<count, latents: latents, sampling: Sampling()).rows)))
    let evaluator = try Evaluator(
      train: samples, heldOut: heldOut, features: law.samples(2 * count..<2 * count + 200),
      generatedCount: count, seed: 1, nullDraws: 0)
    try stopwatch.time(title + "metrics") { try evaluator.evaluate(drawn) }
  }
}
