import Generators
import Images
import LinearAlgebra
import Samples
import Storage
import SystemPackage
import Testing

@testable import ExternalGenerators

@Suite("A command that fails")
struct FailingCommandTests {
  private static let rows = wholeRows(6, 2)

  /// Draws from a fit; what that throws, in words without the folder of the script.
  private func complaint(_ command: ShellCommand, _ format: ExchangeFormat = .npy) throws -> String
  {
    try with(command) { command in
      let shape = format == .png ? PictureShape(width: 2, height: 1, channels: 1) : nil
      do {
        let model = try command.generator(format).fit(
          TrainingSet(rows: Self.rows, shape: shape))
        _ = try model.draw(0..<6, latents: .draw, sampling: Sampling())
        _ = try model.logDensity(Self.rows, sampling: Sampling(), noiseFloor: 0)
        return "nothing"
      } catch let error as ExternalGeneratorError {
        #expect(command.isClean)
        return error.description.replacing("sh '\(command.folder.string)/model.sh'", with: "CMD")
      }
    }
  }

  @Test("Another status than 0 is told with the last lines, fit for a terminal")
  func status() throws {
    let printed = "i=0; while [ $i -lt 30 ]; do echo line $i; i=$((i+1)); done"
    let bell = "printf 'tick\\rtock\\n\\033[31mred\\n\\n' >&2"
    #expect(
      try complaint(ShellCommand(fit: "\(printed); \(bell); exit 3")) == """
        The command `CMD fit` ended with status 3. Its last lines:
          line 23
          line 24
          line 25
          line 26
          line 27
          line 28
          line 29
          tick
          tock
          \\x1b[31mred
        Mend the command and run again: whole generations are kept.
        """)
    #expect(
      try complaint(ShellCommand(draw: "exit 1"))
        .hasPrefix("The command `CMD draw` ended with status 1 and printed nothing."))
    #expect(
      try complaint(ShellCommand(score: "echo no memory >&2; exit 1"))
        .hasPrefix("The command `CMD score` ended with status 1. Its last lines:\n  no memory\n"))
  }

  @Test("A signal is told by its number")
  func signal() throws {
    #expect(
      try complaint(ShellCommand(fit: "kill -9 $$"))
        .hasPrefix("The command `CMD fit` ended with status 137, as after signal 9"))
  }

  @Test("A command that does not exist is told by the shell")
  func missing() throws {
    let generator = ExternalGenerator(command: "/no/such/command")
    let error = #expect(throws: ExternalGeneratorError.self) {
      try generator.fit(TrainingSet(rows: Self.rows))
    }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("The command `/no/such/command fit` ended with status 127."))
    #expect(text.contains("not found"))
  }

  @Test("A fit that writes no model, or none that can be kept")
  func models() throws {
    let remedy = "Mend the command and run again: whole generations are kept."
    #expect(
      try complaint(ShellCommand(fit: ":"))
        == "The command `CMD fit` ended well, but there is nothing at the path MODEL. \(remedy)")
    #expect(
      try complaint(ShellCommand(fit: "mkdir \"$2\""))
        == "The command `CMD fit` ended well, but the folder MODEL holds no file. \(remedy)")
    #expect(
      try complaint(ShellCommand(fit: "mkdir \"$2\"; ln -s / \"$2/root\""))
        .contains("is a link to a folder; copy it"))
    let named = try ShellCommand(fit: "mkdir \"$2\"; : > \"$2/$(printf 'a\\377')\"")
    #expect(try complaint(named).contains("a\\xff is not UTF-8"))
  }

  @Test("A draw that writes nothing, something else, too few, too many or no numbers")
  func draws() throws {
    func matrix(_ rows: Int, _ columns: Int, _ value: Float = 1) -> [UInt8] {
      NumpyFile.bytes(
        of: SampleSet(
          count: rows, dimension: columns,
          storage: .floats(Array(repeating: value, count: rows * columns))))
    }
    var cut = matrix(6, 2)
    cut.removeLast(4)
    for (bytes, words) in [
      (nil, "it wrote nothing at the path OUT"),
      (Array("1 2\n".utf8), "OUT cannot be used: "),
      (matrix(5, 2), "OUT has the shape (5, 2) and not (6, 2)"),
      (matrix(6, 3), "OUT has the shape (6, 3) and not (6, 2)"),
      (matrix(7, 2), "OUT has the shape (7, 2) and not (6, 2)"),
      (matrix(6, 2, .nan), "OUT cannot be used: The number in row 0, column 0"),
      (cut, "OUT cannot be used: Its shape (6, 2) needs 48 bytes"),
      (NumpyFile.bytes(ofVector: [1, 2]), "OUT cannot be used: It holds an array of shape (2,)"),
    ] {
      let command = try ShellCommand(draw: bytes == nil ? ":" : "cp \"$here/given\" \"$4\"")
      if let bytes { try command.give("given", bytes) }
      let complaint = try complaint(command)
      #expect(
        complaint.hasPrefix("The command `CMD draw` ended well, but \(words)"), "\(complaint)")
    }
    #expect(
      try complaint(ShellCommand(draw: "mkdir \"$4\"")).contains("OUT is not a regular file"))
    #expect(
      try complaint(ShellCommand(draw: "mkfifo \"$4\"")).contains("OUT is not a regular file"))
  }

  @Test("Scores that are too few or no numbers")
  func scores() throws {
    for (values, words) in [
      ([1.0, 2], "OUT holds 2 numbers and not 6"),
      ([1, 2, 3, .nan, 5, 6], "OUT cannot be used: The number in row 3, counted from 0, is NaN."),
    ] {
      let command = try ShellCommand(score: "cp \"$here/given\" \"$3\"")
      try command.give("given", NumpyFile.bytes(ofVector: values))
      #expect(try complaint(command).contains("`CMD score` ended well, but \(words)"))
    }
  }

  @Test("A folder of pictures that are too few, of another size, or none")
  func pictures() throws {
    let copy = "cp -r \"$1\" \"$2\""
    func complaint(_ draw: String, _ name: String, _ bytes: [UInt8]) throws -> String {
      let command = try ShellCommand(fit: copy, draw: draw)
      try command.give(name, bytes)
      return try self.complaint(command, .png)
    }
    let wide = try PNG.encode(
      Picture(shape: PictureShape(width: 3, height: 1, channels: 1), pixels: [1, 2, 3]))
    #expect(
      try complaint("cp \"$1\"/00000[0-4]* \"$4\"", "x", []).contains(
        "the folder OUT holds 5 files and not 6"))
    let replace = "cp \"$1\"/* \"$4\"; cp \"$here/x.png\" \"$4/000003.png\""
    #expect(
      try complaint(replace, "x.png", wide).contains(
        "000003.png in OUT is 3×1 with 1 channels and not 2×1 with 1"))
    #expect(
      try complaint(replace, "x.png", Array("hello".utf8)).contains(
        "000003.png in OUT is no picture: "))
    #expect(try complaint("rm -r \"$4\"", "x", []).contains("OUT is no longer a folder"))
  }
}
