// The words of each metric. Switches, not tables: a metric without words does not compile.

extension Metric {
  /// The metric in words.
  var entry: MetricCatalogue.Entry {
    switch self {
    case .frechetDistance:
      entry(
        "squared Fréchet distance of Gaussians fitted to features, "
          + "|m1-m2|^2 + tr(S1+S2-2(S1 S2)^1/2)",
        collapse: "rises", caution: "has a floor of C(1/N+1/M): read it against its null band",
        source: "Heusel et al. 2017")
    case .frechetDistanceMean:
      entry("its part from the means, |m1-m2|^2", collapse: "rises")
    case .frechetDistanceTraceReal:
      entry("its part from the real samples, tr S1", collapse: "")
    case .frechetDistanceTraceGenerated:
      entry("its part from the generated samples, tr S2", collapse: "falls")
    case .frechetDistanceCross:
      entry("tr (S1 S2)^1/2, which enters it with the factor -2", collapse: "falls")
    case .kernelDistance:
      entry(
        "squared MMD with the kernel (x.y/d+1)^3, unbiased; may be negative", collapse: "rises",
        caution: "weak on loss of spread", source: "Binkowski et al. 2018")
    case .energyDistance:
      entry(
        "2E|x-y| - E|x-x'| - E|y-y'|, V-statistic", collapse: "rises",
        source: "Székely and Rizzo 2013")
    case .precision:
      entry(
        "share of generated samples inside a real 5-neighbour ball", collapse: "either way",
        caution: "flatters: a model that lost most of its modes may keep it",
        source: "Kynkäänniemi et al. 2019; Naeem et al. 2020")
    case .recall:
      entry(
        "share of real samples inside a generated 5-neighbour ball", collapse: "falls",
        source: "Kynkäänniemi et al. 2019")
    case .density:
      entry(
        "real 5-neighbour balls around a generated sample, divided by 5", collapse: "rises",
        caution: "flatters: it grows while a model shrinks", source: "Naeem et al. 2020")
    case .coverage:
      entry(
        "share of real samples whose 5-neighbour ball holds a generated one", collapse: "stays",
        caution: "flatters: blind to shrinking", source: "Naeem et al. 2020")
    case .totalVariance:
      entry("trace of the covariance of generated features", collapse: "falls")
    case .effectiveRank:
      entry(
        "exp of the entropy of the covariance spectrum", collapse: "falls",
        source: "Roy and Vetterli 2007")
    case .participationRatio:
      entry(
        "(sum of eigenvalues)^2 over the sum of their squares, of the covariance spectrum",
        collapse: "falls", caution: "falls long before the variance does")
    case .meanLogEigenvalue:
      entry(
        "mean of ln eigenvalue of the covariance: the typical direction's variance, in logs",
        collapse: "falls", caution: "missing where there are no more samples than dimensions")
    case .vendiRBF:
      entry(
        "exp of the entropy of the kernel's eigenvalues, RBF with the real median distance",
        collapse: "falls", source: "Friedman and Dieng 2023")
    case .distinctNearest:
      entry(
        "distinct real training samples that are nearest to some generated sample",
        collapse: "falls", caution: "depends on the number of samples drawn")
    case .frechetDistanceTrain:
      entry("frechet_distance to the real training samples", collapse: "rises")
    case .precisionTrain:
      entry("precision against the real training samples", collapse: "either way")
    case .recallTrain: entry("recall of the real training samples", collapse: "falls")
    case .frechetDistancePrevious:
      entry(
        "frechet_distance to the previous generation", collapse: "falls",
        caution: "each copy is faithful to the last: small is no good sign")
    case .memorisationRatio:
      entry(
        "mean nearest distance sample to training set over held-out to training set",
        collapse: "either way",
        caution: "below 1: closer to the training set than real data is; rises as samples leave "
          + "its support",
        source: "after Meehan et al. 2020")
    }
  }
}

extension MeasuredMetric {
  /// A metric that is computed as `genloss measure` does, in words.
  var entry: MetricCatalogue.Entry {
    MetricCatalogue.Entry(
      rawValue, words.formula, collapse: underCollapse.word,
      caution: "blind to \(words.blindTo)", source: words.source)
  }
}

extension ModeMetric {
  /// The number in words.
  var entry: MetricCatalogue.Entry {
    switch self {
    case .modesLost:
      entry(
        "share of the bins of real samples (k-means of the feature part) that hold less than a tenth "
          + "of their real mass",
        collapse: "rises")
    case .modesJudged:
      entry(
        "the bins that modes_lost counts: those in which at least ten generated samples are expected",
        collapse: "")
    case .modeEntanglement:
      entry(
        "mean of 1 - largest posterior under a linear discriminant of real classes (or bins): how far "
          + "samples lie between modes",
        collapse: "rises or falls",
        caution: "rises where modes mix, falls where samples shrink to the means")
    }
  }
}

extension ModelMetric {
  /// The number in words.
  var entry: MetricCatalogue.Entry {
    switch self {
    case .trainingRowsReal: entry("real samples that the model was fitted to", collapse: "")
    case .trainingRowsSynthetic:
      entry("synthetic samples that the model was fitted to", collapse: "")
    case .traceModelPool:
      entry(
        "variance of the model over that of its training set: what the fit loses",
        collapse: "1 is honest")
    case .traceDrawnModel:
      entry(
        "variance of the drawn samples over the model's", collapse: "1 up to sampling noise")
    case .traceCarriedDrawn:
      entry(
        "variance of the carried samples over the drawn: what clipping and rounding take",
        collapse: "below 1 where the carry clips")
    case .traceDrawnPoolLevels:
      entry(
        "variance of the drawn samples over that of the training set, in levels of pixels",
        collapse: "1 up to sampling noise")
    case .traceCarriedDrawnLevels:
      entry(
        "trace_carried_drawn in levels of pixels", collapse: "below 1 where the carry clips")
    case .gamutShare: entry("share of drawn channel values outside 0 to 255", collapse: "")
    case .clippedShare:
      entry(
        "share of carried channel values at 0 or 255", collapse: "",
        caution: "white backgrounds count too")
    case .livingComponents:
      entry(
        "mixture components with a weight above a tenth of 1/K", collapse: "stays or falls",
        caution: "a cold start keeps all alive, whatever was lost: count modes by "
          + "distinct_nearest")
    case .bitsPerDimension:
      entry(
        "bits a held-out value needs under the model", collapse: "rises",
        caution: "likelihood and looks disagree: read both", source: "Theis et al. 2016")
    case .bitsPerDimensionTrain:
      entry("bits a value of the training set needs under the model", collapse: "rises")
    case .divergence:
      entry(
        "Kullback-Leibler divergence of the drawn law from the real one, nats per sample",
        collapse: "rises", caution: "needs --truth model: the density of real data is not known")
    case .bitsPerDimensionBaseline:
      entry(
        "bits a held-out value needs under one isotropic Gaussian fitted to the real training set: a "
          + "model no better is of no use (generation 0 only)",
        collapse: "")
    case .bitsPerDimensionChange:
      entry(
        "bits_per_dim minus that of generation 0, sample by sample, so that the error bar is that of "
          + "the difference",
        collapse: "rises")
    case .tailLogRatio:
      entry(
        "mean of ln p_g - ln p_0 over the tenth of held-out samples that generation 0's model finds "
          + "least likely",
        collapse: "falls")
    case .tailMassRatio:
      entry(
        "share of carried samples in generation 0's tail (between its real 0.1 % and 10 % quantiles of "
          + "log-density), over 10 %",
        collapse: "falls", caution: "may rise first where samples drift")
    case .hallucinatedShare:
      entry(
        "share of carried samples below the real 0.1 % quantile of generation 0's log-density",
        collapse: "rises", caution: "likely is not plausible: read precision beside it")
    case .brake:
      entry(
        "the real share of training sets from the next generation on, where --brake raised it; the "
          + "note says why, or that the run was stopped",
        collapse: "")
    }
  }
}

extension ErrorPart {
  /// The part in words.
  var entry: MetricCatalogue.Entry {
    switch self {
    case .floor:
      entry(
        "Fréchet distance between finite sets of one law: the floor of the measurement",
        collapse: "stays")
    case .statistical:
      entry(
        "Fréchet distance of the twin above the floor: what finite training sets cost",
        collapse: "rises", caution: "needs --error-budget or --truth model")
    case .carry:
      entry(
        "what rounding, clipping or JPEG between generations adds to it", collapse: "either way",
        caution: "needs --error-budget")
    case .functional:
      entry(
        "what the data add to their twin: the model cannot represent the real law",
        collapse: "either way", caution: "needs --error-budget")
    }
  }
}

extension PredictedMetric {
  /// The number in words.
  var entry: MetricCatalogue.Entry {
    switch self {
    case .heterozygosityShare:
      entry(
        "expected 1 - sum of p^2 over the shares p of modes, over the real one, by theory",
        collapse: "falls")
    case .modeSurvival:
      entry(
        "probability that a mode of 1 % of the real law is still trained on, by theory",
        collapse: "falls")
    }
  }
}

extension RawRepresentable<String> {
  fileprivate func entry(
    _ summary: String, collapse direction: String, caution: String = "", source: String = ""
  ) -> MetricCatalogue.Entry {
    MetricCatalogue.Entry(
      rawValue, summary, collapse: direction, caution: caution, source: source)
  }
}
