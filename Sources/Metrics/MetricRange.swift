extension MetricCatalogue {
  /// The values that a metric can have, by its id: what a band or an interval of a normal law is cut to where
  /// it is shown, and what a bound may be.
  public static func range(of id: String) -> ClosedRange<Double> {
    if shares.contains(id) || id.hasPrefix("share:") { return 0...1 }
    return neverNegative.contains(id) ? 0...(.infinity) : -.infinity...(.infinity)
  }

  private static let shares: Set<String> = [
    "precision", "recall", "coverage", "recall_train", "recall_tail", "sparse_recall",
    "symmetric_precision", "symmetric_recall", "improved_precision", "improved_recall",
    "clipped_density", "clipped_coverage", "p_precision", "p_recall", "authpct", "modes_lost",
    "hallucinated_share", "mode_entanglement", "heterozygosity_share", "mode_survival",
    "gamut_share", "clipped_share", "energy_distance_normalised",
  ]

  private static let neverNegative: Set<String> = [
    "frechet_distance", "frechet_distance_mean", "frechet_distance_train", "energy_distance",
    "total_variance", "effective_rank", "participation_ratio", "distinct_nearest", "density",
    "mind", "sliced_wasserstein", "mmd_rbf_v", "cmmd", "kernel_distance_v", "jsd", "ndb",
    "spectrum_distance", "vendi_rbf", "vendi_rbf_q2", "vendi_rbf_qinf", "vendi_cosine",
    "vendi_cosine_q2", "vendi_cosine_qinf", "realism", "sparse_mass", "tail_mass_ratio",
    "memorisation_ratio", "neighbour_ratio", "exact_copies",
  ]
}
