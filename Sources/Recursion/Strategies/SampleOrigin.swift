/// Where a training sample comes from.
public enum SampleOrigin: Equatable, Sendable {
  /// The real training set of generation 0, at this place.
  case original(Int)

  /// The fresh real sample of this number.
  case fresh(Int)

  /// What the model of a generation drew, at this place.
  case synthetic(generation: Int, sample: Int)

  /// Whether the sample is real.
  public var isReal: Bool {
    switch self {
    case .original, .fresh: true
    case .synthetic: false
    }
  }

  /// The origin of the sample at a place of a pool.
  init(_ pool: Pool, _ sample: Int) {
    self =
      switch pool {
      case .original, .reservoir: .original(sample)
      case .fresh: .fresh(sample)
      case .generation(let generation): .synthetic(generation: generation, sample: sample)
      }
  }
}
