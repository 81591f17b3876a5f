import LinearAlgebra
public import Metrics
import Samples
public import Storage
public import SystemPackage

/// What is known of a real set before anything is measured against it, kept in a safetensors file: its
/// mean and covariance in every space, and its null bands.
public struct SavedReference: Sendable {
  /// The null bands by space.
  public let nulls: [String: MeasuredNulls]

  private let path: FilePath

  /// What it was made of.
  private let origin: ReferenceOrigin

  private static let versionKey = "genloss_reference"
  private static let version = "2"
  private static let digestKey = "sha256"

  /// Reads a file.
  ///
  /// - Throws: ``StorageError`` if it cannot be read or is no saved reference.
  public init(_ path: FilePath) throws(StorageError) {
    self.path = path
    let file = try Self.file(path)
    do throws(FormatError) {
      guard let version = file.metadata[Self.versionKey] else {
        throw FormatError("It is no reference that measure --save-reference wrote.")
      }
      guard version == Self.version else {
        throw FormatError("It is of another version of genloss." + Self.saveAgain)
      }
      guard file.metadata[Self.digestKey] == file.digest(without: Self.digestKey) else {
        throw FormatError(
          "Its contents do not have the SHA-256 that it names: it was changed or damaged."
            + Self.saveAgain)
      }
      var nulls: [String: MeasuredNulls] = [:]
      for (key, text) in file.metadata where key.hasPrefix("nulls/") {
        nulls[String(key.dropFirst("nulls/".count))] = try Self.nulls(text)
      }
      self.nulls = nulls
      origin = ReferenceOrigin(file.metadata)
    } catch {
      throw StorageError(.read, path, .malformed(error.description))
    }
  }

  private static let saveAgain = " Save it again with `genloss measure --save-reference`."

  private static func file(_ path: FilePath) throws(StorageError) -> Safetensors {
    do {
      return try Safetensors.read(path)
    } catch {
      guard case .malformed(let reason) = error.cause else { throw error }
      throw StorageError(
        .read, path,
        .malformed(
          "It is cut off, or no reference at all. "
            + reason.replacing(" Write the file again.", with: "") + saveAgain))
    }
  }

  /// Writes what a measurement knows of its real set.
  public static func write(_ measurement: SetMeasurement, to path: FilePath) throws(StorageError) {
    var tensors: [Tensor] = []
    var metadata = measurement.origin.metadata
    metadata[versionKey] = version
    for space in measurement.spaces {
      guard let reference = space.reference else { continue }
      let (mean, covariance) = (reference.statistics.mean, reference.statistics.covariance)
      tensors.append(
        Tensor(name: "\(space.name)/mean", shape: [mean.count], values: .float64(mean)))
      tensors.append(
        Tensor(
          name: "\(space.name)/covariance", shape: [mean.count, mean.count],
          values: .float64(covariance.elements)))
      metadata["nulls/\(space.name)"] = String(
        decoding: json(reference.nulls).bytes(.compact), as: UTF8.self)
    }
    let file = Safetensors(tensors: tensors, metadata: metadata)
    metadata[digestKey] = file.digest(without: digestKey)
    try Safetensors(tensors: file.tensors, metadata: metadata).write(to: path)
  }

  /// Throws unless the bands of a space were made for the same real set and settings.
  func requireFingerprint(
    _ fingerprint: String, of space: String, origin here: ReferenceOrigin
  ) throws(SavedReferenceError) {
    guard let found = nulls[space]?.fingerprint, found == fingerprint else {
      throw SavedReferenceError(
        path: path, space: space, knownSpaces: nulls.keys.sorted(),
        differences: origin.differences(here: here))
    }
  }

  private static func json(_ nulls: MeasuredNulls) -> JSONValue {
    let bands = nulls.bands.sorted { $0.key < $1.key }.flatMap { count, band in
      band.sorted { $0.key < $1.key }.map { id, null in
        JSONValue.object([
          .init("count", .integer(count)), .init("metric", .string(id)),
          .init("mean", .number(null.mean)), .init("deviation", .number(null.standardDeviation)),
          .init("n", .integer(null.n)), .init("m", .integer(null.m)),
          .init("splits", .integer(null.splits)),
        ])
      }
    }
    return .object([
      .init("fingerprint", .string(nulls.fingerprint)), .init("bands", .array(bands)),
    ])
  }

  private static func nulls(_ text: String) throws(FormatError) -> MeasuredNulls {
    let value = try JSONValue(parsing: Array(text.utf8))
    guard let fingerprint = value["fingerprint"]?.string, let list = value["bands"]?.array else {
      throw FormatError("Its null bands have no fingerprint or no list.")
    }
    var bands: [Int: [String: MeasuredValue.Null]] = [:]
    for item in list {
      guard let count = item["count"]?.integer, let metric = item["metric"]?.string,
        let mean = item["mean"]?.number, let deviation = item["deviation"]?.number,
        deviation >= 0, let n = item["n"]?.integer, let m = item["m"]?.integer,
        let splits = item["splits"]?.integer
      else { throw FormatError("A null band lacks a number.") }
      bands[count, default: [:]][metric] = MeasuredValue.Null(
        mean: mean, standardDeviation: deviation, n: n, m: m, splits: splits)
    }
    return MeasuredNulls(fingerprint: fingerprint, bands: bands)
  }
}

/// A saved reference of another real set, or of other settings.
public struct SavedReferenceError: Error, Equatable, Sendable, CustomStringConvertible {
  let path: FilePath
  let space: String
  let knownSpaces: [String]

  /// The data and settings that are not the same.
  let differences: [String]

  /// What happened, and what to do about it.
  public var description: String {
    let reason =
      if !knownSpaces.contains(space) {
        "is no reference for \(space), but for \(knownSpaces.joined(separator: " and "))"
      } else if differences.isEmpty {
        "was saved by another version of genloss or on another machine, where the same data have "
          + "other features"
      } else {
        "was saved with \(differences.joined(separator: "; "))"
      }
    return "\(path.printable) \(reason). Measure without --reference, or save it again with "
      + "--save-reference."
  }
}
