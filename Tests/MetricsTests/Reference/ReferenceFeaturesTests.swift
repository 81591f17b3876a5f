import LinearAlgebra
import Testing

@Suite("Reference features")
struct ReferenceFeaturesTests {
  @Test("Every set is made bit for bit", arguments: ReferenceValues.hashes.split(separator: "\n"))
  func bits(line: Substring) throws {
    let fields = line.split(separator: " ").map(String.init)
    let matrix = try #require(Self.set(fields[0]))
    #expect(matrix.rowCount == Int(fields[1]))
    #expect(matrix.columnCount == Int(fields[2]))
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in matrix.elements {
      hash = (hash ^ UInt64(Float(value).bitPattern)) &* 0x0000_0100_0000_01b3
    }
    #expect(String(hash, radix: 16) == String(UInt64(fields[3], radix: 16) ?? 0, radix: 16))
  }

  private static func set(_ name: String) -> Matrix? {
    let parts = name.split(separator: ".").map(String.init)
    if parts[0] == "generations" { return ReferenceFeatures.generation(parts[1]) }
    switch parts[1] {
    case "real": return ReferenceFeatures.cases[parts[0]]?().real
    case "fake": return ReferenceFeatures.cases[parts[0]]?().generated
    case "train": return ReferenceFeatures.triple(parts[0]).train
    case "test": return ReferenceFeatures.triple(parts[0]).test
    default: return ReferenceFeatures.triple(parts[0]).generated
    }
  }
}
