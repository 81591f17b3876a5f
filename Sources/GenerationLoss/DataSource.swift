import Foundation
public import Images
public import Recursion
import Samples
import Sprites
import Storage
import SystemPackage

/// DATA on the command line: a folder of pictures, a `.npy` matrix, or an endless law.
public enum DataSource {
  /// The laws by name, each with its keys.
  static let laws = ["gaussian": ["d", "seed"], "sprites": ["size", "zipf", "rare", "seed"]]

  /// Opens data by its name.
  ///
  /// - Parameters:
  ///   - name: A path, or a law such as `gaussian:d=4` or `sprites:size=64,zipf=1,rare=ships:0.01`.
  ///   - pictures: How a folder's pictures are read.
  ///   - seed: The seed of a law without a seed of its own.
  /// - Throws: what the reader of the kind throws; ``RecursionError/unusableData(name:reason:)``
  ///   for a law that is not understood.
  public static func open(
    _ name: String, pictures: PictureFolder.Options, seed: UInt64
  ) throws -> RealData {
    let path = FilePath(name)
    if let law = try Law(name), !FileStore.exists(path) {
      return try open(law, name: name, seed: seed)
    }
    guard FileStore.exists(path) else {
      if let reason = Law.suggestion(for: name) {
        throw RecursionError.unusableData(name: path.printable, reason: reason)
      }
      throw StorageError(.read, path, .system(.noSuchFileOrDirectory))
    }
    let short = shortName(path)
    if FileStore.isFolder(path) {
      let loaded = try PictureFolder.load(path, options: pictures)
      return RealData(
        name: short, supply: .finite(loaded.samples),
        fingerprint: RealData.fingerprint(of: loaded.samples), report: loaded.report,
        paths: loaded.paths)
    }
    guard path.extension == "npy" else {
      throw RecursionError.unusableData(
        name: path.printable,
        reason:
          "it is neither a folder of pictures nor a .npy matrix nor a law such as gaussian:d=4.")
    }
    let samples = try NumpyFile.read(path)
    try requireLevels(samples, path)
    return RealData(
      name: short, supply: .finite(samples), fingerprint: RealData.fingerprint(of: samples))
  }

  /// The short name of data that are read from a file or folder; `nil` for a law, which is opened in
  /// no time.
  public static func nameWithoutReading(_ name: String) throws -> String? {
    let path = FilePath(name)
    return try Law(name) == nil || FileStore.exists(path) ? shortName(path) : nil
  }

  /// The short name of a law without its settings, for folders: `sprites`.
  public static func lawName(_ name: String) -> String {
    String(name.prefix { $0 != ":" })
  }

  private static func open(_ law: Law, name: String, seed: UInt64) throws -> RealData {
    let seed = try law.integer("seed").map(UInt64.init) ?? seed
    let fingerprint = SHA256.hexDigest(of: Array("\(name) seed=\(seed)".utf8))
    switch law.name {
    case "gaussian":
      let dimension = try law.integer("d") ?? 1
      guard 1...4096 ~= dimension else {
        throw law.refusal("d must lie between 1 and 4096, not \(dimension).")
      }
      return RealData(
        name: "gaussian-d\(dimension)",
        supply: .endless(GaussianLaw(dimension: dimension, seed: seed)), fingerprint: fingerprint)
    default:
      let rare: [(class: String, share: Double)] =
        try law.text("rare").map { text in
          let parts = text.split(separator: ":")
          guard parts.count == 2, let share = PlainNumber.read(parts[1]) else {
            throw law.refusal("rare takes a class and a share, such as rare=ships:0.01.")
          }
          return [(class: String(parts[0]), share: share)]
        } ?? []
      let (size, zipf) = (try law.integer("size") ?? 64, try law.number("zipf") ?? 1)
      let sprites: SpriteLaw
      do {
        sprites = try SpriteLaw(size: size, seed: seed, zipf: zipf, rare: rare)
      } catch {
        throw law.refusal(error.description)
      }
      return RealData(
        name: "sprites-\(sprites.shape?.width ?? 0)", supply: .endless(sprites),
        fingerprint: fingerprint)
    }
  }

  /// The last component of a path without its extension, fit for a folder's name.
  private static func shortName(_ path: FilePath) -> String {
    let resolved = URL(fileURLWithPath: path.string).standardizedFileURL.lastPathComponent
    let stem = resolved.hasSuffix(".npy") ? String(resolved.dropLast(4)) : resolved
    let kept = stem.unicodeScalars.map { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains(scalar))
        ? Character(scalar) : "_"
    }
    let name = String(kept).drop { $0 == "." || $0 == "-" }
    return name.isEmpty ? "data" : String(name)
  }
}

/// A law as it is written: a name and `key=value` pairs.
private struct Law {
  let name: String
  private let written: String
  private let values: [String: String]

  /// Reads a law; `nil` if the text does not begin with a law's name and a colon.
  init?(_ text: String) throws(RecursionError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let keys = DataSource.laws[String(first)], parts.count == 2
    else {
      return nil
    }
    name = String(first)
    written = text
    var values: [String: String] = [:]
    for pair in parts[1].split(separator: ",") {
      let sides = pair.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else {
        throw RecursionError.unusableData(
          name: text, reason: "\"\(pair)\" is not of the form key=value.")
      }
      let key = String(sides[0])
      guard keys.contains(key) else {
        throw RecursionError.unusableData(
          name: text,
          reason:
            "\(first) has no key \"\(key)\"; it has \(keys.joined(separator: ", "))."
            + NearestName.question(key, among: keys))
      }
      guard values.updateValue(String(sides[1]), forKey: key) == nil else {
        throw RecursionError.unusableData(name: text, reason: "the key \(key) stands twice.")
      }
    }
    self.values = values
  }

  func text(_ key: String) -> String? { values[key] }

  func integer(_ key: String) throws -> Int? {
    try values[key].map { text in
      guard let value = Int(text), value >= 0 else {
        throw refusal("\(key) must be a whole number, not \"\(text)\".")
      }
      return value
    }
  }

  func number(_ key: String) throws -> Double? {
    try values[key].map { text in
      guard let value = PlainNumber.read(text) else {
        throw refusal("\(key) must be a number, not \"\(text)\".")
      }
      return value
    }
  }

  /// Why a text that names no file is no law either; `nil` if no law is like it.
  static func suggestion(for text: String) -> String? {
    let examples = ["gaussian": "gaussian:d=4", "sprites": "sprites:size=32"]
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let typed = parts.first.map(String.init),
      let law = NearestName.all(typed, among: examples.keys.sorted()).first,
      let example = examples[law], parts.count == 2 || typed == law
    else { return nil }
    return parts.count == 2
      ? "no file has this name, and there is no law \"\(typed)\". Did you mean \"\(law)\"?"
      : "no file has this name, and a law has settings. Did you mean \"\(example)\"?"
  }

  func refusal(_ reason: String) -> RecursionError {
    .unusableData(name: written, reason: reason)
  }
}
