import Metrics
import Storage
import Testing

@testable import Recursion

@Suite("Metrics of a generation")
struct GenerationMetricsTests {
  @Test("Measurements are read back exactly")
  func roundTrip() throws {
    let metrics = GenerationMetrics(
      generation: 12,
      measurements: [
        MetricValue(
          metric: "a", space: "conv", value: 0.1 + 0.2, standardError: 1.0 / 3, null: -1e-9...1e300,
          n: 5, m: 7, note: "x"),
        MetricValue(metric: "b", space: "pixels", value: nil, note: "why"),
        MetricValue(metric: "c", space: "model", value: -0.0),
      ], extra: ["k": 3])
    #expect(try GenerationMetrics(parsing: metrics.bytes()) == metrics)
  }

  @Test("A value that is not finite becomes null with a note, and bounds that are not become none")
  func notFinite() {
    let metrics = GenerationMetrics(
      generation: 0,
      measurements: [
        MetricValue(
          metric: "a", space: "s", value: .nan, standardError: 1, null: 0...1, note: "few samples"),
        MetricValue(metric: "b", space: "s", value: 1, standardError: .infinity),
        MetricValue(metric: "c", space: "s", value: 1, null: 0...Double.infinity),
      ])
    #expect(
      metrics.measurements == [
        MetricValue(
          metric: "a", space: "s", value: nil, null: 0...1,
          note: "few samples; the value is not a finite number"),
        MetricValue(metric: "b", space: "s", value: 1),
        MetricValue(metric: "c", space: "s", value: 1),
      ])
    #expect(!String(decoding: metrics.bytes() + metrics.lines, as: UTF8.self).contains("nan"))
  }

  @Test("Low and high are 1.96 standard errors from the value")
  func bounds() throws {
    let metrics = GenerationMetrics(
      generation: 3,
      measurements: [MetricValue(metric: "a", space: "s", value: 10, standardError: 0.5)])
    #expect(metrics.lines == Array("3,s,a,10.0,9.02,10.98,,,,,\n".utf8))
    let json = try JSONValue(parsing: metrics.bytes())
    let measurement = json["measurements"]?.array?.first
    #expect(measurement?["low"] == 9.02)
    #expect(measurement?["high"] == 10.98)
    #expect(json["schema_version"] == 1)
  }

  @Test("What is not such a file is refused")
  func refusals() {
    for text in [
      "{}", "[]", #"{"generation":0,"measurements":[{}],"extra":{}}"#,
      #"{"generation":0,"measurements":[{"metric":"a","space":"s","note":"","#
        + #""null_low":2,"null_high":1}],"extra":{}}"#,
    ] {
      #expect(throws: FormatError.self) { try GenerationMetrics(parsing: Array(text.utf8)) }
    }
  }
}
