import Storage

/// Why a cell failed: the contents of `NAME.failure.json`.
public struct CellFailure: Equatable, Sendable {
  /// How often it has failed since it last was finished.
  public let attempts: Int

  /// The exit status of its process; 128 and the number of the signal that ended it; 0 where none was
  /// started.
  public let status: Int

  /// What was wrong, in words.
  public let message: String
}

extension StudyFolder {
  private static let failureKind = "failure.json"

  /// Why a cell failed; `nil` if it did not, or nobody can read it.
  public func failure(of name: String) -> CellFailure? {
    guard let bytes = try? FileStore.read(state(name, Self.failureKind), limit: 1 << 20),
      let value = try? JSONValue(parsing: bytes), let attempts = value["attempts"]?.integer,
      let status = value["status"]?.integer, let message = value["message"]?.string
    else { return nil }
    return CellFailure(attempts: attempts, status: status, message: message)
  }

  /// Keeps why a cell failed.
  func record(_ failure: CellFailure, of cell: PlannedCell) throws(StorageError) {
    let value: JSONValue = [
      "schema_version": 1, "cell": .string(cell.cell.title),
      "attempts": .integer(failure.attempts), "status": .integer(failure.status),
      "message": .string(failure.message),
    ]
    try FileStore.write(value.bytes(.pretty), to: state(cell.name, Self.failureKind))
  }

  /// Forgets why a cell failed, since it has been finished.
  func forgetFailure(of name: String) throws(StorageError) {
    try FileStore.remove(state(name, Self.failureKind))
  }
}
