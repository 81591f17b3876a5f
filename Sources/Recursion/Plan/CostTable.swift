/// What the parts of a run cost, measured.
///
/// Each figure is the processor time of one thread on a processor whose double-precision matrix
/// product makes ``referenceRate``; elsewhere ``ProcessorProbe`` scales them all. They are fitted to
/// whole runs: perform runs with `--threads 1 --quiet` over 300 to 4000 samples of 32 and 64 pixels and
/// of vectors, 0 to 5 generations, with and without `--no-control`, and take their processor time from
/// `/usr/bin/time`. The time of a run is a sum of these figures, each times a number that the sizes
/// decide (`RunSize.processorSeconds`), so non-negative least squares of relative errors gives them all
/// at once. To be measured again whenever a phase becomes faster.
struct CostTable: Sendable {
  /// The rate at which the figures were measured, in floating-point operations a second.
  static let referenceRate = 50e9

  /// Starting, dividing, and the pictures of the whole run, in seconds.
  var start = 0.88

  /// Reading a picture, for each number in it at its working size.
  var reading = 105e-9

  /// A generation whatever its size: its pictures, files and fixed-size eigenproblems.
  var generation = 0.032

  /// Each number of a trained or drawn sample: noise, coordinates, levels, sums.
  var number = 113e-9

  /// Each floating-point operation of fits, draws and scores.
  var operation = 8e-12

  /// Each picture's features in the convolution network.
  var picture = 0.29e-3

  /// Each pair of samples that is compared, in each space of 64 dimensions.
  var pair = 9.5e-9

  /// Each cubed sample of the eigenproblem of the Vendi score, at most 1000 samples.
  var eigen = 0.1e-9

  /// Each number of a sample that a law draws.
  var law = 300e-9

  /// What is measured of this program.
  static let measured = CostTable()
}
