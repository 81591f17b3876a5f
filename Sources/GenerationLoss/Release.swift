@_exported public import ExternalGenerators
@_exported public import Generators
@_exported public import Images
@_exported public import Metrics
@_exported public import Recursion
@_exported public import Samples
@_exported public import Sprites

/// Facts about this library.
public enum Release {
  /// The version, as `run.json` records it.
  public static let version = "0.1.0"
}
