public import Storage
public import SystemPackage

/// Named arrays and notes in one file, as the `safetensors` package of Python reads and writes
/// them.
///
/// Eight bytes hold the length of a JSON header, which gives each tensor its type, shape and place;
/// the numbers follow, little-endian, without gaps.
///
/// - Note: <https://github.com/huggingface/safetensors#format>
public struct Safetensors: Equatable, Sendable {
  /// The tensors, in the order of their numbers in the file.
  public let tensors: [Tensor]

  /// Notes about them.
  public let metadata: [String: String]

  /// Creates the contents of a file; no name may repeat or be `__metadata__`.
  public init(tensors: [Tensor], metadata: [String: String] = [:]) {
    precondition(
      Set(tensors.map { Array($0.name.utf8) } + [Array(metadataKey.utf8)]).count
        == tensors.count + 1,
      "two tensors of one name, or one named \(metadataKey)")
    // Wide numbers first, so that each lies at a multiple of its size.
    self.tensors = tensors.enumerated()
      .sorted {
        ($1.element.values.type.width, $0.offset) < ($0.element.values.type.width, $1.offset)
      }
      .map(\.element)
    self.metadata = metadata
  }

  /// The tensor with a name.
  public subscript(name: String) -> Tensor? {
    tensors.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// Returns the contents of a file.
  ///
  /// - Throws: ``StorageError`` if the file cannot be read or is not a safetensors file.
  public static func read(_ path: FilePath) throws(StorageError) -> Safetensors {
    let bytes = try FileStore.read(path)
    do {
      return try Safetensors(parsing: bytes)
    } catch {
      throw StorageError(.read, path, .malformed(error.description))
    }
  }

  /// Writes a file, atomically.
  public func write(to path: FilePath) throws(StorageError) {
    try FileStore.write(bytes(), to: path)
  }

  /// Returns the bytes of a file.
  public func bytes() -> [UInt8] {
    let header = header(metadata)
    let count = tensors.reduce(8 + header.count) { $0 + $1.byteCount }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    LittleEndian.append([UInt64(header.count)], to: &bytes)
    bytes += header
    for tensor in tensors { tensor.values.append(to: &bytes) }
    return bytes
  }

  /// The SHA-256 of the header and all numbers, leaving out one note, in which it can be kept.
  public func digest(without key: String) -> String {
    var hasher = SHA256()
    hasher.update(header(metadata.filter { $0.key != key }))
    for tensor in tensors {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(tensor.byteCount)
      tensor.values.append(to: &bytes)
      hasher.update(bytes)
    }
    return hasher.hexDigest()
  }

  /// The header with such notes, padded to a multiple of eight bytes.
  private func header(_ metadata: [String: String]) -> [UInt8] {
    var members: [JSONValue.Member] = []
    if !metadata.isEmpty {
      members.append(
        JSONValue.Member(
          metadataKey,
          .object(
            metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
              .map { JSONValue.Member($0.key, .string($0.value)) })))
    }
    var end = 0
    for tensor in tensors {
      let start = end
      end += tensor.byteCount
      members.append(
        JSONValue.Member(
          tensor.name,
          [
            "dtype": .string(tensor.values.type.rawValue),
            "shape": .array(tensor.shape.map(JSONValue.integer)),
            "data_offsets": [.integer(start), .integer(end)],
          ]))
    }
    let header = JSONValue.object(members).bytes()
    return header + Array(repeating: 0x20, count: (8 - header.count % 8) % 8)
  }
}

extension Safetensors {
  /// A header may have this many bytes.
  public static let headerLimit = 16 << 20

  /// Creates the contents from the bytes of a file, strictly.
  ///
  /// - Throws: ``FormatError`` if the header is too long, not JSON or has keys of other kinds, a
  ///   type is not F64, F32, I32 or U8, a shape and its place disagree, or the places overlap,
  ///   leave gaps or do not end with the file.
  public init(parsing bytes: [UInt8]) throws(FormatError) {
    guard bytes.count >= 8 else {
      throw FormatError("It has \(bytes.count) bytes, too few for a safetensors file.")
    }
    let length = LittleEndian.integers(UInt64.self, in: bytes, 0..<8)[0]
    guard length <= UInt64(min(bytes.count - 8, Self.headerLimit)) else {
      throw FormatError(
        "Its header claims \(length) bytes; the file has \(bytes.count) and the limit is "
          + "\(Self.headerLimit). Write the file again.")
    }
    let start = 8 + Int(length)
    guard
      let members = try JSONValue(parsing: Array(bytes[8..<start])).members
    else { throw FormatError("Its header is not a JSON object. Write the file again.") }
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    for member in members {
      if member.key == metadataKey {
        metadata = try Self.metadata(member.value)
      } else {
        entries.append(try Entry(member))
      }
    }
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw FormatError(
          "The numbers of '\(entry.printableName)' start at byte \(entry.range.lowerBound) where "
            + "\(end) is due: tensors overlap or leave a gap. Write the file again.")
      }
      end = entry.range.upperBound
    }
    guard end == bytes.count - start else {
      throw FormatError(
        "Its tensors need \(end) bytes of numbers, and \(bytes.count - start) follow. "
          + "Write the file again.")
    }
    tensors = entries.map { entry in
      let range = start + entry.range.lowerBound..<start + entry.range.upperBound
      return Tensor(
        name: entry.name, shape: entry.shape,
        values: entry.type.values(bytes, range))
    }
    self.metadata = metadata
  }

  private static func metadata(_ value: JSONValue) throws(FormatError) -> [String: String] {
    var metadata: [String: String] = [:]
    for member in value.members ?? [] { metadata[member.key] = member.value.string }
    guard let members = value.members, metadata.count == members.count else {
      throw FormatError("Its \(metadataKey) is not an object of different strings.")
    }
    return metadata
  }

  /// One tensor of a header.
  private struct Entry {
    let name: String
    let type: TensorType
    let shape: [Int]
    /// Its bytes, counted from the end of the header.
    let range: Range<Int>

    var printableName: String { FilePath.printable(Array(name.utf8)) }

    init(_ member: JSONValue.Member) throws(FormatError) {
      name = member.key
      let printableName = FilePath.printable(Array(member.key.utf8))
      guard member.value.members?.count == 3,
        let typeName = member.value["dtype"]?.string,
        let extents = member.value["shape"]?.array,
        let offsets = member.value["data_offsets"]?.array, offsets.count == 2,
        let lower = offsets[0].integer, let upper = offsets[1].integer, lower >= 0, lower <= upper
      else {
        throw FormatError(
          "'\(printableName)' has not just a dtype, a shape and data_offsets. Write the file again."
        )
      }
      guard let type = TensorType(rawValue: typeName) else {
        throw FormatError(
          "'\(printableName)' has the dtype '\(FilePath.printable(Array(typeName.utf8)))'. "
            + "Use F64, F32, I32 or U8.")
      }
      var size: Int? = type.width
      for extent in extents {
        guard let extent = extent.integer, extent >= 0 else {
          throw FormatError("'\(printableName)' has a shape that is not of whole numbers.")
        }
        size = size.flatMap {
          let (product, overflow) = $0.multipliedReportingOverflow(by: extent)
          return overflow ? nil : product
        }
      }
      guard size == upper - lower else {
        throw FormatError(
          "The shape of '\(printableName)' does not fill its \(upper - lower) bytes. "
            + "Write the file again.")
      }
      self.type = type
      shape = extents.compactMap(\.integer)
      range = lower..<upper
    }
  }
}

private let metadataKey = "__metadata__"
