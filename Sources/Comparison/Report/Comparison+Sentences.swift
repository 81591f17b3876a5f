import Statistics

extension Comparison {
  /// What the comparison says, in sentences that follow from its numbers.
  public var sentences: [String] {
    dataSets.flatMap { set in
      set.groups.compactMap { sentence(on: set, group: $0) }
    } + (overall.map(sentences) ?? [])
  }

  private func sentence(on set: DataSetComparison, group: Int) -> String? {
    let variants = set.variants(ofGroup: group).filter { $0.rank != nil }
    guard variants.count > 1, let best = variants.first, let summary = best.summary else {
      return nil
    }
    let value =
      ReportNumber.short(summary.mean)
      + (summary.interval.map { " (95 %: \(ReportNumber.range($0)))" } ?? "")
    let extreme = metric.isLowerBetter ? "lowest" : "highest"
    let budget: String =
      switch settings.equal {
      case .real:
        best.distinctReal.map {
          " of the strategies that saw \(ReportNumber.count($0)) real samples"
        }
          ?? ""
      case .n: " of those with \(best.variant.runs[0].sampleCount) samples a generation"
      }
    let comparisons = set.differences.filter {
      $0.first == best.variant.label || $0.second == best.variant.label
    }
    let equal = variants.filter { $0.rank == best.rank }.map(\.variant.label)
    let sentence =
      "\(set.data): \(list(equal)) \(equal.count > 1 ? "share" : "has") the \(extreme) \(metric.id) at "
      + "generation \(set.generation)\(budget), \(value)."
    if equal.count > 1 { return sentence }
    if let baseline = settings.baseline, !variants.contains(where: { $0.variant.label == baseline })
    {
      let isHere = set.variants.contains { $0.variant.label == baseline }
      return sentence + " It is not compared with \(baseline), which "
        + (isHere
          ? "has another budget: --equal n may make it the same." : "was not run on these data.")
    }
    return sentence + " "
      + claim(comparisons, about: best.variant.label, ofFamily: set.differences.count)
  }

  private func sentences(_ overall: OverallComparison) -> [String] {
    overall.concordances.indices.compactMap { group in
      let rows = overall.rows.filter { $0.group == group }
      guard rows.count > 1, let best = rows.first else { return nil }
      let budget =
        overall.concordances.count == 1 ? "" : " of the \(rows.count) strategies of its budget"
      let comparisons = overall.differences.filter {
        $0.first == best.label || $0.second == best.label
      }
      let equal = rows.filter { $0.meanRank == best.meanRank }.map(\.label)
      let sentence =
        "Over \(dataSets.count) data sets \(list(equal)) \(equal.count > 1 ? "share" : "has") the best mean "
        + "place\(budget), \(ReportNumber.short(best.meanRank))."
      if equal.count > 1 { return sentence }
      return sentence + " "
        + claim(comparisons, about: best.label, ofFamily: overall.differences.count)
    }
  }

  /// What is sure of the best: what it beats, what beats it on the seeds in common or by more than places
  /// tell, and what it cannot be told from.
  private func claim(
    _ differences: [VariantDifference], about label: String, ofFamily family: Int
  ) -> String {
    func others(_ verdict: VariantDifference.Verdict) -> [String] {
      differences.filter { $0.verdict == verdict }
        .map { $0.first == label ? $0.second : $0.first }
    }
    func better(_ difference: VariantDifference) -> String? {
      switch difference.verdict {
      case .firstIsBetter: difference.first
      case .secondIsBetter: difference.second
      case .notTold, .tooFewSeeds: nil
      }
    }
    let worse = differences.filter { better($0) == label }
      .map { $0.first == label ? $0.second : $0.first }
    let superior = differences.compactMap(better).filter { $0 != label }
    let untold = others(.notTold)
    let few = others(.tooFewSeeds)
    var sentences: [String] = []
    if !worse.isEmpty { sentences.append("It is better than \(list(worse)).") }
    if !superior.isEmpty {
      sentences.append("On the same seeds it is worse than \(list(superior)).")
    }
    if !untold.isEmpty { sentences.append("It cannot be told apart from \(list(untold)).") }
    if !few.isEmpty {
      let seeds = differences.map(\.difference.differences.count).min() ?? 0
      let needed = VariantDifference.fewestPairs(for: family, alpha: settings.alpha)
      let words =
        needed.map { "\($0) could, for so many differences" }
        ?? "no number could, for so many differences: choose one to compare with by --baseline"
      sentences.append(
        "Against \(list(few)): too few seeds to say (\(seeds) pair\(seeds == 1 ? "" : "s"); \(words))."
      )
    }
    return sentences.joined(separator: " ")
  }

  private func list(_ names: [String]) -> String {
    names.count > 1
      ? names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "") : names.first ?? ""
  }
}
