import Generators
import Testing

@Suite("Generator catalogue")
struct GeneratorCatalogueTests {
  @Test("Every entry can be made by its name")
  func names() throws {
    #expect(
      GeneratorCatalogue.entries.map(\.name) == ["patches", "gmm", "gaussian", "bootstrap", "kde"])
    for entry in GeneratorCatalogue.entries {
      let generator = try GeneratorCatalogue.make(entry.name)
      #expect(generator.name == entry.name)
      #expect(generator.settings.map(\.key) == entry.options)
    }
  }

  @Test("An unknown name is refused with the names that there are")
  func unknownName() {
    #expect(
      throws: GeneratorError.unknownGenerator(
        name: "gan", known: ["patches", "gmm", "gaussian", "bootstrap", "kde"])
    ) { try GeneratorCatalogue.make("gan") }
    #expect(
      GeneratorError.unknownGenerator(name: "gan", known: ["patches", "gmm"]).description
        == "There is no generator gan. Choose one of patches, gmm.")
  }

  @Test("An option that a family does not have is refused by its name")
  func unusedOption() {
    let error = GeneratorError.unusedSetting(
      name: "rank", generator: "gaussian", used: ["estimator"])
    #expect(throws: error) {
      try GeneratorCatalogue.make("gaussian", options: GeneratorOptions(rank: 3))
    }
    #expect(error.description == "The generator gaussian has no setting rank. It has estimator.")
    #expect(throws: GeneratorError.unusedSetting(name: "steps", generator: "bootstrap", used: [])) {
      try GeneratorCatalogue.make("bootstrap", options: GeneratorOptions(steps: 3))
    }
  }

  @Test("Options reach the generator")
  func options() throws {
    let generator = try GeneratorCatalogue.make(
      "gmm", options: GeneratorOptions(components: 4, start: .warm, steps: 7))
    #expect(generator.settings.map(\.value) == ["4", "auto", "7", "warm"])
    let gaussian = try GeneratorCatalogue.make(
      "gaussian", options: GeneratorOptions(estimator: .unbiased))
    #expect(gaussian.settings.map(\.value) == ["unbiased"])
  }
}
