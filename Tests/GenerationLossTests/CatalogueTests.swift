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
        "replace", "accumulate", "accumulate-subsample", "synthetic-augmentation", "fresh-data",
        "refit", "real-only",
      ])
    #expect(
      Catalogue.generators.map(\.name) == [
        "patches", "gmm", "gaussian", "bootstrap", "kde", "exec:CMD",
      ])
    #expect(Catalogue.features.map(\.name) == ["pixels", "conv", "vector"])
  }

  @Test("Metrics that flatter a collapsing model say so")
  func cautions() {
    for name in ["precision", "density", "coverage"] {
      let entry = Catalogue.metrics.first { $0.name == name }
      #expect(entry?.summary.contains("flatters") == true, "\(name)")
    }
  }
}
