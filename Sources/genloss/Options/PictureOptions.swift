import ArgumentParser
import GenerationLoss
import Images
import Recursion

/// How pictures are read.
struct PictureOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "Working size in pixels: N makes N x N (default: the pictures' own, at most 64).",
    transform: WrittenNumber.whole)
  var size: Int?

  @Option(name: .long, help: "auto (grey only if every picture is), rgb or gray.")
  var channels = PictureFolder.ChannelChoice.auto

  @Option(name: .long, help: "How odd shapes become square: crop (the centre) or stretch.")
  var fit = PictureFolder.Fit.crop

  @Option(
    name: .long, help: "Use at most so many pictures, a random but seeded choice.",
    transform: WrittenNumber.whole)
  var limit: Int?

  @Option(
    name: .long, help: "Skip pictures with more pixels (default: 89.5 million).",
    transform: WrittenNumber.whole)
  var maxPixels = DecodingLimits().maximumPixels

  @Flag(name: .long, help: "Use truncated pictures too; their missing part is grey.")
  var allowTruncated = false

  func validate() throws {
    if let size, !(8...4096).contains(size) {
      throw ValidationError("--size must lie between 8 and 4096, not \(size).")
    }
    if let limit, limit < 1 {
      throw ValidationError("--limit must be at least 1, not \(limit).")
    }
    guard maxPixels >= 64 else {
      throw ValidationError("--max-pixels must be at least 64, not \(maxPixels).")
    }
  }

  /// Refuses options of pictures where no set is a folder of them: `.npy` files are taken as they are.
  func requireFolder(among sets: [MeasuredData]) throws {
    guard let file = sets.first, sets.allSatisfy({ $0.report == nil }) else { return }
    let given: [(String, Bool)] = [
      ("--size", size != nil), ("--channels", channels != .auto), ("--fit", fit != .crop),
      ("--limit", limit != nil),
    ]
    guard let option = given.first(where: \.1)?.0 else { return }
    throw RecursionError.unusableData(
      name: file.name,
      reason: "\(option) is about folders of pictures, and this is none. "
        + "Leave it out, or give a folder.")
  }

  /// The options as the reader of folders takes them.
  func folderOptions(seed: UInt64) -> PictureFolder.Options {
    var limits = DecodingLimits()
    limits.maximumPixels = maxPixels
    limits.allowTruncated = allowTruncated
    return PictureFolder.Options(
      size: size, channels: channels, fit: fit, limit: limit, seed: seed, limits: limits)
  }
}
