/// Two sets that are compared, and the sums over their pairs: computed once, when they are first needed.
struct SetPair: Sendable {
  let real: FeatureSet
  let generated: FeatureSet

  private let lazySums: OnDemand<[PairKernel: TwoSampleSums]>

  init(real: FeatureSet, generated: FeatureSet) {
    self.real = real
    self.generated = generated
    let (first, second) = (real.pairSums, generated.pairSums)
    lazySums = OnDemand {
      let sums = TwoSampleSums.sums(real: first, generated: second)
      return Dictionary(uniqueKeysWithValues: zip(first.kernels, sums))
    }
  }

  /// The sums of every kernel that both sets were prepared for.
  var sums: [PairKernel: TwoSampleSums] { lazySums.value }
}
