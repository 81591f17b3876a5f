import Images
import Samples
import Storage
import SystemPackage
import Testing

@Suite("Folders of pictures beside .npy files of them")
struct MixedPicturesTests {
  private func writePictures(
    _ shape: PictureShape, to path: FilePath
  ) throws {
    try NumpyFile.write(
      SampleSet(
        count: 40, dimension: shape.count, shape: shape,
        storage: .bytes((0..<40 * shape.count).map { UInt8($0 * 37 % 251) })), to: path)
  }

  private func writeGreyFolder(_ folder: FilePath) throws {
    try FileStore.createFolder(folder)
    for index in 0..<40 {
      let picture = Picture(
        shape: PictureShape(width: 16, height: 16, channels: 1),
        pixels: (0..<256).map { UInt8(($0 * 7 + index * 31) % 241) })
      try FileStore.write(try PNG.encode(picture), to: folder.appending("\(index).png"))
    }
  }

  /// `icons` and `grey` are folders; `grey.npy`, `rgb.npy` and the odd ones are files.
  private func withPictures(_ body: (CommandLineTool) throws -> Void) throws {
    try withIcons { genloss in
      try writeGreyFolder(genloss.path("grey"))
      for (name, width, height, channels) in [
        ("grey", 16, 16, 1), ("rgb", 16, 16, 3), ("small", 12, 12, 3), ("wide", 24, 16, 3),
      ] {
        try writePictures(
          PictureShape(width: width, height: height, channels: channels),
          to: genloss.path("\(name).npy"))
      }
      try body(genloss)
    }
  }

  @Test("Grey and colour are never mixed unasked: both sets are named, and the remedy")
  func channels() throws {
    try withPictures { genloss in
      for (arguments, words) in [
        (
          ["measure", "grey.npy", "icons"],
          "icons cannot be used: its pictures are in colour (3 channels), and those of grey.npy "
            + "grey (1 channel). Give --channels gray to read the folder so, or save the file in "
            + "colour."
        ),
        (
          ["measure", "icons", "grey.npy"],
          "icons cannot be used: its pictures are in colour (3 channels), and those of grey.npy "
            + "grey (1 channel). Give --channels gray"
        ),
        (
          ["measure", "grey", "rgb.npy"],
          "grey cannot be used: its pictures are grey (1 channel), and those of rgb.npy in colour "
            + "(3 channels). Give --channels rgb"
        ),
        (
          ["measure", "grey.npy", "rgb.npy"],
          "rgb.npy cannot be used: its pictures are in colour (3 channels), and those of grey.npy "
            + "grey (1 channel). Save both in grey or both in colour."
        ),
        (
          ["features", "icons", "--fitted-to", "grey.npy", "--out", "f.npy"],
          "Give --channels gray"
        ),
        (
          ["measure", "icons", "grey.npy", "--channels", "rgb"],
          "grey.npy cannot be used: its pictures are grey (1 channel), and --channels is rgb. "
            + "A .npy file is taken as it is: give --channels gray, or save the file in colour."
        ),
        (
          ["measure", "icons", "rgb.npy", "--channels", "gray"],
          "rgb.npy cannot be used: its pictures are in colour (3 channels), and --channels is gray. "
            + "A .npy file is taken as it is: give --channels rgb, or save the file in grey."
        ),
      ] {
        let outcome = try genloss.run(arguments)
        #expect(outcome.status == 65, "\(arguments): \(outcome.messages)")
        #expect(outcome.messages.contains(words), "\(arguments): \(outcome.messages)")
      }
    }
  }

  @Test("A folder is read in grey or in colour as --channels says, beside a file that is so")
  func chosenChannels() throws {
    try withPictures { genloss in
      for (sets, channels) in [(["icons", "grey.npy"], "gray"), (["rgb.npy", "grey"], "rgb")] {
        let outcome = try genloss.run(
          ["measure"] + sets + [
            "--channels", channels, "--features", "pixels", "--metrics", "recall", "--splits", "0",
            "--json",
          ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        let count = channels == "gray" ? 1 : 3
        for set in ["real", "generated"] {
          #expect(try outcome.json[set]?["pictures"]?["channels"]?.integer == count)
        }
      }
    }
  }

  @Test("Of two folders, one grey and one in colour, both are measured in colour")
  func twoFolders() throws {
    try withPictures { genloss in
      for sets in [["icons", "grey"], ["grey", "icons"]] {
        let outcome = try genloss.run(
          ["measure"] + sets + [
            "--features", "pixels", "--metrics", "recall", "--splits", "0", "--json",
          ])
        #expect(outcome.status == 0, "\(outcome.messages)")
        for set in ["real", "generated"] {
          #expect(try outcome.json[set]?["pictures"]?["channels"]?.integer == 3)
        }
      }
    }
  }

  @Test("A size that a file does not have is refused with the file's own")
  func sizes() throws {
    try withPictures { genloss in
      for (arguments, words) in [
        (
          ["icons", "small.npy", "--size", "16"],
          "small.npy cannot be used: its pictures are 12 x 12, and --size is 16. A .npy file is "
            + "taken as it is: leave --size out, and folders are read at the file's size."
        ),
        (
          ["icons", "wide.npy", "--size", "16"],
          "wide.npy cannot be used: its pictures are 24 x 16, and --size is 16. A .npy file is "
            + "taken as it is, and folders are brought to squares alone: save squares."
        ),
        (
          ["icons", "wide.npy"],
          "icons cannot be used: its pictures are 16 x 16, and those of wide.npy 24 x 16. A .npy "
            + "file is taken as it is, and folders are brought to squares alone: save squares."
        ),
        (
          ["rgb.npy", "small.npy"],
          "small.npy cannot be used: its pictures are 12 x 12, and those of rgb.npy 16 x 16. A .npy "
            + "file is taken as it is: save both at one size."
        ),
      ] {
        let outcome = try genloss.run(["measure"] + arguments)
        #expect(outcome.status == 65, "\(arguments): \(outcome.messages)")
        #expect(outcome.messages.contains(words), "\(arguments): \(outcome.messages)")
      }
      let followed = try genloss(
        "measure", "icons", "small.npy", "--features", "pixels", "--metrics", "recall", "--splits",
        "0", "--json")
      #expect(followed.status == 0, "\(followed.messages)")
      #expect(try followed.json["real"]?["pictures"]?["width"]?.integer == 12)
    }
  }
}
