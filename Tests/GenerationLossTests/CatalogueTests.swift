import GenerationLoss
import Testing

@Suite("What there is to choose from")
struct CatalogueTests {
  @Test("Strategies, generators, metrics and features each have a name of their own and a sentence")
  func entries() {
    let lists = [
      Catalogue.strategies, Catalogue.generators, Catalogue.metrics, Catalogue.features,
    ]
    for list in lists {
      #expect(Set(list.map(\.name)).count == list.count)
      #expect(list.allSatisfy { !$0.name.isEmpty && !$0.summary.isEmpty })
    }
    #expect(
      Catalogue.strategies.map(\.name) == [
        "replace", "real-only", "refit", "accumulate", "accumulate-subsample", "window",
        "synthetic-augmentation", "fresh-data", "reservoir", "weighted", "ramp", "drying", "onset",
        "recovery", "growing", "bottleneck", "bias", "curated", "filtered", "corrected",
        "negative", "distilled", "crossed",
      ])
    #expect(
      Catalogue.generators.map(\.name) == [
        "patches", "gmm", "gaussian", "bootstrap", "kde", "exec:CMD",
      ])
    #expect(
      Catalogue.features.map(\.name) == ["pixels", "conv", "patches", "colour", "vector"])
  }

  @Test("Metrics that flatter a collapsing model say so")
  func cautions() {
    for name in ["precision", "density", "coverage"] {
      let entry = Catalogue.metrics.first { $0.name == name }
      #expect(entry?.summary.contains("flatters") == true, "\(name)")
    }
  }

  @Test("The formula of z_u says how it is corrected")
  func rankScore() {
    let summary = Catalogue.metrics.first { $0.name == "z_u" }?.summary ?? ""
    #expect(summary.contains("(U - nm / 2 + 1/2) / sqrt(nm (n + m + 1) / 12)"), "\(summary)")
    #expect(summary.contains("1/2 for continuity"))
  }
}
