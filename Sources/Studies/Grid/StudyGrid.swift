/// The cells of a study: the product of its axes, without what is excluded, and what is included beside.
public struct StudyGrid: Equatable, Sendable {
  /// The most cells of a study: more are a slip.
  public static let mostCells = 100_000

  /// The options and their values; the first varies slowest.
  public let axes: [StudyAxis]

  /// What the product is without.
  public let excluded: [StudyPattern]

  /// What is added: for each, axes that stand in the place of the study's own of the same name.
  public let included: [[StudyAxis]]

  /// Creates a grid.
  ///
  /// Seeds vary slowest and strategies fastest, so that a study that was cut off has compared what it
  /// could.
  public init(axes: [StudyAxis], excluded: [StudyPattern] = [], included: [[StudyAxis]] = []) {
    self.axes = Self.ordered(axes)
    self.excluded = excluded
    self.included = included
  }

  /// The number of cells before any is excluded or found twice; `nil` beyond all bounds.
  public var largestCount: Int? {
    var total = 0
    for axes in [axes] + included.map(replaced) {
      var product = 1
      for axis in axes {
        let (result, overflow) = product.multipliedReportingOverflow(by: axis.values.count)
        guard !overflow, result <= Self.mostCells else { return nil }
        product = result
      }
      total += product
    }
    return total <= Self.mostCells ? total : nil
  }

  /// The cells, each once, in the order in which they are run.
  public var cells: [StudyCell] {
    let product = Self.product(axes).filter { cell in
      !excluded.contains { $0.matches(cell) }
    }
    var seen: Set<[String]> = []
    let cells = (product + included.flatMap { Self.product(replaced($0)) }).filter { cell in
      // By their bytes: two ways to write an accented letter are two folders.
      seen.insert(
        cell.settings.map { "\($0.key)=\(Array($0.value.text.utf8))" }.sorted()
      ).inserted
    }
    let keys = Set(cells.flatMap(\.settings).map(\.key))
    let varying = keys.filter { key in
      cells.contains { $0.text(of: key) != cells[0].text(of: key) }
    }
    return cells.map { StudyCell($0.settings, told: varying) }
  }

  /// The patterns that match no cell of the product, by their place in ``excluded``, and the values of
  /// others without which they would match as many.
  public var idleExclusions: [(index: Int, values: [(key: String, text: String)])] {
    let product = Self.product(axes)
    return excluded.enumerated().compactMap { index, pattern in
      let matched = product.filter(pattern.matches)
      guard !matched.isEmpty else { return (index, []) }
      let idle = pattern.values.sorted { $0.key < $1.key }.flatMap { key, texts in
        texts.filter { text in !matched.contains { $0.text(of: key) == text } }
          .map { (key: key, text: $0) }
      }
      return idle.isEmpty ? nil : (index, idle)
    }
  }

  /// The study's axes with those of an inclusion in their place.
  private func replaced(_ inclusion: [StudyAxis]) -> [StudyAxis] {
    let kept = axes.filter { axis in !inclusion.contains { $0.key == axis.key } }
    return Self.ordered(kept + inclusion)
  }

  private static func ordered(_ axes: [StudyAxis]) -> [StudyAxis] {
    func rank(_ key: String) -> Int {
      switch key {
      case StudyCell.seedKey: 0
      case StudyCell.dataKey: 1
      case StudyCell.strategyKey: 3
      default: 2
      }
    }
    return axes.enumerated()
      .sorted { (rank($0.element.key), $0.offset) < (rank($1.element.key), $1.offset) }
      .map(\.element)
  }

  private static func product(_ axes: [StudyAxis]) -> [StudyCell] {
    var cells: [[StudyCell.Setting]] = [[]]
    for axis in axes {
      cells = cells.flatMap { settings in
        axis.values.map { settings + [StudyCell.Setting(key: axis.key, value: $0)] }
      }
    }
    return cells.map { StudyCell($0) }
  }
}
