/// A number about the modes of the real samples, by its id in `metrics.csv`.
///
/// They are measured in the space that has the classes. The order of the cases is that of the output.
public enum ModeMetric: String, CaseIterable, Sendable {
  case modesLost = "modes_lost"
  case modesJudged = "modes_judged"
  case modeEntanglement = "mode_entanglement"
}
