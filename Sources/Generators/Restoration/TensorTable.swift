import LinearAlgebra
import Samples

/// The tensors of a model file by name, with their shapes checked as they are taken.
struct TensorTable {
  private let tensors: [String: Tensor]

  init(_ tensors: [Tensor]) {
    self.tensors = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Whether there is a tensor of this name.
  func contains(_ name: String) -> Bool { tensors[name] != nil }

  /// The shape of a tensor with so many axes.
  func shape(_ name: String, axes: Int) throws(GeneratorError) -> [Int] {
    let shape = try tensor(name).shape
    guard shape.count == axes else {
      throw .unusableModel(reason: "\(name) has \(shape.count) axes instead of \(axes)")
    }
    return shape
  }

  /// The values of a tensor of doubles, in row-major order.
  func values(_ name: String, count: Int? = nil) throws(GeneratorError) -> [Double] {
    guard case .float64(let values) = try tensor(name).values else {
      throw .unusableModel(reason: "\(name) does not hold 64-bit floats")
    }
    guard count == nil || values.count == count else {
      throw .unusableModel(
        reason: "\(name) holds \(values.count) numbers instead of \(count ?? 0)")
    }
    return values
  }

  /// One number.
  func number(_ name: String) throws(GeneratorError) -> Double {
    try values(name, count: 1)[0]
  }

  /// The values of a tensor of 32-bit integers.
  func integers(_ name: String) throws(GeneratorError) -> [Int] {
    guard case .int32(let values) = try tensor(name).values else {
      throw .unusableModel(reason: "\(name) does not hold 32-bit integers")
    }
    return values.map(Int.init)
  }

  /// A matrix; leading axes beyond the last are its rows.
  func matrix(_ name: String, columns: Int) throws(GeneratorError) -> Matrix {
    let values = try values(name)
    let shape = try tensor(name).shape
    guard shape.last == columns else {
      throw .unusableModel(
        reason: "the rows of \(name) hold \(shape.last ?? 0) numbers instead of \(columns)")
    }
    let rows = shape.dropLast().reduce(1, *)
    return Matrix(rowCount: rows, columnCount: columns, elements: values)
  }

  /// Matrices stacked along the first axis.
  func matrices(
    _ name: String, count: Int, columns: Int
  ) throws(GeneratorError) -> [Matrix] {
    let stacked = try matrix(name, columns: columns)
    guard count > 0, stacked.rowCount % count == 0 else {
      throw .unusableModel(reason: "\(name) does not hold \(count) matrices")
    }
    let height = stacked.rowCount / count
    return (0..<count).map { stacked.rows($0 * height..<($0 + 1) * height) }
  }

  private func tensor(_ name: String) throws(GeneratorError) -> Tensor {
    guard let tensor = tensors[name] else {
      throw .unusableModel(reason: "it has no tensor \(name)")
    }
    return tensor
  }
}

extension TensorTable {
  /// Mean, axes and variances under the names they have in a file.
  func principalComponents(
    axes: String, variances: String, residual: String?
  ) throws(GeneratorError) -> PrincipalComponents {
    let mean = try values("mean")
    let variances = try values(variances)
    let components = try matrix(axes, columns: mean.count)
    guard components.rowCount == variances.count else {
      throw .unusableModel(
        reason: "\(components.rowCount) axes have \(variances.count) variances")
    }
    var outside = 0.0
    if let residual { outside = try number(residual) }
    return PrincipalComponents(
      mean: mean, components: components, eigenvalues: variances, residualVariance: outside)
  }
}
