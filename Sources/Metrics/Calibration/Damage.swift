/// A known damage that is planted in real data, to see which metrics find it.
///
/// A strength s between 0 and 1 says how much.
public enum Damage: String, CaseIterable, Codable, Sendable {
  /// A share s of the modes is missing.
  case modes
  /// The share s of the samples that lie farthest from others is missing.
  case tails
  /// A share s of the samples is a copy of another one.
  case duplicates
  /// Every sample is moved towards the mean by the share s of its distance.
  case shrink
  /// Every picture is the share s of the way to a blurred one.
  case blur
  /// White noise of s times the standard deviation of the data.
  case noise
  /// JPEG of the quality 100 (1 - s).
  case jpeg

  /// What it does, in words.
  public var summary: String {
    switch self {
    case .modes: "a share of the modes is missing"
    case .tails: "the samples farthest from others are missing"
    case .duplicates: "samples are copies of others"
    case .shrink: "samples are moved towards the mean"
    case .blur: "pictures are mixed with blurred ones"
    case .noise: "white noise"
    case .jpeg: "JPEG compression"
    }
  }

  /// Whether it is a choice of samples, which are left as they are.
  public var isChoice: Bool {
    switch self {
    case .modes, .tails, .duplicates: true
    case .shrink, .blur, .noise, .jpeg: false
    }
  }

  /// Whether it is one of pictures alone.
  public var needsPictures: Bool { self == .blur || self == .jpeg }
}
