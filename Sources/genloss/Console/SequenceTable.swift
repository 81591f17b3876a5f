import GenerationLoss
import Metrics
import Storage
import SystemPackage

/// Several generated sets at a glance, a line each: the metrics that see a loss of variety and moved farthest.
struct SequenceTable {
  private let measurement: SetMeasurement
  private let sets: [MeasuredData]

  /// The metrics that fit beside each other on a terminal.
  private static let shownColumns = 5

  init(_ measurement: SetMeasurement, sets: [MeasuredData]) {
    self.measurement = measurement
    self.sets = sets
  }

  /// The lines; none for a single set, or without a leading metric.
  var lines: [String] {
    let columns = columns
    guard sets.count > 1, !columns.isEmpty else { return [] }
    let judged = columns.contains { $0.values.contains { $0.z != nil } }
    let heading = ["set"] + columns.map { "\($0.values[0].id), \($0.space)" }
    let rows = sets.indices.map { index in
      [FilePath(sets[index].name).printable]
        + columns.map { column in
          let value = column.values[index]
          return MeasurementText.number(value.estimate?.value)
            + (value.z.map { " (\(FigureText.widths($0, sign: "+")))" } ?? "")
        }
    }
    return [
      "From set to set, the metrics that see a loss of variety and moved farthest"
        + (judged ? ", with z:" : ":")
    ] + MeasurementText.aligned([heading] + rows) { $0 == 0 }
  }

  /// A metric in a space, over the sets.
  private struct Column {
    let space: String
    let values: [MeasuredValue]

    /// How far it went from real data, or, where nothing judges it, nothing.
    var reach: Double { values.compactMap { $0.z.map(abs) }.max() ?? -1 }
  }

  /// One space for each metric, that in which it moved farthest.
  private var columns: [Column] {
    var best: [String: Column] = [:]
    var order: [String] = []
    for space in measurement.spaces where space.values.count == sets.count {
      for position in space.values[0].indices where space.values[0][position].metric.isLeading {
        let values = space.values.compactMap { $0.indices.contains(position) ? $0[position] : nil }
        guard values.count == sets.count, Set(values.map(\.id)).count == 1 else { continue }
        let column = Column(space: space.name, values: values)
        let id = values[0].id
        if best[id] == nil { order.append(id) }
        if best[id].map({ column.reach > $0.reach }) ?? true { best[id] = column }
      }
    }
    let columns = order.compactMap { best[$0] }
    let farthest = columns.enumerated().sorted {
      ($1.element.reach, $0.offset) < ($0.element.reach, $1.offset)
    }.prefix(Self.shownColumns)
    return farthest.map(\.element)
  }
}
