import LinearAlgebra

/// The moments of a set and what their error bars need, without the rest of its samples: what a set leaves
/// to comparisons with later ones.
struct SetMoments: Sendable {
  /// Mean and covariance.
  let statistics: SampleStatistics

  private let lazyRows: OnDemand<Matrix>
  private let blocks: OnDemand<Result<JackknifeMoments?, MetricsError>>

  /// Computes the moments.
  ///
  /// - Throws: ``MetricsError`` for fewer than two samples and for entries that are not finite.
  init(of features: RowSource, as role: SampleRole) throws(MetricsError) {
    let statistics = try SampleStatistics(of: features, as: role)
    self.statistics = statistics
    lazyRows = OnDemand {
      features.thinnedForPairs(
        to: GaussianTransport.influentialSamples(dimension: statistics.dimension))
    }
    blocks = OnDemand {
      Result { () throws(MetricsError) in
        try JackknifeMoments(of: features, smallestSet: features.rowCount)
      }
    }
  }

  /// The number of samples.
  var count: Int { statistics.count }

  /// The samples whose influences on a distance are computed.
  var rows: Matrix { lazyRows.value }

  /// One standard error of the covariance's trace, from the influences of ``rows``; `nil` where these are too
  /// few.
  var standardErrorOfTrace: Double? {
    let norms = rows.squaredRowNorms(about: rows.stableColumnMeans())
    return standardErrorOfMean(norms).map {
      $0 * (Double(norms.count) / Double(count)).squareRoot()
    }
  }

  /// The moments without each jackknife block, in as many blocks as a comparison with so small a set has;
  /// `nil` where there can be no jackknife.
  func leavingOut(smallestSet: Int) throws(MetricsError) -> JackknifeMoments? {
    // Fewer than ten samples on the other side decide the error: ``rows`` stand for all on this one.
    min(smallestSet, Jackknife.blockCount) == min(count, Jackknife.blockCount)
      ? try blocks.value.get() : try JackknifeMoments(of: rows, smallestSet: smallestSet)
  }

  /// Computes what error bars need, so that the samples are not kept for it.
  func settle() {
    _ = rows
    _ = blocks.value
  }
}
