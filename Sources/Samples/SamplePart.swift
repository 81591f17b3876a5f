import Storage

/// Values of samples, shared by all sets that hold some of them.
enum StoredValues: Sendable {
  case bytes(SpilledArray<UInt8>)
  case floats(SpilledArray<Float>)

  init(_ storage: SampleSet.Storage) {
    switch storage {
    case .bytes(let values): self = .bytes(SpilledArray(values))
    case .floats(let values): self = .floats(SpilledArray(values))
    }
  }
}

/// Some rows of stored values.
struct SamplePart: Sendable {
  let values: StoredValues

  /// The rows of the stored values that are the part's, in its order; `nil` for all of them.
  let rows: [UInt32]?

  /// The number of rows.
  let count: Int

  init(values: StoredValues, rows: [UInt32]? = nil, count: Int) {
    self.values = values
    self.rows = rows
    self.count = count
  }

  var isBytes: Bool {
    if case .bytes = values { true } else { false }
  }

  /// The values of consecutive rows.
  func storage(_ range: Range<Int>, dimension: Int) -> SampleSet.Storage {
    if let rows {
      let chosen = rows[range].lazy.map(Int.init)
      switch values {
      case .bytes(let values): return .bytes(Self.gather(values, chosen, dimension))
      case .floats(let values): return .floats(Self.gather(values, chosen, dimension))
      }
    }
    let span = range.lowerBound * dimension..<range.upperBound * dimension
    switch values {
    case .bytes(let values): return .bytes(values[span])
    case .floats(let values): return .floats(values[span])
    }
  }

  /// The values of rows in any order.
  func gathered(_ indices: ArraySlice<Int>, dimension: Int) -> SampleSet.Storage {
    let places = indices.map(place)
    switch values {
    case .bytes(let values): return .bytes(Self.gather(values, places, dimension))
    case .floats(let values): return .floats(Self.gather(values, places, dimension))
    }
  }

  /// The rows with these indices, sharing the values.
  func selecting(_ indices: [Int]) -> SamplePart {
    SamplePart(
      values: values, rows: indices.map { UInt32(place($0)) }, count: indices.count)
  }

  private func place(_ index: Int) -> Int { rows.map { Int($0[index]) } ?? index }

  private static func gather<Value>(
    _ values: SpilledArray<Value>, _ rows: some Collection<Int>, _ dimension: Int
  ) -> [Value] {
    var gathered: [Value] = []
    gathered.reserveCapacity(rows.count * dimension)
    values.appendRows(rows, width: dimension, to: &gathered)
    return gathered
  }
}
