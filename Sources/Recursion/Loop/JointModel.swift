import Foundation
import Generators
import LinearAlgebra
import Randomness
import Samples

/// Several models of one family whose samples are put together: those of a population, or one for each
/// class.
///
/// Its law is the mixture of theirs.
struct JointModel: GenerativeModel {
  /// Which model draws a sample.
  enum Order: Equatable, Sendable {
    /// Sample `i` comes from model `i mod M`.
    case turns
    /// Each sample comes from a model that is drawn with the models' weights.
    case drawn
    /// As many samples of every first so many come from a model as its weight asks for, give or take one.
    case stratified
  }

  /// The models, one or more, all of the same dimension.
  let models: [any GenerativeModel]

  /// The weight of each model, positive and summing to 1.
  let weights: [Double]

  /// The class whose samples each model draws, or its place in the population.
  let classes: [Int]

  /// Which model draws a sample.
  let order: Order

  /// Creates the mixture of models with equal weights that draw in turn.
  init(inTurns models: [any GenerativeModel]) {
    self.init(
      models: models, weights: models.map { _ in 1 / Double(models.count) },
      classes: Array(models.indices), order: .turns)
  }

  /// Creates a mixture of models.
  init(models: [any GenerativeModel], weights: [Double], classes: [Int], order: Order) {
    self.models = models
    self.weights = weights
    self.classes = classes
    self.order = order
  }

  var dimension: Int { models[0].dimension }

  var componentWeights: [Double] {
    zip(models, weights).flatMap { model, weight in model.componentWeights.map { $0 * weight } }
  }

  var componentMeans: Matrix {
    let means = models.map(\.componentMeans)
    return Matrix(
      rowCount: means.reduce(0) { $0 + $1.rowCount }, columnCount: dimension,
      elements: means.flatMap(\.elements))
  }

  /// The class of each component.
  var componentClasses: [Int] {
    zip(models, classes).flatMap { Array(repeating: $1, count: $0.componentWeights.count) }
  }

  /// The class of the model to which each component belongs.
  func homes(of components: [Int32]) -> [Int] {
    let classes = componentClasses
    return components.map { classes[Int($0)] }
  }

  var totalVariance: Double {
    let means = Matrix(
      rowCount: models.count, columnCount: dimension,
      elements: models.flatMap { model in
        Matrix(
          rowCount: 1, columnCount: model.componentWeights.count, elements: model.componentWeights
        ).times(model.componentMeans).elements
      })
    let mean = Matrix(rowCount: 1, columnCount: models.count, elements: weights).times(means)
    let between = means.subtractingFromRows(mean.elements).squaredRowNorms()
    return models.indices.reduce(0) {
      $0 + weights[$1] * (models[$1].totalVariance + between[$1])
    }
  }

  /// Whether one of the models does: then all are asked together.
  var drawsAtOnce: Bool { models.contains(where: \.drawsAtOnce) }

  func draw(
    _ samples: Range<Int>, latents: Latents, sampling: Sampling
  ) throws -> Draws {
    // Each model numbers its own samples, so that a sample depends on nothing else that is drawn.
    let chosen = choices(samples.upperBound, latents: latents)
    var rows = Matrix(rowCount: samples.count, columnCount: dimension)
    var components = [Int](repeating: 0, count: samples.count)
    var offset = 0
    for (index, model) in models.enumerated() {
      let before = chosen[..<samples.lowerBound].count { $0 == index }
      let places = chosen[samples].indices.filter { chosen[$0] == index }
      let own = try model.draw(
        before..<before + places.count, latents: latents.of(classes[index]), sampling: sampling)
      for (position, place) in places.enumerated() {
        let row = place - samples.lowerBound
        components[row] = offset + own.components[position]
        for column in 0..<dimension { rows[row, column] = own.rows[position, column] }
      }
      offset += model.componentWeights.count
    }
    return Draws(rows: rows, components: components)
  }

  /// The model of each of the first samples.
  private func choices(_ count: Int, latents: Latents) -> [Int] {
    switch order {
    case .turns: return (0..<count).map { $0 % models.count }
    case .drawn:
      return (0..<count).map { sample in
        var stream = RandomStream(
          seed: latents.seed, purpose: Purpose("\(latents.purpose)/class"),
          generation: latents.generation, sample: sample)
        var left = stream.uniform()
        for (index, weight) in weights.enumerated() {
          left -= weight
          if left < 0 { return index }
        }
        return weights.count - 1
      }
    case .stratified:
      var counts = [Double](repeating: 0, count: models.count)
      return (0..<count).map { sample in
        var chosen = 0
        var largest = -Double.infinity
        for (index, weight) in weights.enumerated() {
          let missing = weight * Double(sample + 1) - counts[index]
          if missing > largest { (chosen, largest) = (index, missing) }
        }
        counts[chosen] += 1
        return chosen
      }
    }
  }

  func logDensity(
    _ rows: Matrix, sampling: Sampling, noiseFloor: Double
  ) throws -> [Double]? {
    var densities: [[Double]] = []
    for (model, weight) in zip(models, weights) {
      guard let own = try model.logDensity(rows, sampling: sampling, noiseFloor: noiseFloor) else {
        return nil
      }
      densities.append(own.map { $0 + log(weight) })
    }
    return (0..<rows.rowCount).map { row in
      let own = densities.map { $0[row] }
      let largest = own.max() ?? 0
      guard largest.isFinite else { return largest }
      return largest + log(own.reduce(0) { $0 + exp($1 - largest) })
    }
  }

  func matched(to previous: any GenerativeModel) -> any GenerativeModel {
    guard let previous = previous as? JointModel else { return self }
    return JointModel(
      models: zip(models, classes).map { model, name in
        previous.model(ofClass: name).map { model.matched(to: $0) } ?? model
      }, weights: weights, classes: classes, order: order)
  }

  /// The model of a class; `nil` if it has none.
  func model(ofClass name: Int) -> (any GenerativeModel)? {
    classes.firstIndex(of: name).map { models[$0] }
  }
}

extension JointModel {
  private static let weightsName = "joint.weights"
  private static let classesName = "joint.classes"

  private static func prefix(_ index: Int) -> String { "model.\(index)." }

  /// The weights and classes of the models, and the tensors of each behind its place.
  var tensors: [Tensor] {
    [
      Tensor(name: Self.weightsName, shape: [weights.count], values: .float64(weights)),
      Tensor(
        name: Self.classesName, shape: [classes.count], values: .int32(classes.map(Int32.init))),
    ]
      + models.enumerated().flatMap { index, model in
        model.tensors.map {
          Tensor(name: Self.prefix(index) + $0.name, shape: $0.shape, values: $0.values)
        }
      }
  }

  /// Reads back what ``tensors`` wrote.
  ///
  /// - Parameter restore: Reads one of the models back.
  /// - Throws: `GeneratorError` if the tensors are not whole, and what `restore` throws.
  static func restored(
    order: Order, from tensors: [Tensor],
    by restore: ([Tensor]) throws -> any GenerativeModel
  ) throws -> JointModel {
    guard
      case .float64(let weights)? = tensors.first(where: { $0.name == weightsName })?.values,
      case .int32(let classes)? = tensors.first(where: { $0.name == classesName })?.values,
      !weights.isEmpty, weights.count == classes.count
    else { throw GeneratorError.unusableModel(reason: "it does not say which models it joins") }
    var models: [any GenerativeModel] = []
    for index in weights.indices {
      let prefix = prefix(index)
      models.append(
        try restore(
          tensors.filter { $0.name.hasPrefix(prefix) }.map {
            Tensor(
              name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, values: $0.values)
          }))
    }
    return JointModel(
      models: models, weights: weights, classes: classes.map(Int.init), order: order)
  }
}

extension Latents {
  /// The latents of one of several models.
  fileprivate func of(_ model: Int) -> Latents {
    Latents(seed: seed, purpose: Purpose("\(purpose)/model \(model)"), generation: generation)
  }
}
