import Foundation
import Randomness

extension Curation {
  /// Returns the positions that are kept of samples with these scores, ascending.
  ///
  /// - Parameter stream: Where the verifier's error and its odds come from.
  func kept(_ scores: [Double], using stream: inout RandomStream) -> [Int] {
    let scores = withError(scores, using: &stream)
    switch rule {
    case .top(let share):
      // Of equal scores the first, so that the choice is always the same.
      let ranked = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
      return ranked.prefix(Rule.top(share: share).kept(of: scores.count)).sorted()
    case .best(let size):
      return groups(of: size, scores.count).map { group in
        group.reduce(group.lowerBound) { scores[$1] > scores[$0] ? $1 : $0 }
      }
    case .odds(let size, let strength):
      return groups(of: size, scores.count).map { group in
        let values = group.map { strength * scores[$0] + gumbel(&stream) }
        return group.lowerBound
          + values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
      }
    }
  }

  private func groups(of size: Int, _ count: Int) -> [Range<Int>] {
    (0..<count / size).map { $0 * size..<($0 + 1) * size }
  }

  /// A standard Gumbel number: the largest of scores plus such numbers is chosen with odds that are
  /// the exponentials of the scores.
  private func gumbel(_ stream: inout RandomStream) -> Double {
    -log(-log(stream.uniform()))
  }

  private func withError(_ scores: [Double], using stream: inout RandomStream) -> [Double] {
    guard noise > 0, !scores.isEmpty else { return scores }
    let n = Double(scores.count)
    let mean = scores.reduce(0, +) / n
    let deviation = (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
    return scores.map { $0 + noise * deviation * stream.normal() }
  }
}
