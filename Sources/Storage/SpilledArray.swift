/// Elements that are read in parts: in memory where they are few, else in a temporary file.
///
/// Which of the two it is changes no element. Where there is no room for a temporary file they are in
/// memory, however many they are.
public struct SpilledArray<Element: BitwiseCopyable & Sendable>: Sendable {
  private enum Place: Sendable {
    case memory([Element])
    case file(ScratchFile)
  }

  /// The number of elements.
  public let count: Int

  private let place: Place

  /// Keeps elements in memory.
  public init(_ elements: [Element]) {
    count = elements.count
    place = .memory(elements)
  }

  fileprivate init(_ file: ScratchFile, count: Int) {
    self.count = count
    place = .file(file)
  }

  /// The elements at consecutive places.
  public subscript(range: Range<Int>) -> [Element] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "no \(range) of \(count)")
    return switch place {
    case .memory(let elements):
      range.count == count ? elements : Array(elements[range])
    case .file(let file): file.elements(range)
    }
  }

  /// Appends rows of `width` elements with these numbers to an array; rows that follow each other are
  /// read at once.
  public func appendRows(_ rows: some Sequence<Int>, width: Int, to result: inout [Element]) {
    var first = 0
    var count = 0
    for row in rows {
      if count > 0, row != first + count {
        appendRun(first..<first + count, width, to: &result)
        count = 0
      }
      if count == 0 { first = row }
      count += 1
    }
    if count > 0 { appendRun(first..<first + count, width, to: &result) }
  }

  private func appendRun(_ rows: Range<Int>, _ width: Int, to result: inout [Element]) {
    let range = rows.lowerBound * width..<rows.upperBound * width
    switch place {
    case .memory(let elements): result.append(contentsOf: elements[range])
    case .file(let file): result.append(contentsOf: file.elements(range))
    }
  }

  /// Whether the elements are in a temporary file.
  public var isInFile: Bool {
    if case .file = place { true } else { false }
  }
}

/// A spilled array that is being filled.
public struct SpillWriter<Element: BitwiseCopyable & Sendable> {
  /// The bytes from which on an array is worth a file.
  public static var leastFileBytes: Int { 1 << 25 }

  private var memory: [Element] = []
  private var file: ScratchFile?

  /// The number of elements so far.
  public private(set) var count = 0

  /// Prepares for about `expected` elements: they decide where the array is kept.
  ///
  /// - Parameter leastFileBytes: The bytes from which on it is a file.
  public init(expecting expected: Int, leastFileBytes: Int = Self.leastFileBytes) {
    if expected * MemoryLayout<Element>.stride >= leastFileBytes {
      file = try? ScratchFile.create()
    }
    if file == nil { memory.reserveCapacity(expected) }
  }

  /// Puts elements after those before.
  public mutating func append(_ elements: [Element]) {
    if let file {
      do {
        try file.append(elements)
      } catch {
        // The disk is full: back to memory with what is there.
        memory = file.elements(0..<count)
        self.file = nil
      }
    }
    if file == nil { memory.append(contentsOf: elements) }
    count += elements.count
  }

  /// The elements put together.
  public func finish() -> SpilledArray<Element> {
    guard let file else { return SpilledArray(memory) }
    return SpilledArray(file, count: count)
  }
}
