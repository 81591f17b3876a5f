/// What plays the part of the real law in a run.
public enum Truth: String, CaseIterable, Sendable {
  /// The data that the run was given.
  case data

  /// The model fitted to the data in generation 0: the realisable twin, in which every generation can
  /// represent the real law exactly, fresh real samples never end, and densities are known.
  case model
}

extension RunConfiguration {
  /// Whether a realisable twin takes part.
  ///
  /// It takes one model, whose samples have no classes.
  var hasTwin: Bool { truth == .model || errorBudget }

  /// The option that asks for it.
  var twinOption: String { truth == .model ? "--truth model" : "--error-budget" }
}
