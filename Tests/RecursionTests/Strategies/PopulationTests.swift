import Generators
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Recursion

@Suite("Populations of models")
struct PopulationTests {
  @Test("Every sample trains one model, and all models have as many")
  func decks() {
    for own in [0.0, 0.25, 0.5, 0.7, 1] {
      let decks = Population(models: 3, own: own).decks(
        homes: (0..<300).map { $0 % 3 }, generation: 2)
      #expect(decks.flatMap { $0 }.sorted() == Array(0..<300))
      #expect(decks.allSatisfy { $0.count == 100 })
      for (model, deck) in decks.enumerated() {
        #expect(deck.count { $0 % 3 == model } == Int(own * 100), "\(own)")
      }
    }
  }

  @Test("Generation 0 divides the originals; one model has all")
  func founders() {
    let two = Population(models: 2, own: 0)
    #expect(two.decks(homes: [0, 1, 0, 1, 0], generation: 0) == [[0, 2, 4], [1, 3]])
    #expect(Population().decks(homes: [0, 0, 0], generation: 4) == [[0, 1, 2]])
  }

  /// A loop of two models on two laws far apart, numbers about 0 and about 1000, one after the other.
  private func isolated(_ recipe: String) throws -> [JointModel] {
    let law = GaussianLaw(dimension: 1, seed: 3).samples(0..<200).values
    let original = SampleSet(
      count: 200, dimension: 1,
      storage: .floats(law.enumerated().map { $1 + ($0 % 2 == 0 ? 0 : 1000) }))
    var models: [JointModel] = []
    let strategy = """
      {"name": "apart", "population": {"models": 2, "own": 1}, \(recipe)}
      """
    try Chain(
      generator: GaussianGenerator(), strategy: strategy, original: original,
      fresh: .finite(original, reusing: true, seed: 1), seed: 1
    ).run(fits: 4) { generation in
      models.append(try #require(generation.model as? JointModel))
      return true
    }
    return models
  }

  @Test(
    "Models that are kept apart stay apart, whatever is filtered or chosen between them",
    arguments: [
      #""parts": [{"pools": "last", "size": 1, "filters": ["remove:rate=0.3"]}]"#,
      #""parts": [{"pools": "generations:last=2", "size": 0.9, "choice": "random"}]"#,
      #""parts": [{"pools": "last", "size": 1}], "sampling": {"likeliest": 0.5}"#,
    ])
  func keptApart(recipe: String) throws {
    for joint in try isolated(recipe) {
      #expect(joint.classes == [0, 1])
      #expect(joint.models.allSatisfy { $0.totalVariance < 4 })
      #expect(abs(joint.models[0].componentMeans[0, 0]) < 5)
      #expect(abs(joint.models[1].componentMeans[0, 0] - 1000) < 5)
    }
  }

  private func joint() throws -> JointModel {
    let samples = [-10.0, 10].map { centre in
      TestData.vectors(30, dimension: 2).values.map { Double($0) + centre }
    }
    return JointModel(
      inTurns: try samples.map {
        try GaussianGenerator().fit(
          TrainingSet(rows: Matrix(rowCount: 30, columnCount: 2, elements: $0)))
      })
  }

  private let latents = Latents(seed: 1, purpose: "draw", generation: 0)

  @Test("Samples come from the models in turn, and do not depend on what else is drawn")
  func turns() throws {
    let model = try joint()
    let all = try model.draw(0..<20, latents: latents, sampling: Sampling())
    #expect(all.components == (0..<20).map { $0 % 2 })
    for row in 0..<20 { #expect((all.rows[row, 0] > 0) == (row % 2 == 1)) }
    for range in [0..<1, 1..<2, 3..<8, 6..<20] {
      let part = try model.draw(range, latents: latents, sampling: Sampling())
      #expect(part.rows == all.rows.rows(range))
      #expect(part.components == Array(all.components[range]))
    }
  }

  @Test("Its law is the mixture of its models', with the variance between them")
  func law() throws {
    let model = try joint()
    let drawn = try model.draw(0..<20_000, latents: latents, sampling: Sampling()).rows
    #expect(abs(model.totalVariance / drawn.totalVariance() - 1) < 0.01)
    #expect(model.componentWeights == [0.5, 0.5])
    let rows = drawn.rows(0..<4)
    let densities = try #require(try model.logDensity(rows, sampling: Sampling(), noiseFloor: 0))
    let own = try #require(
      try model.models[0].logDensity(rows, sampling: Sampling(), noiseFloor: 0))
    // Far apart as they are, the first sample is the first model's alone: half of its density.
    #expect(abs(densities[0] - own[0] + 0.6931471805599453) < 1e-9)
  }

  @Test("It is read back from its tensors and draws the same")
  func restored() throws {
    let model = try joint()
    let again = try JointModel.restored(order: .turns, from: model.tensors) {
      try GeneratorCatalogue.restore("gaussian", from: $0)
    }
    let rows = try again.draw(3..<9, latents: latents, sampling: Sampling()).rows
    #expect(rows == (try model.draw(3..<9, latents: latents, sampling: Sampling()).rows))
  }
}
