import Generators
import LinearAlgebra

extension TrainingSet {
  /// The samples at these positions, which ascend, with their weights.
  func selecting(_ positions: [Int]) -> TrainingSet {
    TrainingSet(
      rows: rows.selecting(positions), shape: shape,
      weights: weights.map { weights in positions.map { weights[$0] } })
  }
}
