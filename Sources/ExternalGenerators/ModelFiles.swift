import Samples
import Storage
import SystemPackage

/// What a command wrote at the path MODEL: a file, or a folder of files, kept byte by byte.
///
/// Modes, times, links and empty folders are not kept.
struct ModelFiles: Equatable, Sendable {
  /// A file by its path below MODEL, which is empty where MODEL itself is the file.
  struct File: Equatable, Sendable {
    let path: String
    let bytes: [UInt8]
  }

  let files: [File]

  /// The name of the tensor that holds a file, before its path.
  private static let prefix = "model"

  /// Reads what was written.
  ///
  /// - Throws: `StorageError`, or ``ExternalGeneratorError/unusableModel(reason:)``.
  init(at path: FilePath) throws {
    var files: [File] = []
    try Self.read(path, below: "", into: &files)
    guard !files.isEmpty else {
      throw ExternalGeneratorError.unusableModel(reason: "the folder MODEL holds no file")
    }
    self.files = files
  }

  private static func read(
    _ path: FilePath, below name: String, into files: inout [File]
  ) throws {
    guard FileStore.exists(path) else {
      throw ExternalGeneratorError.unusableModel(reason: "there is nothing at the path MODEL")
    }
    guard FileStore.isFolder(path) else {
      files.append(File(path: name, bytes: try FileStore.read(path)))
      return
    }
    guard FileStore.isFolder(path, followingLinks: false) else {
      throw ExternalGeneratorError.unusableModel(
        reason: "\(path.printable) is a link to a folder; copy it")
    }
    for component in try FileStore.names(in: path) {
      let bytes = FilePath(root: nil, components: component).bytes
      guard let word = String(validating: bytes, as: UTF8.self) else {
        throw ExternalGeneratorError.unusableModel(
          reason: "the name of \(path.appending(component).printable) is not UTF-8")
      }
      try read(path.appending(component), below: "\(name)/\(word)", into: &files)
    }
  }

  /// Writes the files to a path where nothing is.
  func write(to path: FilePath) throws(StorageError) {
    for file in files {
      let target = file.path.utf8.split(separator: UInt8(ascii: "/")).reduce(path) {
        $0.appending(String(Substring($1)))
      }
      try FileStore.createFolder(target.removingLastComponent())
      try FileStore.create(target, file.bytes)
    }
  }

  /// Each file as a tensor of bytes.
  var tensors: [Tensor] {
    files.map {
      Tensor(name: Self.prefix + $0.path, shape: [$0.bytes.count], values: .uint8($0.bytes))
    }
  }

  /// Reads what ``tensors`` wrote.
  ///
  /// - Throws: ``ExternalGeneratorError/unusableModel(reason:)``.
  init(restoring tensors: [Tensor]) throws(ExternalGeneratorError) {
    var files: [File] = []
    for tensor in tensors {
      guard case .uint8(let bytes) = tensor.values,
        tensor.name.utf8.starts(with: Self.prefix.utf8)
      else { continue }
      let path = tensor.name.utf8.dropFirst(Self.prefix.utf8.count)
      let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      // Such a name was not written here, and would be written elsewhere than below MODEL.
      let leaves = parts.dropFirst().contains {
        $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8)
      }
      guard parts.first?.isEmpty == true, !leaves, !path.contains(0) else {
        throw .unusableModel(
          reason: "\(FilePath.printable(Array(tensor.name.utf8))) is no name of a file")
      }
      files.append(File(path: String(Substring(path)), bytes: bytes))
    }
    guard !files.isEmpty else { throw .unusableModel(reason: "it holds no file of the command's") }
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
