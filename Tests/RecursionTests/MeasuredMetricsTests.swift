import Metrics
import Recursion
import Storage
import SystemPackage
import Testing

@Suite("The metrics of a run and their catalogue")
struct MeasuredMetricsTests {
  @Test("metrics.csv holds the metrics of the catalogue, all of them but the brake and no others")
  func catalogue() throws {
    try withRunPath { path in
      try TestRun().perform(in: path)
      let table = try FileStore.read(path.appending("metrics.csv"))
      let rows = try CSV.rows(of: table)
      let columns = try #require(rows.first)
      let column = try #require(columns.firstIndex(of: Array("metric".utf8)))
      let measured = Set(rows.dropFirst().map { String(decoding: $0[column], as: UTF8.self) })
      let known = Set(MetricCatalogue.entries.map(\.id))
      let shares = measured.filter { $0.hasPrefix("share:") }
      #expect(shares == ["share:discs", "share:squares"])
      #expect(measured.subtracting(shares) == known.subtracting(["share:CLASS", "brake"]))
    }
  }

  @Test("Every metric has an id of its own, a sentence, and a direction unless it is a mere count")
  func words() {
    let entries = MetricCatalogue.entries
    #expect(Set(entries.map(\.id)).count == entries.count)
    #expect(entries.allSatisfy { !$0.summary.isEmpty && !$0.summary.hasSuffix(".") })
    #expect(
      Metric.allCases.map(\.rawValue) == entries.prefix(Metric.allCases.count).map(\.id))
  }
}
