import Randomness
import Testing

@testable import Metrics

@Suite("Sorting by digits")
struct RadixSortTests {
  private static let lists: [@Sendable ([Double]) -> [Double]] = [
    { $0 },
    // Magnitudes from 1e-300 to 1e300, of both signs: the leading digits tell few of them apart.
    { $0.enumerated().map { index, value in value * pow10(index * 37 % 601 - 300) } },
    // Close to each other, far from 0, and all the same.
    { $0.map { 1e9 + 1e-6 * $0 } }, { $0.map { _ in -2.5 } },
    // Two far clusters, each of neighbouring doubles.
    {
      $0.enumerated().map { index, value in
        let step = Double(Int(value * 100)) * 0x1p-52
        return index % 2 == 0 ? 1 + abs(step) : -1e200 * (1 + abs(step))
      }
    },
    { $0.sorted() }, { $0.sorted(by: >) }, { $0.map { ($0 * 2).rounded() } },
  ]

  private static func pow10(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }

  @Test("It puts numbers into the order of comparisons", arguments: lists)
  func sorts(list: @Sendable ([Double]) -> [Double]) {
    var stream = RandomStream(seed: 1, purpose: "metrics-test")
    var sorting = RadixSort()
    for count in [1, 2, 3, 100, 5000] {
      let values = list(stream.normals(count))
      var padded = [7.0] + values + [-7]
      sorting.sort(&padded, 1..<count + 1)
      #expect(padded == [7] + values.sorted() + [-7])
    }
  }
}
