import Foundation
import Storage
import Testing

@Suite("genloss run, killed")
struct KilledRunTests {
  /// A run of less than a second with its control.
  private static let arguments = [
    "run", "icons", "--samples", "20", "--generations", "1", "--components", "4", "--quiet", "-o",
  ]

  /// Files that tell which command began the run, and the sums over them.
  private static let volatile: Set<String> = ["run.json", "index.json", "COMPLETE"]

  private static func comparable(_ files: [String: [UInt8]]) -> [String: [UInt8]] {
    files.filter { !volatile.contains($0.key.split(separator: "/").last.map(String.init) ?? "") }
  }

  @Test("Thirty kills at any moment, the same command again: the bytes of a run left alone")
  func killedAtRandom() throws {
    try withIcons { genloss in
      let start = ContinuousClock.now
      let whole = try genloss.run(Self.arguments + ["whole", "--threads", "1"])
      let seconds = Double((ContinuousClock.now - start).components.attoseconds) / 1e18
      let duration = Double((ContinuousClock.now - start).components.seconds) + seconds
      try #require(whole.status == 0, "\(whole.messages)")
      let expected = Self.comparable(try contents(of: genloss.path("whole")))
      #expect(expected.keys.contains("metrics.csv"))
      #expect(expected.keys.contains("pictures/filmstrip.png"))
      #expect(expected.keys.contains("control/generations/001/model.safetensors"))
      var killed = 0
      // The time that the first run took says little where others use the machine: one that comes to
      // its end before its kill makes the next moments earlier, and begins anew.
      var share = 0.6
      for folder in 0..<6 {
        for life in 0..<5 {
          // Multiples of the golden ratio lie evenly between 0 and 1, in no order.
          let number = Double(5 * folder + life + 1)
          let moment = (number * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
          let outcome = try genloss.run(
            Self.arguments + ["killed\(folder)", "--threads", life % 2 == 0 ? "2" : "1"],
            killedAfter: moment * share * duration)
          #expect(outcome.status == 0 || outcome.status == 128 + SIGKILL, "\(outcome.messages)")
          if outcome.status != 0 {
            killed += 1
          } else {
            share /= 2
            try FileStore.remove(genloss.path("killed\(folder)"))
          }
        }
        let last = try genloss.run(
          Self.arguments + ["killed\(folder)", "--threads", folder % 2 == 0 ? "1" : "2"])
        #expect(last.status == 0, "\(last.messages)")
        let files = Self.comparable(try contents(of: genloss.path("killed\(folder)")))
        let different = Set(files.keys).union(expected.keys).filter { files[$0] != expected[$0] }
        #expect(different == [], "folder \(folder)")
      }
      // A run that was finished before its kill proves nothing.
      #expect(killed > 15)
    }
  }
}
