import Studies

extension StudyPlan {
  /// The values of options that never tell cells apart which are alike in everything else.
  ///
  /// Values that tell some cells apart, such as components beside generators with and without any, are
  /// none of them.
  static func repetitions(
    among cells: [(cell: StudyCell, identity: String)]
  ) -> [Repetition] {
    var keys: [String] = []
    for setting in cells.flatMap(\.cell.settings) where !keys.contains(setting.key) {
      keys.append(setting.key)
    }
    return keys.flatMap { key -> [Repetition] in
      // The values of cells that differ in this option alone, with what they come to.
      var groups: [[String]: [(text: String, identity: String)]] = [:]
      for (cell, identity) in cells {
        guard let text = cell.text(of: key) else { continue }
        let others = cell.settings.filter { $0.key != key }.map { "\($0.key)=\($0.value.text)" }
        groups[others.sorted(), default: []].append((text, identity))
      }
      var found: [Repetition] = []
      for (_, group) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        var first: [String: String] = [:]
        for (text, identity) in group {
          guard let earlier = first[identity] else {
            first[identity] = text
            continue
          }
          let repetition = Repetition(key: key, first: earlier, second: text)
          if !found.contains(repetition) { found.append(repetition) }
        }
      }
      return found.filter { repetition in
        groups.values.allSatisfy { group in
          let one = group.first { $0.text == repetition.first }?.identity
          let other = group.first { $0.text == repetition.second }?.identity
          return one == nil || other == nil || one == other
        }
      }
    }
  }
}
