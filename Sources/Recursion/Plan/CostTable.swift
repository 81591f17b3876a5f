/// What the parts of a run cost, measured.
///
/// Each figure is the processor time of one thread on a processor whose double-precision matrix
/// product makes ``referenceRate``; elsewhere ``ProcessorProbe`` scales them all. The time of a run is a
/// sum of these figures, each times a number that its sizes decide (``RunPlan/processorSeconds(_:)``), so
/// non-negative least squares over whole runs gives them all at once:
/// `GENLOSS_BENCHMARKS=1 swift run -c release benchmarks costs` performs the runs, prints the figures,
/// and how far each run is from what they foretell. To be measured again whenever a phase becomes
/// faster.
package struct CostTable: Sendable {
  /// The rate at which the figures were measured, in floating-point operations a second.
  package static let referenceRate = 50e9

  /// Starting, dividing, and the pictures of the whole run, in seconds.
  package var start = 0.52

  /// Reading a picture, for each number in it at its working size.
  package var reading = 32e-9

  /// A generation whatever its size: its pictures, files and fixed-size eigenproblems.
  package var generation = 0.011

  /// Each number of a trained or drawn sample: noise, coordinates, levels, sums.
  package var number = 39e-9

  /// Each floating-point operation of fits, draws and scores.
  package var operation = 22.7e-12

  /// Each picture's features in the convolution network.
  package var picture = 0.40e-3

  /// Each pair of samples that is compared, in each space of 64 dimensions.
  package var pair = 5.7e-9

  /// Each cubed sample of the eigenproblem of the Vendi score, at most 500 samples.
  package var eigen = 0.161e-9

  /// Each number of a sample that a law draws.
  package var law = 196e-9

  /// Creates the table as it was measured.
  package init() {}

  /// What is measured of this program.
  package static let measured = CostTable()

  /// The figures by their names.
  package static var figures: [(name: String, path: WritableKeyPath<CostTable, Double>)] {
    [
      ("start", \.start), ("reading", \.reading), ("generation", \.generation),
      ("number", \.number), ("operation", \.operation), ("picture", \.picture),
      ("pair", \.pair), ("eigen", \.eigen), ("law", \.law),
    ]
  }
}
