import Foundation
import Generators
import Images
import LinearAlgebra
import Randomness
import Samples
import Storage
import SystemPackage
import Testing

@testable import ExternalGenerators

@Suite("External generator")
struct ExternalGeneratorTests {
  @Test("A command is fitted to the samples and drawn from, and leaves no file behind")
  func fitsAndDraws() throws {
    try with(ShellCommand()) { command in
      let rows = wholeRows(40, 3)
      let model = try command.generator().fit(TrainingSet(rows: rows))
      #expect(model.dimension == 3 && model.componentWeights == [1])
      #expect(model.totalVariance.isNaN)
      let draws = try model.draw(0..<40, latents: .draw, sampling: Sampling())
      // All of them, in an order that is the latents' own.
      #expect(draws.rows.sortedRows == rows.sortedRows)
      #expect(draws.rows != rows)
      #expect(draws.components == Array(repeating: 0, count: 40))
      #expect(try model.draw(0..<40, latents: .draw, sampling: Sampling()).rows == draws.rows)
      let other = Latents(seed: 5, purpose: "draw", generation: 2)
      #expect(try model.draw(0..<40, latents: other, sampling: Sampling()).rows != draws.rows)
      // A part is the end of as many draws as it reaches to.
      let part = try model.draw(15..<40, latents: .draw, sampling: Sampling())
      #expect(part.rows == draws.rows.rows(15..<40))
      #expect(try model.draw(3..<3, latents: .draw, sampling: Sampling()).rows.rowCount == 0)
      #expect(command.isClean)
    }
  }

  @Test("The words of each call are as documented")
  func words() throws {
    let command = try ShellCommand(
      fit: """
        echo "$# $1 $2 $3 ${GENLOSS_SHAPE-none}" > "$here/fit"; head -c 6 "$1" | tail -c 5 > "$here/magic"
        cp "$1" "$2"
        """,
      draw: "echo \"$# $1 $2 $3 $4\" > \"$here/draw\"; cp \"$1\" \"$4\"")
    try with(command) { command in
      var training = TrainingSet(
        rows: wholeRows(5, 12), shape: PictureShape(width: 2, height: 3, channels: 2))
      training.latents = Latents(seed: 9, purpose: "fit", generation: 3)
      let model = try command.generator().fit(training)
      let fit = try command.text("fit").split(separator: " ")
      // The folder's own name holds two spaces.
      #expect(fit.count == 9 && fit[0] == "3")
      #expect(fit.last == "3x2x2\n")
      let seed = try #require(Int(fit[7]))
      #expect((0..<1 << 31).contains(seed))
      #expect(try command.text("magic") == "NUMPY")
      _ = try model.draw(0..<5, latents: .draw, sampling: Sampling())
      let draw = try command.text("draw")
      #expect(draw.hasPrefix("4 "))
      #expect(draw.contains("model 5 "))
      #expect(draw.hasSuffix("out.npy\n"))
      training.latents = Latents(seed: 9, purpose: "fit", generation: 4)
      _ = try command.generator().fit(training)
      #expect(try command.text("fit").split(separator: " ")[7] != fit[7])
    }
  }

  @Test("Any sampling that a command cannot do is refused by name")
  func sampling() throws {
    let generator = ExternalGenerator(command: "true")
    try generator.require(Sampling(), pictures: false)
    for (change, name, value, own): ((inout Sampling) -> Void, String, String, String) in [
      ({ $0.bias = 0.9 }, "bias", "0.9", "1"),
      ({ $0.detailBias = 1.5 }, "detail-bias", "1.5", "1"),
      ({ $0.biasScope = .global }, "bias-scope", "global", "component"),
      ({ $0.temperature = 0.5 }, "temperature", "0.5", "1"),
      ({ $0.truncation = 2 }, "deviations", "2.0", "all"),
    ] {
      var sampling = Sampling()
      change(&sampling)
      let error = GeneratorError.invalidSetting(
        name: name, value: value,
        allowed: "\(own) for the generator exec: a command draws what it draws")
      #expect(throws: error) { try generator.require(sampling, pictures: false) }
    }
  }

  @Test("Weights are a fourth word, only where they are unequal, without the rows of weight 0")
  func weights() throws {
    let command = try ShellCommand(
      fit: "echo $# > \"$here/count\"; test $# = 3 || cp \"$4\" \"$here/weights\"; cp \"$1\" \"$2\""
    )
    try with(command) { command in
      for weights in [nil, [Double](repeating: 0.5, count: 4)] {
        _ = try command.generator().fit(TrainingSet(rows: wholeRows(4, 2), weights: weights))
        #expect(try command.text("count") == "3\n")
      }
      let model = try command.generator().fit(
        TrainingSet(rows: wholeRows(4, 2), weights: [1, 0, 3, 2]))
      #expect(try command.text("count") == "4\n")
      let stored = try NumpyFile.vector(FileStore.read(command.folder.appending("weights")))
      // Shares of their sum, scaled to Kish's effective number, 36 / 14.
      #expect(zip(stored, [1.0, 3, 2]).allSatisfy { abs($0 / $1 - 6.0 / 14) < 1e-14 })
      let drawn = try model.draw(0..<3, latents: .draw, sampling: Sampling())
      #expect(drawn.rows.sortedRows == wholeRows(4, 2).gatheringRows([0, 2, 3]).sortedRows)
    }
  }

  @Test("A folder of files is a model, and comes back from tensors byte by byte")
  func restored() throws {
    let command = try ShellCommand(
      fit: "mkdir -p \"$2/a/ü b\" && cp \"$1\" \"$2/a/ü b/x.npy\" && : > \"$2/empty\"",
      draw: "test -f \"$1/empty\" && cp \"$1/a/ü b/x.npy\" \"$4\"")
    try with(command) { command in
      let model = try command.generator().fit(TrainingSet(rows: wholeRows(6, 2)))
      #expect(model.tensors.map(\.name) == ["model/a/ü b/x.npy", "model/empty"])
      let written = Safetensors(tensors: model.tensors).bytes()
      let restored = try command.generator().restore(
        Safetensors(parsing: written).tensors, dimension: 2, shape: nil)
      #expect(
        try restored.draw(0..<6, latents: .draw, sampling: Sampling()).rows
          == model.draw(0..<6, latents: .draw, sampling: Sampling()).rows)
      #expect(restored.tensors == model.tensors)
    }
  }

  @Test(
    "A stored model whose names lead elsewhere is refused",
    arguments: ["model/../x", "model/./x", "model//x", "modelx", "model/a\0b", "other"])
  func hostileNames(name: String) throws {
    let tensor = Tensor(name: name, shape: [1], values: .uint8([1]))
    #expect(throws: ExternalGeneratorError.self) { try ModelFiles(restoring: [tensor]) }
  }

  @Test("Scores come back for each row, infinite ones too; a command without them says so")
  func scores() throws {
    let values = [-1.5, -.infinity, 0.25]
    for (score, expected) in [
      ("cp \"$here/scores\" \"$3\"", values), ("echo unknown call; exit 2", nil),
      ("exit 64", nil),
    ] {
      try with(ShellCommand(score: score)) { command in
        try command.give("scores", NumpyFile.bytes(ofVector: values))
        let rows = wholeRows(3, 2)
        let model = try command.generator().fit(TrainingSet(rows: rows))
        #expect(try model.logDensity(rows, sampling: Sampling(), noiseFloor: 0) == expected)
        #expect(try model.logDensity(rows, sampling: Sampling(bias: 0.5), noiseFloor: 0) == nil)
        #expect(try model.logDensity(rows, sampling: Sampling(), noiseFloor: 1) == nil)
      }
    }
  }

  @Test("Pictures go as folders of PNG files and come back")
  func pictures() throws {
    let command = try ShellCommand(fit: "cp -r \"$1\" \"$2\"", draw: "cp \"$1\"/* \"$4\"")
    try with(command) { command in
      for channels in [1, 3] {
        let shape = PictureShape(width: 5, height: 4, channels: channels)
        let rows = wholeRows(7, shape.count)
        let model = try command.generator(.png).fit(TrainingSet(rows: rows, shape: shape))
        #expect(model.tensors.first?.name == "model/000000.png")
        let drawn = try model.draw(0..<7, latents: .draw, sampling: Sampling())
        #expect(drawn.rows.sortedRows == rows.sortedRows)
      }
      #expect(throws: GeneratorError.self) {
        try command.generator(.png).fit(TrainingSet(rows: wholeRows(7, 6)))
      }
    }
  }

  @Test("Calls may run at the same time")
  func concurrent() throws {
    let command = try ShellCommand(draw: "sleep 0.05; cp \"$1\" \"$4\"")
    try with(command) { command in
      let models = try (0..<6).map {
        try command.generator().fit(
          TrainingSet(rows: Matrix(rowCount: 2, columnCount: 1, repeating: Double($0))))
      }
      let drawn = Parallelism.map(6) { index in
        Result { try models[index].draw(0..<2, latents: .draw, sampling: Sampling()).rows }
      }
      for (index, rows) in drawn.enumerated() {
        #expect(try rows.get().elements == [Double(index), Double(index)])
      }
      #expect(command.isClean)
    }
  }

  @Test("The name on the command line is exec: and the command")
  func names() throws {
    var options = GeneratorOptions()
    options.execFormat = .png
    let generator = try #require(
      try ExternalGenerator(named: "exec:python3 my/gan.py --deep", options: options))
    #expect(generator.name == "exec:python3 my/gan.py --deep")
    #expect(generator.settings.map(\.value) == ["png"])
    #expect(try ExternalGenerator(named: "gmm", options: GeneratorOptions()) == nil)
    for name in ["exec:", "exec:  "] {
      #expect(
        throws: GeneratorError.invalidSetting(
          name: "generator", value: name, allowed: "exec: and a command, such as exec:./gan.py")
      ) { try ExternalGenerator(named: name, options: GeneratorOptions()) }
    }
    #expect(
      throws: GeneratorError.unusedSetting(name: "rank", generator: "exec", used: ["exec-format"])
    ) { try ExternalGenerator(named: "exec:x", options: GeneratorOptions(rank: 3)) }
  }
}
