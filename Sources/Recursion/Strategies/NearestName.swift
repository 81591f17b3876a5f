/// The name a user most likely meant.
public enum NearestName {
  /// Returns the names at the smallest edit distance from what was typed, if that is small enough to
  /// be a slip of the hand: at most a third of the letters, and at most 3; and a name of which three
  /// letters or more were typed.
  ///
  /// Several names can be equally near; who asks shows them all.
  public static func all(_ typed: String, among names: [String]) -> [String] {
    let distances = names.map { ($0, editDistance(Array(typed.utf8), Array($0.utf8))) }
    guard let least = distances.map(\.1).min() else { return [] }
    let nearest = distances.filter { $0.1 == least }.map(\.0)
    if least <= min(3, max(1, typed.utf8.count / 3)) { return nearest }
    return typed.utf8.count >= 3 ? names.filter { $0.hasPrefix(typed) } : []
  }

  /// Returns ` Did you mean "a"?`, with all names that are equally near; nothing if none is near.
  public static func question(_ typed: String, among names: [String]) -> String {
    let names = all(typed, among: names).map { "\"\($0)\"" }
    guard let last = names.last else { return "" }
    let others = names.dropLast().joined(separator: ", ")
    return " Did you mean \(others.isEmpty ? "" : others + " or ")\(last)?"
  }

  /// The insertions, deletions, substitutions and swaps of neighbours that turn one word into
  /// another (optimal string alignment).
  static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [[Int]](
      repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    for i in 1...a.count {
      for j in 1...b.count {
        let substitution = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        rows[i][j] = min(substitution, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
