/// Returns p-values corrected for their number by Holm's step-down procedure: to reject where the
/// corrected value is below `α` wrongly rejects anything with a probability of at most `α`, however the
/// tests depend on each other.
///
/// - Note: Holm, Scand. J. Stat. 6 (1979) 65–70.
///
/// - Parameter pValues: One a test; what is not a number counts as 1.
/// - Returns: As many, in the same order, from 0 to 1.
package func holmCorrected(_ pValues: [Double]) -> [Double] {
  let values = pValues.map { $0.isNaN ? 1 : $0 }
  let ranked = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  var corrected = values
  var largest = 0.0
  for (rank, index) in ranked.enumerated() {
    largest = max(largest, min(1, values[index] * Double(values.count - rank)))
    corrected[index] = largest
  }
  return corrected
}
