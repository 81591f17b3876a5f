import Comparison
import Metrics
import Pictures
import Recursion
import Statistics

/// The charts of a comparison.
struct ComparisonCharts {
  private let comparison: Comparison

  /// The place of each strategy's colour: the same on all data sets, however they rank it.
  private let places: [String: Int]

  init(_ comparison: Comparison) {
    self.comparison = comparison
    var places: [String: Int] = [:]
    for variant in comparison.dataSets.flatMap(\.variants) {
      places[variant.variant.label] = places[variant.variant.label] ?? places.count
    }
    self.places = places
  }

  /// The data of a set as titles have them: the last part of a path, where that tells sets apart.
  func name(of set: DataSetComparison) -> String {
    func last(_ data: String) -> String {
      let parts = data.split(separator: "/")
      return parts.last { $0 != "." && $0 != ".." }.map(String.init) ?? data
    }
    let short = last(set.data)
    let isUnique = comparison.dataSets.count { last($0.data) == short } == 1
    return isUnique ? short : set.data
  }

  /// The metrics that are drawn for one data set, with their titles and how to read them.
  private static let metrics: [(id: String, title: String, hint: String)] = [
    ("frechet_distance", "Fréchet distance", "lower is better"),
    ("recall", "recall", "share of real samples still covered"),
    ("total_variance", "total variance", "of features"),
    ("precision", "precision", "flatters a collapsed model"),
    ("distinct_nearest", "distinct nearest real", "real samples still echoed"),
    ("vendi_rbf", "Vendi score (RBF)", "effective number of samples"),
  ]

  /// The metrics of each data set where there are several.
  private static let mostWithSeveral = 3

  /// A panel for each metric and data set, a line with its band for each strategy.
  func metrics() throws -> RenderedPicture? {
    let several = comparison.dataSets.count > 1
    let shown = several ? Array(Self.metrics.prefix(Self.mostWithSeveral)) : Self.metrics
    let panels = comparison.dataSets.flatMap { set in
      shown.compactMap { metric -> TimelinePanel? in
        panel(metric, on: set, named: several ? "\(name(of: set)): \(metric.title)" : metric.title)
      }
    }
    guard !panels.isEmpty else { return nil }
    let hasControl = panels.contains { $0.series.contains { $0.role == .control } }
    return try Timeline.render(
      panels: panels,
      title: comparison.dataSets.map(name).joined(separator: ", "),
      subtitle: "Lines: means over \(seedWords(comparison.dataSets)) "
        + "(of logarithms for variances)" + errorWords(on: comparison.dataSets)
        + nullWords(panels) + (hasControl ? Self.controlWords : ""))
  }

  /// With more lines in a panel their bands would hide them.
  private static let mostBands = 4

  /// Two or three seeds give wide intervals: as bands they would cover everything.
  private static let fewestForBands = 4

  /// The most sizes whose strips are drawn.
  private static let mostNullBands = 3

  /// Whether errors are drawn at the end alone.
  private func hasBars(_ set: DataSetComparison) -> Bool {
    set.variants.count > Self.mostBands
      || set.variants.contains { $0.variant.runs.count < Self.fewestForBands }
  }

  /// What the errors are, as the rest of a sentence; a single seed has none.
  private func errorWords(on sets: [DataSetComparison]) -> String {
    guard sets.flatMap(\.variants).contains(where: { $0.variant.runs.count > 1 }) else {
      return ". "
    }
    let areBars = Set(sets.map(hasBars))
    let words =
      areBars == [false]
      ? "bands: their 95 %"
      : areBars == [true]
        ? "bars near the end: their 95 % there" : "bands, or bars near the end: their 95 %"
    return "; \(words), cut where a panel ends. "
  }

  /// The ranges between real sets, one for each number of samples: of many numbers the ends.
  private func nulls<Range>(
    on set: DataSetComparison, _ range: (ComparedRun) -> Range?
  ) -> [(range: Range, size: Int?)] {
    var bySize: [Int: Range] = [:]
    for variant in set.variants.map(\.variant) {
      let size = variant.runs[0].sampleCount
      bySize[size] = bySize[size] ?? variant.runs.lazy.compactMap(range).first
    }
    let sizes = bySize.keys.sorted()
    let shown = sizes.count > Self.mostNullBands ? [sizes[0], sizes[sizes.count - 1]] : sizes
    return shown.compactMap { size in
      bySize[size].map { ($0, sizes.count > 1 ? size : nil) }
    }
  }

  private func nullBands(_ metric: String, on set: DataSetComparison) -> [NullBand] {
    nulls(on: set) { $0.measurement(metric, 0)?.shownNull }
      .map { NullBand($0.range, size: $0.size) }
  }

  /// The samples that a loop draws, where those of a data set do not all draw as many.
  private func size(of variant: Variant, on set: DataSetComparison) -> Int? {
    let size = variant.runs[0].sampleCount
    return set.variants.contains { $0.variant.runs[0].sampleCount != size } ? size : nil
  }

  /// What the control of a variant is called.
  private func controlName(of variant: Variant?, on set: DataSetComparison) -> String {
    "control" + (variant.flatMap { size(of: $0, on: set) }.map { ", n \($0)" } ?? "")
  }

  private func nullWords(_ panels: [TimelinePanel]) -> String {
    let bands = panels.map(\.nullBands.count).max() ?? 0
    guard bands > 1 else { return "Shaded strip: real against real." }
    return
      "Shaded strips: real against real, for the numbers of samples drawn a generation (n), on which "
      + "metrics depend."
  }

  private static let controlWords = " Dashed: control, the real set refitted."

  /// How many seeds the variants of some data sets have: `3 seeds`, `1 to 3 seeds`.
  private func seedWords(_ sets: [DataSetComparison]) -> String {
    let counts = sets.flatMap(\.variants).map(\.variant.runs.count)
    let (fewest, most) = (counts.min() ?? 1, counts.max() ?? 1)
    return (fewest == most ? "" : "\(fewest) to ") + "\(most) seed\(most == 1 ? "" : "s")"
  }

  private func panel(
    _ metric: (id: String, title: String, hint: String), on set: DataSetComparison,
    named title: String
  ) -> TimelinePanel? {
    // A metric that cannot be ranked, such as precision, is averaged as it is.
    let scale = (try? ComparedMetric(metric.id))?.scale ?? .plain
    let isBarred = hasBars(set)
    var series = set.variants.map { variant in
      TimelineSeries(
        label: variant.variant.label,
        points: (0...set.generation).map { generation in
          let values = variant.variant.runs.compactMap { $0.value(metric.id, generation) }
          let summary = SampleSummary(values, scale: scale)
          let interval = isBarred && generation < set.generation ? nil : summary?.interval
          return TimelinePoint(
            x: Double(generation), value: summary?.mean, low: interval?.lowerBound,
            high: interval?.upperBound)
        }, role: .run, place: places[variant.variant.label])
    }
    guard series.contains(where: { $0.points.contains { $0.value != nil } }) else { return nil }
    if let controlled = set.controlled(by: metric.id) {
      series.append(
        TimelineSeries(
          label: controlName(of: controlled, on: set),
          points: (0...set.generation).map { generation in
            let values = controlled.runs.compactMap {
              $0.measurement(metric.id, generation, ofControl: true)?.value
            }
            return TimelinePoint(
              x: Double(generation), value: SampleSummary(values, scale: scale)?.mean)
          }, role: .control))
    }
    return TimelinePanel(
      title: title, hint: metric.hint, series: series, nullBands: nullBands(metric.id, on: set),
      coversErrors: false)
  }

  /// A panel for each class, a line with its band for each strategy; `nil` without classes.
  func survival(on set: DataSetComparison) throws -> RenderedPicture? {
    let classes = ClassSurvival.all(in: set)
    guard classes.count > 1 else { return nil }
    let parts = ClassShares.panels(real: classes.map(\.realShare))
    var drawn = parts.alone.map { classes[$0] }
    if !parts.together.isEmpty {
      let others = ClassSurvival(
        parts.together.map { classes[$0].name },
        called: "\(parts.together.count) other classes", in: set)
      drawn += [others].compactMap { $0 }
    }
    let hasControl = drawn.contains { $0.control != nil }
    return try Timeline.render(
      panels: drawn.map { panel($0, on: set) },
      title: "\(name(of: set)): what is left of each class",
      subtitle:
        "A class's share of the samples over its share of real ones: 1 is as in the real data, 0 "
        + "is gone. Samples, real ones too, count for the nearest class mean in "
        + "\(set.variants[0].variant.runs[0].leadingSpace). Lines: means over \(seedWords([set]))"
        + errorWords(on: [set]) + "Shaded strip: real against real."
        + (hasControl ? Self.controlWords : "") + absenceWords(on: set), startsAtZero: true)
  }

  /// The classes that are not drawn, as a sentence after others.
  private func absenceWords(on set: DataSetComparison) -> String {
    let absent = ClassSurvival.absent(in: set)
    guard !absent.isEmpty else { return "" }
    let named = absent.prefix(Self.mostAbsent).joined(separator: ", ")
    let others = absent.count - Self.mostAbsent
    return " Not drawn, as no held-out real sample of any run is nearest to their mean: \(named)"
      + (others > 0 ? " and \(others) more" : "") + "."
  }

  /// The most classes that are named where there may be hundreds.
  private static let mostAbsent = 8

  private func panel(_ survival: ClassSurvival, on set: DataSetComparison) -> TimelinePanel {
    let isCrowded = hasBars(set)
    let control = controlName(of: survival.controlled, on: set)
    func series(_ curve: ClassSurvival.Curve, _ role: TimelineSeries.Role) -> TimelineSeries {
      TimelineSeries(
        label: role == .control ? control : curve.label,
        points: curve.points.enumerated().map { generation, point in
          let isBarred =
            role == .run && (!isCrowded || generation == curve.points.count - 1)
          let interval = isBarred ? point?.interval : nil
          // Student's law does not know that 0 is the least.
          return TimelinePoint(
            x: Double(generation), value: point?.survival,
            low: interval.map { max(0, $0.lowerBound) },
            high: interval.map { max(0, $0.upperBound) })
        }, role: role, place: places[curve.label])
    }
    func percent(_ share: Double) -> String { NumberText.short(100 * share, digits: 2) + " %" }
    let starts = survival.curves.compactMap { $0.points.first??.share }
    let (least, most) = (percent(starts.min() ?? 0), percent(starts.max() ?? 0))
    return TimelinePanel(
      title: survival.name,
      hint: "real \(percent(survival.realShare)), generation 0 "
        + (least == most ? least : "\(least) to \(most)"),
      series: survival.curves.map { series($0, .run) }
        + [survival.control.map { series($0, .control) }].compactMap { $0 },
      nullBands: [survival.null].compactMap { band in
        band.map { NullBand($0, size: size(of: set.variants[0].variant, on: set)) }
      }, coversErrors: false)
  }

  /// The paired differences of each data set and, where there are several, those over all of them.
  func ranking() throws -> RenderedPicture? {
    let isRatio = comparison.metric.scale == .logarithmic
    let words = isRatio ? "first over second" : "first less second"
    // Where all ratios have a 0 there is nothing to draw: the tables tell what signed ranks say.
    let sets = comparison.dataSets.filter { set in
      set.differences.contains {
        $0.difference.mean.isFinite && (!isRatio || $0.difference.mean > 0)
      }
    }.map { set in
      ForestPlot.Section(
        heading: name(of: set), rows: rows(set.differences, isRatio: isRatio),
        neutral: isRatio ? 1 : 0, axis: "\(comparison.metric.id), \(words)")
    }
    let sections = sets + [overall(isRatio: isRatio)].compactMap { $0 }
    guard !sections.isEmpty else { return nil }
    let size = NumberText.short(100 * comparison.settings.alpha, digits: 2)
    return try ForestPlot.render(
      sections: sections, title: title,
      subtitle:
        "Differences on the same seeds with their 95 % interval (Student's). Full and red: a "
        + "permutation test, corrected for all of a section (Holm, \(size) %), tells them apart.")
  }

  /// The differences over all data sets; `nil` where there are none.
  ///
  /// They are in units of their root mean square on each data set, of logarithms for ratios, so that no
  /// difference is 0 for both.
  private func overall(isRatio: Bool) -> ForestPlot.Section? {
    guard let overall = comparison.overall, !overall.differences.isEmpty else { return nil }
    let places = overall.concordances.indices.map { group in
      overall.rows.filter { $0.group == group }
        .map { "\($0.label) \(NumberText.short($0.meanRank))" }.joined(separator: ", ")
    }
    return ForestPlot.Section(
      heading: "all \(comparison.dataSets.count) data sets; mean places"
        + (places.count == 1 ? "" : ", budget by budget") + ": " + places.joined(separator: "; "),
      rows: rows(overall.differences, isRatio: isRatio), neutral: 0,
      axis: isRatio
        ? "logarithm of the ratio, in root mean squares of its data set"
        : "difference, in root mean squares of its data set")
  }

  private var title: String {
    "Paired differences of \(comparison.metric.id), "
      + "\(comparison.metric.isLowerBetter ? "lower" : "higher") is better"
  }

  private func rows(_ differences: [VariantDifference], isRatio: Bool) -> [ForestRow] {
    differences.map { member in
      let isSure = [.firstIsBetter, .secondIsBetter].contains(member.verdict)
      return ForestRow(
        label: "\(member.first) \(isRatio ? "over" : "less") \(member.second)",
        value: member.difference.mean, interval: member.difference.interval,
        verdict: isSure
          ? "\(member.verdict == .firstIsBetter ? member.first : member.second) is better"
          : member.verdict.rawValue, isSure: isSure)
    }
  }

  /// The metric over the two options that a strategy was run with most values of; `nil` without two.
  func phase(on set: DataSetComparison) throws -> RenderedPicture? {
    guard let plane = PhasePlane(set) else { return nil }
    return try PhaseMap.render(
      PhaseMap.Table(
        columns: plane.x.map(Self.setting), columnName: plane.xKey,
        rows: plane.y.map(Self.setting), rowName: plane.yKey, values: plane.values,
        isBeyond: plane.effectiveShares.map { $0.map { $0.map { $0 < 0.5 } } }),
      title: "\(name(of: set)), \(plane.strategy), generation \(set.generation)",
      subtitle: plane.effectiveShares.joined().contains { $0 != nil }
        ? "Framed: where theory's effective sample size n_e is below half of the samples of generation 0."
        : "Theory has no effective sample size for this strategy.",
      colourLabel: comparison.metric.id)
  }

  /// A number that somebody chose, as it was written: 50, 0.25.
  private static func setting(_ value: Double) -> String {
    let plain = value.plainText
    return plain.count <= 6 ? plain : NumberText.short(value)
  }

  /// The ways of the strategies through precision and recall, means over seeds.
  func precisionRecall(on set: DataSetComparison) throws -> RenderedPicture? {
    func mean(_ metric: String, _ variant: RankedVariant, _ generation: Int) -> Double? {
      let values = variant.variant.runs.compactMap { $0.value(metric, generation) }
      return SampleSummary(values)?.mean
    }
    let paths = set.variants.map { variant in
      PrecisionRecallPaths.Path(
        label: variant.variant.label,
        points: (0...set.generation).compactMap { generation in
          guard let precision = mean("precision", variant, generation),
            let recall = mean("recall", variant, generation)
          else { return nil }
          return (precision, recall)
        }, place: places[variant.variant.label])
    }
    guard paths.contains(where: { !$0.points.isEmpty }) else { return nil }
    let nulls = nulls(on: set) { run in
      run.measurement("precision", 0)?.shownNull.flatMap { precision in
        run.measurement("recall", 0)?.shownNull.map { (precision: precision, recall: $0) }
      }
    }
    return try PrecisionRecallPaths.render(
      paths,
      nulls: nulls.map { null, size in
        PrecisionRecallPaths.Null(precision: null.precision, recall: null.recall, size: size)
      },
      title: "\(name(of: set)): precision and recall",
      subtitle:
        "Means over seeds, k = 5, against held-out real data. Rings: generation 0; arrows: time, up to "
        + "generation \(set.generation).")
  }
}
