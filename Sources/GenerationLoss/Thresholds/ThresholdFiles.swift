import Comparison
import Pictures
import Recursion
import Statistics
import Storage
public import Studies
public import SystemPackage
public import Thresholds

/// The files of an answer: a table, an object and a picture (`.csv`, `.json`, `.png`, `.svg`).
///
/// They are called by their question, such as `threshold-recall-0.8-g10-5d41ab`, whose last part is a hash of
/// all of it, so that the next question about the same runs leaves them alone.
public struct ThresholdFiles {
  private let folder: FilePath
  private let name: String

  /// The picture.
  public var picture: String { "\(name).png" }

  /// Names the files of a question.
  ///
  /// - Parameters:
  ///   - bound: What is to be kept.
  ///   - generation: The last generation.
  ///   - cells: The runs with which the search begins.
  ///   - axis: What is changed.
  ///   - strategy: The strategy without what is changed.
  ///   - particulars: What else tells the question from others: seeds, and what is tried.
  ///   - price: What samples cost, where that is asked; `nil` for a threshold.
  public init(
    in folder: FilePath, keeping bound: KeptBound, at generation: Int, cells: [PlannedCell],
    over axis: SweptAxis, strategy: String, particulars: [String], price: String? = nil
  ) {
    self.folder = folder
    let limit = bound.isRelative ? "\((bound.limit * 100).plainText)pct" : bound.limit.plainText
    // What the search changes tells no question from another; the seeds are among the particulars.
    let free: Set<String> = [StudyCell.seedKey, StudyCell.strategyKey]
    let isFree = price != nil || axis == .samples
    let settings = (cells.first?.cell.settings ?? []).filter {
      !free.contains($0.key) && !(isFree && $0.key == "samples")
    }
    let loop = [axis.rawValue, strategy] + settings.map { "\($0.key)=\($0.value.text)" }
    let kept = [bound.metric.id, "\(bound.limit)", "\(bound.isRelative)", price ?? ""]
    let words = loop + kept + particulars
    let hash = SHA256.hexDigest(of: Array(words.joined(separator: "\n").utf8)).prefix(6)
    name = StrategyCatalogue.folderName(
      of:
        "\(price == nil ? "threshold" : "frontier")-\(bound.metric.id)-\(limit)-g\(generation)-\(hash)"
    )
  }

  /// Writes what came of a search.
  ///
  /// - Throws: `PicturesError` or `StorageError`.
  public func write(_ report: ThresholdReport) throws {
    try write(report.csv, report.json, try Self.picture(report))
  }

  /// Writes what quality costs.
  ///
  /// - Throws: `PicturesError` or `StorageError`.
  public func write(_ report: FrontierReport) throws {
    try write(report.csv, report.json, try Self.picture(report))
  }

  private func write(
    _ table: [UInt8], _ json: JSONValue, _ picture: RenderedPicture
  ) throws {
    try FileStore.write(table, to: folder.appending("\(name).csv"))
    try FileStore.write(json.bytes(.pretty), to: folder.appending("\(name).json"))
    try FileStore.write(picture.png, to: folder.appending("\(name).png"))
    if let svg = picture.svg { try FileStore.write(svg, to: folder.appending("\(name).svg")) }
  }

  /// The metric over the axis: a dot a run, the mean with its interval, the bound and the answers.
  static func picture(_ report: ThresholdReport) throws -> RenderedPicture {
    let (search, bound) = (report.search, report.search.bound)
    let answer = search.answer
    var chart = PlaneChart(
      xName: search.axis.words,
      yName: "\(bound.metric.id) at generation \(report.generation)"
        + (bound.isRelative ? ", as a part of generation 0's" : ""))
    chart.isLogarithmic = search.axis.isCount
    chart.dots = report.readings.map { PlaneChart.Dot(x: $0.x, y: $0.kept, isFaint: true) }
    chart.curves = [
      PlaneChart.Curve(
        label: bound.metric.scale == .logarithmic ? "geometric mean" : "mean",
        points: search.probes.map { ($0.x, $0.summary.mean) }, isTheory: false)
    ]
    chart.dots += search.probes.map {
      PlaneChart.Dot(x: $0.x, y: $0.summary.mean, bar: bound.possible($0.summary.interval))
    }
    if !report.theory.curve.isEmpty {
      chart.curves.append(
        PlaneChart.Curve(
          label: "theory", points: report.theory.curve.map { ($0.x, $0.value) }, isTheory: true))
    }
    let limit = bound.isRelative ? "\((bound.limit * 100).plainText) %" : bound.limit.plainText
    chart.levels = [
      PlaneChart.Mark(
        bound.limit, label: "at \(bound.metric.isLowerBetter ? "most" : "least") \(limit)")
    ]
    if let value = answer.place.value {
      chart.places.append(PlaneChart.Mark(value, label: ThresholdReport.text(value)))
      if answer.hasInterval {
        let least = answer.least.value ?? search.range.lowerBound
        let most = answer.most.value ?? search.range.upperBound
        chart.band = min(least, value)...max(most, value)
      }
    }
    if let value = report.theory.place?.value {
      chart.places.append(
        PlaneChart.Mark(value, label: "theory \(ThresholdReport.text(value))", isTheory: true))
    }
    return try chart.render(
      title: "\(report.data), \(report.strategy): \(bound.words)",
      subtitle: report.sentences.joined(separator: "; ")
        + ". Pale: a run each." + barWords(chart, over: report.seeds.count, of: bound)
        + (chart.band == nil ? "" : " Shaded: the threshold's 95 %."))
  }

  /// What the bars are, as a sentence after others; one seed has none.
  private static func barWords(
    _ chart: PlaneChart, over seedCount: Int, of bound: KeptBound
  ) -> String {
    guard chart.dots.contains(where: { $0.bar != nil }) else { return "" }
    let isCut = bound.metric.range.lowerBound.isFinite
    return " Bars: 95 % of the mean over \(seedCount) seeds"
      + (isCut ? ", cut to what \(bound.metric.id) can be." : ".")
  }

  /// The metric over cost: what no other setting beats is joined and named.
  static func picture(_ report: FrontierReport) throws -> RenderedPicture {
    let (frontier, bound) = (report.frontier, report.frontier.bound)
    var chart = PlaneChart(
      xName: "cost",
      yName: "\(bound.metric.id) at generation \(report.generation)"
        + (bound.isRelative ? ", as a part of generation 0's" : ""))
    // What is free has no place on a logarithmic axis.
    chart.isLogarithmic = frontier.points.allSatisfy { $0.cost > 0 }
    chart.dots = frontier.points.map { point in
      let isEfficient = frontier.isEfficient(point)
      return PlaneChart.Dot(
        x: point.cost, y: point.summary.mean,
        bar: isEfficient ? bound.possible(point.summary.interval) : nil, isFaint: !isEfficient,
        label: isEfficient ? report.words(point) : "")
    }
    // A step: what is paid beyond a setting buys nothing before the next.
    let efficient = frontier.frontier
    chart.curves = [
      PlaneChart.Curve(
        label: "nothing cheaper is as good",
        points: efficient.indices.flatMap { index -> [(x: Double, y: Double)] in
          let point = efficient[index]
          let corner = index > 0 ? [(point.cost, efficient[index - 1].summary.mean)] : []
          return corner + [(point.cost, point.summary.mean)]
        }, isTheory: false)
    ]
    chart.levels = [PlaneChart.Mark(bound.limit, label: "the bound")]
    if let budget = frontier.budget {
      chart.places = [PlaneChart.Mark(budget, label: "budget \(budget.plainText)")]
    }
    return try chart.render(
      title: report.title,
      subtitle: report.sentences.joined(separator: "; ")
        + "." + barWords(chart, over: report.seedCount, of: bound)
        + (chart.dots.contains(where: \.isFaint) ? " Pale: settings that another beats." : ""))
  }
}
