import GenerationLoss
import Metrics
import Testing

@Suite("The leading numbers of a generation")
struct HeadlineTests {
  private func value(
    _ metric: String, _ space: String, _ value: Double?, null: ClosedRange<Double>? = nil
  ) -> MetricValue {
    MetricValue(metric: metric, space: space, value: value, null: null)
  }

  @Test(
    "Distance, recall and distinct pictures lead, in the space of convolutions, with their bands")
  func pictures() {
    let headline = Headline([
      value("precision", "conv", 0.99), value("recall", "conv", 0.36, null: 0.81...0.89),
      value("frechet_distance", "pixels", 1), value("frechet_distance", "conv", 14.23),
      value("distinct_nearest", "conv", nil),
    ])
    #expect(headline.entries.map(\.metric) == ["frechet_distance", "recall", "distinct_nearest"])
    #expect(
      headline.text == [
        "FD 14.2", "recall 0.360 (real 0.810 to 0.890)", "distinct nearest real -",
      ])
  }

  @Test("Vectors lead with their own space, and nothing measured leads nowhere")
  func vectors() {
    let measurements = [value("frechet_distance", "vector", 2)]
    #expect(Headline.leadingSpace(of: measurements) == "vector")
    #expect(Headline(measurements).text == ["FD 2.00"])
    #expect(Headline([]).text.isEmpty)
  }
}
