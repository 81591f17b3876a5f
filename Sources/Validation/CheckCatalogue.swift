/// All predictions that are checked, in the order of the theory.
public enum CheckCatalogue {
  /// The checks.
  public static let checks: [Check] =
    ConservationChecks.all.filter { $0.id == "0.1" } + ReplaceChecks.all.filter { $0.id != "A21" }
    + CovarianceChecks.all.filter { $0.id != "A22" } + ReplaceChecks.all.filter { $0.id == "A21" }
    + CovarianceChecks.all.filter { $0.id == "A22" } + BiasChecks.all + AccumulateChecks.all
    + RealDataChecks.all + ModeChecks.all + ImplementationChecks.all
    + ConservationChecks.all.filter { $0.id != "0.1" } + MetricChecks.all + EffectiveSizeChecks.all
    + CurationChecks.all
}
