import Synchronization
import SystemPackage
import Testing

@testable import Storage

@Suite("Arrays in temporary files")
struct SpilledArrayTests {
  private static let values: [Float] = (0..<10_000).map { Float($0) * 0.25 }

  private static func spilled(_ pieces: Int, leastFileBytes: Int) -> SpilledArray<Float> {
    var writer = SpillWriter<Float>(expecting: values.count, leastFileBytes: leastFileBytes)
    let size = values.count / pieces
    for start in stride(from: 0, to: values.count, by: size) {
      writer.append(Array(values[start..<min(start + size, values.count)]))
    }
    return writer.finish()
  }

  @Test(
    "Elements are the same in a file as in memory, in parts and by rows", arguments: [true, false])
  func sameElements(inFile: Bool) {
    let array = Self.spilled(7, leastFileBytes: inFile ? 0 : .max)
    #expect(array.isInFile == inFile)
    #expect(array.count == Self.values.count)
    #expect(array[0..<array.count] == Self.values)
    #expect(array[17..<4001] == Array(Self.values[17..<4001]))
    #expect(array[5..<5].isEmpty)
    let order = [3, 4, 5, 2, 2, 999]
    var rows: [Float] = [-1]
    var expected = rows
    array.appendRows(order, width: 10, to: &rows)
    for row in order { expected += Self.values[row * 10..<row * 10 + 10] }
    #expect(rows == expected)
  }

  @Test("Without room for a file, at first or later, elements are in memory", arguments: [0, 3])
  func fullDisk(writes: Int) {
    let left = Mutex(writes)
    let plan = SystemCall.FaultPlan { call in
      switch call {
      case .open where writes == 0: .error(.permissionDenied)
      case .write:
        left.withLock { left in
          left -= 1
          return left < 0 ? .error(.noSpace) : nil
        }
      default: nil
      }
    }
    let array = plan.run { Self.spilled(7, leastFileBytes: 0) }
    #expect(!array.isInFile)
    #expect(array[0..<array.count] == Self.values)
  }

  @Test("Short and interrupted reads and writes lose nothing")
  func interrupted() {
    let calls = Mutex(0)
    let plan = SystemCall.FaultPlan { call in
      guard call == .read || call == .write else { return nil }
      let number = calls.withLock { calls in
        calls += 1
        return calls
      }
      return number % 3 == 1 ? .short : number % 3 == 2 ? .error(.interrupted) : nil
    }
    plan.run {
      let array = Self.spilled(2, leastFileBytes: 0)
      #expect(array.isInFile)
      #expect(array[100..<300] == Array(Self.values[100..<300]))
    }
  }

  @Test("A file is read in pieces, as far as they are wanted")
  func pieces() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("bytes")
      let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
      try FileStore.create(
        path,
        FileContent(byteCount: 1000, pieceCount: 4) {
          Array(bytes[250 * $0..<250 * $0 + 250])
        })
      var read: [[UInt8]] = []
      try FileStore.read(path, pieceBytes: 300) { piece, byteCount in
        #expect(byteCount == 1000)
        read.append(piece)
        return true
      }
      #expect(read.map(\.count) == [300, 300, 300, 100])
      #expect(Array(read.joined()) == bytes)
      var first = 0
      try FileStore.read(path, pieceBytes: 300) { piece, _ in
        first += piece.count
        return false
      }
      #expect(first == 300)
    }
  }
}
