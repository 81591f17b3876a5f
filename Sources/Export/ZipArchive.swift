import CArchive
import Storage
import SystemPackage

/// A zip archive that is written entry by entry, by libarchive.
///
/// Entries are stored as they are, for PNG files are compressed already, and have no time, which the format
/// tells by the clock on the wall: the same entries make the same bytes in every time zone.
@safe final class ZipArchive {
  private let archive: OpaquePointer
  private let sink: Sink
  private let path: FilePath

  /// Where the bytes go, and what went wrong there.
  private final class Sink {
    let append: ([UInt8]) throws -> Void
    var failure: (any Error)?

    init(_ append: @escaping ([UInt8]) throws -> Void) {
      self.append = append
    }
  }

  /// Starts an archive.
  ///
  /// - Parameters:
  ///   - path: Its name in error messages.
  ///   - append: Receives the bytes of the archive.
  /// - Throws: ``ExportError/archive(_:_:)``.
  init(_ path: FilePath, append: @escaping ([UInt8]) throws -> Void) throws {
    guard let archive = unsafe archive_write_new() else {
      throw ExportError.archive(path, "there is no memory for it")
    }
    unsafe self.archive = archive
    self.path = path
    sink = Sink(append)
    try check(unsafe archive_write_set_format_zip(archive))
    try check(unsafe archive_write_zip_set_compression_store(archive))
    // Bytes go on as they come, without padding at the end.
    try check(unsafe archive_write_set_bytes_per_block(archive, 1 << 20))
    try check(unsafe archive_write_set_bytes_in_last_block(archive, 1))
    try check(
      unsafe archive_write_open(
        archive, Unmanaged.passUnretained(sink).toOpaque(), nil,
        { _, context, bytes, count in
          guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
          let sink = unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
          do {
            try sink.append(
              unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count)))
            return count
          } catch {
            sink.failure = error
            return -1
          }
        }, nil))
  }

  deinit { unsafe archive_write_free(archive) }

  /// Adds a file.
  ///
  /// - Throws: what `append` throws, or ``ExportError/archive(_:_:)``.
  func add(_ name: String, _ bytes: [UInt8]) throws {
    guard let entry = unsafe archive_entry_new() else {
      throw ExportError.archive(path, "there is no memory for \(name)")
    }
    defer { unsafe archive_entry_free(entry) }
    unsafe archive_entry_set_pathname(entry, name)
    unsafe archive_entry_set_filetype(entry, UInt32(S_IFREG))
    unsafe archive_entry_set_perm(entry, 0o644)
    unsafe archive_entry_set_size(entry, Int64(bytes.count))
    try check(unsafe archive_write_header(archive, entry))
    guard unsafe archive_write_data(archive, bytes, bytes.count) == bytes.count else {
      throw failure
    }
  }

  /// Writes the table of contents.
  ///
  /// - Throws: as ``add(_:_:)``.
  func finish() throws {
    try check(unsafe archive_write_close(archive))
  }

  private func check(_ status: Int32) throws {
    guard status == ARCHIVE_OK else { throw failure }
  }

  private var failure: any Error {
    if let failure = sink.failure { return failure }
    let words = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
    return ExportError.archive(path, words ?? "for no reason that is known")
  }
}
