import Recursion

/// Runs that can be compared: of the same data, and led by the numbers of the same feature space.
struct ComparableRuns {
  /// The data as they were named, and what tells these runs from others of that name.
  let name: String

  /// The runs.
  let runs: [ComparedRun]

  /// How data are read: what may differ between runs of one name.
  static let readingKeys = [
    "size", "channels", "fit", "limit", "max-pixels", "allow-truncated",
  ]

  /// The digits of a fingerprint that are shown.
  private static let shownDigits = 8

  /// Sorts runs into those that can be compared, in the order in which they come.
  ///
  /// - Returns: The sets, and a note for each name under which there are several.
  /// - Throws: ``ComparisonError/otherSamples(_:_:data:)`` for loops of one seed that a law gave different
  ///   samples.
  static func all(
    of runs: [ComparedRun]
  ) throws(ComparisonError) -> (sets: [ComparableRuns], notes: [String]) {
    var sets: [ComparableRuns] = []
    var notes: [String] = []
    for data in runs.map(\.data).uniqued {
      let same = runs.filter { $0.data == data }
      if same[0].isOfLaw { try requireOneLaw(same) }
      // A law is named by its seed, too.
      func edition(_ run: ComparedRun) -> String {
        run.isOfLaw ? "" : run.option("data-fingerprint") ?? ""
      }
      func place(_ run: ComparedRun) -> [String] { [edition(run), run.leadingSpace] }
      let areSeveral = Set(same.map(edition)).count > 1
      let areApart = Set(same.map(\.leadingSpace)).count > 1
      let groups = same.map(place).uniqued.map { key in same.filter { place($0) == key } }
      let reading = readingWords(same, edition)
      let found = groups.map { group in
        let words =
          (areSeveral ? [reading[edition(group[0])] ?? ""] : [])
          + (areApart ? ["in \(group[0].leadingSpace)"] : [])
        let suffix = words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
        return ComparableRuns(name: data + suffix, runs: group)
      }
      sets += found
      let names = found.map(\.name).joined(separator: ", ")
      if areSeveral {
        notes.append("\(data): its runs saw different data, and are compared apart: \(names).")
      }
      if areApart {
        notes.append(
          "\(data): its runs are led by different spaces of features, whose numbers cannot be compared, "
            + "and are compared apart: \(names). Run all with the same --features.")
      }
    }
    return (sets, notes)
  }

  /// What tells the data of each fingerprint from others of the same name: how they were read, or the
  /// fingerprint itself where that does not tell.
  private static func readingWords(
    _ runs: [ComparedRun], _ edition: (ComparedRun) -> String
  ) -> [String: String] {
    let keys = readingKeys.filter { key in Set(runs.map { $0.option(key) }).count > 1 }
    func words(_ run: ComparedRun) -> String {
      keys.map { "\($0) \(run.option($0) ?? "none")" }.joined(separator: ", ")
    }
    let editions = runs.map(edition).uniqued
    let tells =
      Set(runs.map(words)).count == editions.count
      && Set(runs.map { [edition($0), words($0)] }).count == editions.count
    return Dictionary(
      runs.map { (edition($0), tells ? words($0) : "data \(edition($0).prefix(shownDigits))") }
    ) { first, _ in first }
  }

  private static func requireOneLaw(_ runs: [ComparedRun]) throws(ComparisonError) {
    var known: [String: ComparedRun] = [:]
    for run in runs {
      let other = known[run.seed] ?? run
      guard other.option("data-fingerprint") == run.option("data-fingerprint") else {
        throw .otherSamples(other.record.path, run.record.path, data: run.data)
      }
      known[run.seed] = other
    }
  }
}

extension Sequence where Element: Hashable {
  /// The elements in the order in which they come first.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
