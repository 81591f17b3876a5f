import LinearAlgebra

/// The sums of a kernel over all pairs within and between two sets, by jackknife block: from them come
/// the U- and V-statistics of the two samples, and the same with any block left out.
struct TwoSampleSums: Sendable {
  private let real: PairSums
  private let generated: PairSums
  private let cross: PairSums

  /// Evaluates the kernel for every pair, in tiles.
  ///
  /// - Complexity: O((n + m)² d) time, O(tile) memory a thread.
  init(_ kernel: PairKernel, real: Matrix, generated: Matrix) {
    self =
      Self.sums(
        real: SampleSums([kernel], real), generated: SampleSums([kernel], generated)
      ).0[0]
  }

  private init(real: PairSums, generated: PairSums, cross: PairSums) {
    self.real = real
    self.generated = generated
    self.cross = cross
  }

  /// Adds the sums between two sets to those within them, for each of their kernels: all from one pass
  /// over the pairs.
  ///
  /// - Parameter fold: What else the distances are asked for, if they are among the kernels.
  /// - Returns: The sums of each kernel, and the scores; the samples of these are in an order of their own.
  static func sums(
    real: SampleSums, generated: SampleSums, folding fold: SupportFold = .nothing
  ) -> ([TwoSampleSums], SupportFold.Scores) {
    precondition(real.kernels == generated.kernels, "sums of different kernels")
    let smallest = min(real.samples.rowCount, generated.samples.rowCount)
    let (first, second) = (
      real.dealt(smallestSet: smallest), generated.dealt(smallestSet: smallest)
    )
    let (cross, scores) = PairSums.between(
      real.kernels, first.0, second.0, folding: fold.inOrder(first.0.order))
    let sums = cross.indices.map {
      TwoSampleSums(real: first.1[$0], generated: second.1[$0], cross: cross[$0])
    }
    return (sums, scores)
  }

  /// `E k(x, x') + E k(y, y') - 2 E k(x, y)` over pairs of different samples: the U-statistic.
  var unbiased: Double {
    real.meanOfDifferent() + generated.meanOfDifferent() - 2 * cross.mean()
  }

  /// The same over all pairs, of a kernel that is 0 between equal samples: the V-statistic.
  var biased: Double { real.mean() + generated.mean() - 2 * cross.mean() }

  /// The V-statistic of a Gaussian kernel, which is 1 between equal samples.
  var biasedGaussian: Double {
    let value = biased + 1 / Double(real.count) + 1 / Double(generated.count)
    // Three means of at most 1 leave so much where they cancel.
    return abs(value) < 1e-14 ? 0 : value
  }

  /// The mean between the two sets.
  var crossMean: Double { cross.mean() }

  /// The V-statistic of a distance over twice the mean between the sets, from 0 to 1; `nil` where all samples of
  /// both sets are the same.
  var normalised: Estimate? {
    func share(_ block: Int?) -> Double {
      let between = 2 * cross.mean(leavingOut: block)
      let within = real.mean(leavingOut: block) + generated.mean(leavingOut: block)
      let share = (between - within) / between
      // The means agree to about 1e-15 of their size between equal sets.
      return share < 1e-13 ? 0 : share
    }
    guard cross.mean() > 0 else { return nil }
    let blocks = real.blockCount > 1 ? real.blockCount : 0
    let without = (0..<blocks).map { share($0) }
    return Estimate(
      value: share(nil),
      standardError: blocks > 0 ? Jackknife.standardError(leavingOut: without) : nil)
  }

  /// The jackknife standard error of ``unbiased``; `nil` for fewer than six samples in a set.
  var standardError: Double? {
    guard real.blockCount > 1 else { return nil }
    return Jackknife.standardError(
      leavingOut: (0..<real.blockCount).map { block in
        real.meanOfDifferent(leavingOut: block) + generated.meanOfDifferent(leavingOut: block)
          - 2 * cross.mean(leavingOut: block)
      })
  }
}

/// The sums of kernels over the pairs within one set, which are the same against every other set.
struct SampleSums: Sendable {
  /// The kernels, in the order of the sums.
  let kernels: [PairKernel]

  /// The set.
  let samples: Matrix

  /// The rows by the blocks for a comparison with a set that is no smaller than ten samples or than
  /// this one.
  private let usual: OnDemand<(DealtSamples, [PairSums])>

  /// Prepares the sums, which are computed when they are first needed.
  init(_ kernels: [PairKernel], _ samples: Matrix) {
    self.kernels = kernels
    self.samples = samples
    usual = OnDemand { Self.sums(kernels, samples, smallestSet: samples.rowCount) }
  }

  /// The rows by the blocks for a comparison with so small a set, and the sums.
  fileprivate func dealt(smallestSet: Int) -> (DealtSamples, [PairSums]) {
    if min(smallestSet, Jackknife.blockCount) == min(samples.rowCount, Jackknife.blockCount) {
      return usual.value
    }
    return Self.sums(kernels, samples, smallestSet: smallestSet)
  }

  private static func sums(
    _ kernels: [PairKernel], _ samples: Matrix, smallestSet: Int
  ) -> (DealtSamples, [PairSums]) {
    let dealt = samples.dealt(smallestSet: smallestSet)
    return (dealt, PairSums.within(kernels, dealt))
  }
}
