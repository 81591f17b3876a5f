import ArgumentParser
import Metrics
import Recursion

/// Which real samples are for what.
struct DivisionOptions: ParsableArguments {
  @Option(
    name: .long, help: "Share of the data held out to measure against (default: 0.2).",
    transform: WrittenNumber.real)
  var holdout = 0.2

  @Option(
    name: .long, help: "Share of the data that feature spaces are fitted on (default: 0.1).",
    transform: WrittenNumber.real)
  var featureShare = 0.1

  @Option(
    name: .long, help: "pictures (stratified by class) or folders (whole folders on one side).")
  var split = RealParts.Unit.pictures

  @Option(
    name: .long, help: "Refuse data with another fingerprint than this one from a run.json.")
  var dataFingerprint: String?

  /// Refuses other data than those that a configuration was written for.
  func requireFingerprint(of data: RealData) throws(RecursionError) {
    guard let dataFingerprint, dataFingerprint != data.fingerprint else { return }
    throw .unusableData(
      name: data.name,
      reason: "its fingerprint is \(data.fingerprint), and \(dataFingerprint) was asked for. "
        + "The data or the options that read them have changed; leave --data-fingerprint out to run "
        + "all the same.")
  }
}
