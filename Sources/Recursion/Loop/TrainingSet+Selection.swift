import Generators
import LinearAlgebra

extension TrainingSet {
  /// The samples at these positions, which ascend, with their weights.
  func selecting(_ positions: [Int]) -> TrainingSet {
    var selected = TrainingSet(
      rows: rows.selecting(positions), shape: shape,
      weights: weights.map { weights in positions.map { weights[$0] } })
    selected.latents = latents
    return selected
  }
}
