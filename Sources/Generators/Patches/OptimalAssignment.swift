import LinearAlgebra

/// The assignment of rows to columns with the least total cost.
///
/// Shortest augmenting paths with dual prices: exact, O(rows²·columns).
///
/// - Note: Jonker and Volgenant, Computing 38 (1987) 325–340; Kuhn, Naval Research Logistics
///   Quarterly 2 (1955) 83–97.
enum OptimalAssignment {
  /// Returns the column of each row, all different, with the least sum of costs.
  ///
  /// - Parameter costs: Finite, at least as many columns as rows.
  static func columns(minimizing costs: Matrix) -> [Int] {
    let (rows, columns) = (costs.rowCount, costs.columnCount)
    precondition(rows <= columns, "\(rows) rows cannot have \(columns) columns to themselves")
    var rowPrices = [Double](repeating: 0, count: rows)
    var columnPrices = [Double](repeating: 0, count: columns)
    var owner = [Int?](repeating: nil, count: columns)
    for row in 0..<rows {
      // The shortest path from this row to a free column over reduced costs, as Dijkstra finds it.
      var distance = [Double](repeating: .infinity, count: columns)
      var reachedFrom = [Int?](repeating: nil, count: columns)
      var visited: [Int] = []
      var isVisited = [Bool](repeating: false, count: columns)
      var current = row
      var last: Int?
      var length = 0.0
      var free: Int?
      while free == nil {
        var nearest = -1
        for column in 0..<columns where !isVisited[column] {
          let candidate =
            length + costs[current, column] - rowPrices[current] - columnPrices[column]
          if candidate < distance[column] {
            distance[column] = candidate
            reachedFrom[column] = last
          }
          if nearest < 0 || distance[column] < distance[nearest] { nearest = column }
        }
        isVisited[nearest] = true
        visited.append(nearest)
        length = distance[nearest]
        last = nearest
        if let next = owner[nearest] { current = next } else { free = nearest }
      }
      // New prices keep all reduced costs non-negative and those of the path at 0.
      rowPrices[row] += length
      for column in visited {
        let slack = length - distance[column]
        columnPrices[column] -= slack
        if let occupant = owner[column] { rowPrices[occupant] += slack }
      }
      var column = free
      while let place = column {
        let before = reachedFrom[place]
        owner[place] = before.map { owner[$0] ?? row } ?? row
        column = before
      }
    }
    var assigned = [Int](repeating: 0, count: rows)
    for (column, row) in owner.enumerated() {
      if let row { assigned[row] = column }
    }
    return assigned
  }
}
