/// Two sets that are compared, and what a pass over their pairs says: computed once, when it is first needed.
struct SetPair: Sendable {
  let real: FeatureSet
  let generated: FeatureSet

  /// What is asked of samples' places in the other set's support.
  let support: SupportQuestions

  private struct Answers: Sendable {
    let sums: [PairKernel: TwoSampleSums]
    let scores: SupportFold.Scores
    let probabilisticSupport: ProbabilisticSupport?
  }

  private let answers: OnDemand<Answers>

  /// Pairs two sets, which were prepared for the sums of distances if `support` asks for anything.
  init(real: FeatureSet, generated: FeatureSet, support: SupportQuestions = SupportQuestions()) {
    self.real = real
    self.generated = generated
    self.support = support
    answers = OnDemand {
      let radii = support.radii(real: real, generated: generated)
      let (sums, scores) = TwoSampleSums.sums(
        real: real.pairSums, generated: generated.pairSums,
        folding: SupportFold(
          reaches: support.usable(real).map { real.radii.reach(neighbour: $0) },
          realRadius: radii?.real ?? 0, generatedRadius: radii?.generated ?? 0))
      return Answers(
        sums: Dictionary(uniqueKeysWithValues: zip(real.pairSums.kernels, sums)), scores: scores,
        probabilisticSupport: radii.map {
          ProbabilisticSupport(realRadius: $0.real, generatedRadius: $0.generated, scores: scores)
        })
    }
  }

  /// The sums of every kernel that both sets were prepared for.
  var sums: [PairKernel: TwoSampleSums] { answers.value.sums }

  /// The sums of the cubic kernel; `nil` if the sets were not prepared for it.
  var cubicSums: TwoSampleSums? { sums.first { $0.key.centreOfCubic != nil }?.value }

  /// The probabilities of lying in the other set's support; `nil` if they are not asked for, or a set is too small.
  var probabilisticSupport: ProbabilisticSupport? { answers.value.probabilisticSupport }

  /// The realism of every generated sample, in any order; `nil` if it is not asked for, or for too few real
  /// samples.
  func realism(_ k: Int) -> [Double]? {
    support.usable(real).firstIndex(of: k).map { answers.value.scores.realism[$0] }
  }
}
