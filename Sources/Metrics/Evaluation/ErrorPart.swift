/// A part of a generation's Fréchet distance by its cause, by its id in `metrics.csv`.
///
/// They stand there in the leading feature space and add up to the distance. The order of the cases is
/// that of the output.
public enum ErrorPart: String, CaseIterable, Sendable {
  /// What finitely many samples measure where nothing is wrong.
  case floor = "error_floor"
  /// What the finite training sets of the loop cost where the model can represent the real law.
  case statistical = "error_statistical"
  /// What rounding, clipping or compression between generations adds.
  case carry = "error_carry"
  /// What is left: the model cannot represent the data's law.
  case functional = "error_functional"
}
