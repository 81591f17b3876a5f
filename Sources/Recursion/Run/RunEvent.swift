public import Metrics
public import SystemPackage

/// What a run tells whoever watches it.
public enum RunEvent: Sendable {
  /// The data is divided: what generation 0 trains on, what it is measured against.
  case prepared(training: Int, heldOut: Int, features: Int, note: String)

  /// Bands of the metrics between real sets are being computed, once.
  case computingNullBands

  /// Another process computes what this run needs, too.
  case waiting

  /// A stored run continues after this generation.
  case resuming(after: Int)

  /// A generation is whole on the disk.
  case finished(generation: Int, of: Int, isControl: Bool, measurements: [MetricValue])

  /// A generation of a realisable twin is whole on the disk.
  case twinFinished(generation: Int, of: Int, carry: Carry, measurements: [MetricValue])

  /// The pictures of the whole run are being drawn.
  case drawing

  /// Something a user should know.
  case warning(String)
}

/// What a finished run leaves.
public struct RunSummary: Sendable {
  /// The run folder.
  public let folder: FilePath

  /// What titles say.
  public let title: RunTitle

  /// The measurements of every generation.
  public let generations: [[MetricValue]]

  /// The measurements of the control loop; empty without one.
  public let control: [[MetricValue]]

  /// The files of the pictures, within the folder.
  public let pictures: [String]

  /// What the brake did; `nil` if nothing.
  public let braking: Braking?

  /// How many generations were there already when this command began.
  public let resumedGenerations: Int
}
