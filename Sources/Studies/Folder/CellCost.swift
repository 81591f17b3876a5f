import Storage

/// What a cell took, in all the processes that worked on it: the contents of
/// `NAME.cost.json`.
public struct CellCost: Equatable, Sendable {
  /// The processes.
  public let processes: Int

  /// The time of all processors together, in seconds.
  public let processorSeconds: Double

  /// The time on the clock, in seconds.
  public let seconds: Double

  /// Both together.
  static func + (left: CellCost, right: CellCost) -> CellCost {
    CellCost(
      processes: left.processes + right.processes,
      processorSeconds: left.processorSeconds + right.processorSeconds,
      seconds: left.seconds + right.seconds)
  }
}

extension StudyFolder {
  private static let costKind = "cost.json"

  /// What a cell took so far; `nil` if nobody knows.
  public func cost(of name: String) -> CellCost? {
    guard let bytes = try? FileStore.read(state(name, Self.costKind), limit: 1 << 20),
      let value = try? JSONValue(parsing: bytes), let processes = value["processes"]?.integer,
      let processor = value["processor_seconds"]?.number, let seconds = value["seconds"]?.number
    else { return nil }
    return CellCost(processes: processes, processorSeconds: processor, seconds: seconds)
  }

  /// Adds what one more process took.
  func add(_ cost: CellCost, to name: String) throws(StorageError) {
    let total = self.cost(of: name).map { $0 + cost } ?? cost
    let value: JSONValue = [
      "schema_version": 1, "processes": .integer(total.processes),
      "processor_seconds": .number(total.processorSeconds), "seconds": .number(total.seconds),
    ]
    try FileStore.write(value.bytes(.pretty), to: state(name, Self.costKind))
  }
}
