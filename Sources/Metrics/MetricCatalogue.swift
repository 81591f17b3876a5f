/// The metrics by id, in words: what each is, which way is better, and what it cannot see.
public enum MetricCatalogue {
  /// One metric.
  public struct Entry: Equatable, Sendable {
    /// The id in `metrics.csv`; the suffixes `_train` and `_previous` name another reference.
    public let id: String

    /// What it is, in a sentence.
    public let summary: String

    /// Which way collapse moves it.
    public let direction: String

    /// What it is blind to, or how it misleads; empty if nothing is known.
    public let caution: String

    /// The paper.
    public let source: String
  }

  /// All metrics, in the order in which a run lists them.
  public static let entries: [Entry] = [
    Entry(
      id: "frechet_distance",
      summary:
        "squared Fréchet distance of Gaussians fitted to features, |m1-m2|^2 + tr(S1+S2-2(S1 S2)^1/2)",
      direction: "rises", caution: "has a floor of C(1/N+1/M): read it against its null band",
      source: "Heusel et al. 2017"),
    Entry(
      id: "kernel_distance",
      summary: "squared MMD with the kernel (x.y/d+1)^3, unbiased; may be negative",
      direction: "rises", caution: "weak on loss of spread", source: "Binkowski et al. 2018"),
    Entry(
      id: "energy_distance", summary: "2E|x-y| - E|x-x'| - E|y-y'|, V-statistic",
      direction: "rises", caution: "", source: "Székely and Rizzo 2013"),
    Entry(
      id: "precision", summary: "share of generated samples inside a real 5-neighbour ball",
      direction: "either way",
      caution: "flatters: a model that lost most of its modes may keep it",
      source: "Kynkäänniemi et al. 2019; Naeem et al. 2020"),
    Entry(
      id: "recall", summary: "share of real samples inside a generated 5-neighbour ball",
      direction: "falls", caution: "", source: "Kynkäänniemi et al. 2019"),
    Entry(
      id: "density", summary: "real 5-neighbour balls around a generated sample, divided by 5",
      direction: "rises", caution: "flatters: it grows while a model shrinks",
      source: "Naeem et al. 2020"),
    Entry(
      id: "coverage", summary: "share of real samples whose 5-neighbour ball holds a generated one",
      direction: "stays", caution: "flatters: blind to shrinking", source: "Naeem et al. 2020"),
    Entry(
      id: "total_variance", summary: "trace of the covariance of generated features",
      direction: "falls", caution: "", source: ""),
    Entry(
      id: "effective_rank", summary: "exp of the entropy of the covariance spectrum",
      direction: "falls", caution: "", source: "Roy and Vetterli 2007"),
    Entry(
      id: "vendi_rbf",
      summary: "exp of the entropy of the kernel's eigenvalues, RBF with the real median distance",
      direction: "falls", caution: "", source: "Friedman and Dieng 2023"),
    Entry(
      id: "distinct_nearest",
      summary: "distinct real training samples that are nearest to some generated sample",
      direction: "falls", caution: "depends on the number of samples drawn", source: ""),
    Entry(
      id: "memorisation_ratio",
      summary: "mean nearest distance sample to training set over held-out to training set",
      direction: "either way",
      caution:
        "below 1: closer to the training set than real data is; rises as samples leave its support",
      source: "after Meehan et al. 2020"),
    Entry(
      id: "share:CLASS", summary: "share of samples nearest to the mean of a real class",
      direction: "drifts", caution: "the expected share stays; its spread over seeds grows",
      source: ""),
    Entry(
      id: "living_components",
      summary: "mixture components with a weight above a tenth of 1/K", direction: "stays or falls",
      caution: "a cold start keeps all alive, whatever was lost: count modes by distinct_nearest",
      source: ""),
    Entry(
      id: "bits_per_dim",
      summary: "bits a held-out value needs under the model (with _train: a training value)",
      direction: "rises", caution: "likelihood and looks disagree: read both",
      source: "Theis et al. 2016"),
    Entry(
      id: "trace_model_pool",
      summary: "variance of the model over that of its training set: what the fit loses",
      direction: "1 is honest", caution: "", source: ""),
    Entry(
      id: "trace_drawn_model", summary: "variance of the drawn samples over the model's",
      direction: "1 up to sampling noise", caution: "", source: ""),
    Entry(
      id: "trace_carried_drawn",
      summary: "variance of the carried samples over the drawn: what clipping and rounding take",
      direction: "below 1 where the carry clips", caution: "", source: ""),
    Entry(
      id: "gamut_share", summary: "share of drawn channel values outside 0 to 255",
      direction: "-", caution: "", source: ""),
    Entry(
      id: "clipped_share", summary: "share of carried channel values at 0 or 255",
      direction: "-", caution: "white backgrounds count too", source: ""),
  ]
}
