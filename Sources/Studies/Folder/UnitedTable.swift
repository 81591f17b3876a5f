import Storage

/// Tables beneath each other, whose columns need not be the same.
struct UnitedTable {
  /// The columns that stand before those of the tables.
  private let leading: [String]

  /// The columns of the tables, in the order in which they come.
  private var columns: [[UInt8]] = []

  private var rows: [[CSV.Field]] = []

  /// Begins with no rows.
  init(leading: [String]) {
    self.leading = leading
  }

  /// Adds a table, its head first.
  ///
  /// - Parameter start: What stands in the leading columns of its rows.
  mutating func add(_ table: [[[UInt8]]], behind start: [CSV.Field]) {
    guard let head = table.first else { return }
    columns += head.filter { !columns.contains($0) }
    let places = head.compactMap { columns.firstIndex(of: $0) }
    for row in table.dropFirst() {
      var values = [CSV.Field](repeating: .text(""), count: columns.count)
      for (place, value) in zip(places, row) { values[place] = .bytes(value) }
      rows.append(start + values)
    }
  }

  /// The columns that stand before those of the tables: an option that is called as one of theirs, such as
  /// `space`, is told apart.
  private var head: [CSV.Field] {
    leading.map { .text(columns.contains(Array($0.utf8)) ? "option_\($0)" : $0) }
  }

  /// All tables as one, with empty cells where a table has no such column; `nil` if there are none.
  var bytes: [UInt8]? {
    guard !columns.isEmpty else { return nil }
    let width = leading.count + columns.count
    return CSV.line(head + columns.map(CSV.Field.bytes))
      + rows.flatMap { row in
        CSV.line(row + [CSV.Field](repeating: .text(""), count: width - row.count))
      }
  }
}
