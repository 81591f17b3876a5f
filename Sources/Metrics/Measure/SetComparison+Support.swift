import LinearAlgebra

extension SetComparison {
  /// The places of single samples in the other set's support, from the pass over all pairs.
  func support() -> Outcomes {
    var outcomes: Outcomes = [:]
    if sets.support.isProbabilistic {
      outcomes.merge(probabilistic()) { first, _ in first }
    }
    for k in sets.support.neighbours {
      outcomes[MeasuredKey(.realism, k: k)] = realism(k)
    }
    return outcomes
  }

  /// The probabilities of lying in the other set's support.
  private func probabilistic() -> Outcomes {
    trying([.probabilisticPrecision, .probabilisticRecall]) { () throws(MetricsError) in
      for (set, role) in [(real, SampleRole.real), (generated, .generated)] {
        let (count, required) = (set.paired.rowCount, ProbabilisticSupport.neighbours + 1)
        guard count >= required else {
          throw .tooFewSamples(set: role, count: count, required: required)
        }
      }
      func none(_ set: String) -> MetricOutcome {
        MetricOutcome(
          unavailable: "The balls of the \(set) set have the radius 0: its samples are copies.")
      }
      let support = sets.probabilisticSupport
      return [
        .probabilisticPrecision: support?.precision.map { MetricOutcome($0) } ?? none("real"),
        .probabilisticRecall: support?.recall.map { MetricOutcome($0) } ?? none("generated"),
      ]
    }
  }

  /// The mean realism of generated samples.
  private func realism(_ k: Int) -> MetricOutcome {
    guard let scores = sets.realism(k) else {
      let reason = MetricsError.tooFewSamples(
        set: .real, count: real.paired.rowCount, required: k + 1)
      return MetricOutcome(unavailable: reason.description)
    }
    guard scores.contains(where: { $0 > 0 }) else {
      return MetricOutcome(
        unavailable: "All balls of the real set have the radius 0: its samples are copies.")
    }
    return MetricOutcome(
      Estimate(
        value: scores.reduce(0, +) / Double(scores.count),
        standardError: standardErrorOfMean(scores)))
  }
}
