import LinearAlgebra
import Metrics
import Samples

/// What a reference was made of, so that a refusal can say what differs.
struct ReferenceOrigin {
  /// One set of samples.
  struct Samples: Equatable {
    /// How many there are, and of which kind.
    let words: String

    /// ``MeasuredData/fingerprint``.
    let fingerprint: String

    init(_ data: MeasuredData) {
      words = data.words
      fingerprint = data.fingerprint
    }

    fileprivate init?(_ metadata: [String: String], _ key: String) {
      guard let words = metadata[key], let fingerprint = metadata[Self.fingerprintKey(key)] else {
        return nil
      }
      self.words = words
      self.fingerprint = fingerprint
    }

    fileprivate var areRows: Bool { words.contains(MeasuredData.rowsOf) }

    fileprivate static func fingerprintKey(_ key: String) -> String { "\(key)_sha256" }
  }

  private let real: Samples?
  private let train: Samples?

  /// ``MeasureSettings/words``.
  private let settings: String

  private static let keys = (real: "real", train: "train", settings: "settings")

  init(real: MeasuredData, train: MeasuredData?, settings: MeasureSettings) {
    self.real = Samples(real)
    self.train = train.map(Samples.init)
    self.settings = settings.words
  }

  /// Reads what a file says of it.
  init(_ metadata: [String: String]) {
    real = Samples(metadata, Self.keys.real)
    train = Samples(metadata, Self.keys.train)
    settings = metadata[Self.keys.settings] ?? ""
  }

  /// What a file says of it.
  var metadata: [String: String] {
    var metadata = [Self.keys.settings: settings]
    for (key, samples) in [(Self.keys.real, real), (Self.keys.train, train)] {
      metadata[key] = samples?.words
      metadata[Samples.fingerprintKey(key)] = samples?.fingerprint
    }
    return metadata
  }

  /// What is not the same here, in words that follow "with".
  func differences(here: ReferenceOrigin) -> [String] {
    var differences: [String] = []
    if real != here.real { differences.append(Self.change(real, here.real, "real set")) }
    switch (train, here.train) {
    case (nil, .some): differences.append("no training set, and here --train is given")
    case (.some, nil): differences.append("a training set, and here --train is missing")
    case (let there, let here) where there != here:
      differences.append(Self.change(there, here, "training set"))
    default: break
    }
    let changed = zip(settings.split(separator: " "), here.settings.split(separator: " "))
      .filter { $0 != $1 }.map { "\($0) there, \($1) here" }
    if !changed.isEmpty {
      differences.append("other settings (\(changed.joined(separator: "; ")))")
    }
    return differences
  }

  private static func change(_ there: Samples?, _ here: Samples?, _ name: String) -> String {
    guard let there, let here else { return "another \(name)" }
    guard there.words == here.words else {
      return "another \(name) (\(there.words), there; \(here.words), here)"
    }
    // Files of rows are known by their bytes, and another layout of the same rows is no other set.
    let changed = there.areRows ? "file as the \(name)" : name
    return "another \(changed) (\(there.words), there and here)"
  }
}

extension MeasuredData {
  fileprivate static let rowsOf = " rows of "

  /// The samples in words.
  fileprivate var words: String {
    switch content {
    case .pictures(let samples):
      let kind = samples.shape.map { " of \(Self.extents($0)) \(Self.colourAlone($0.channels))" }
      return "\(count) pictures\(kind ?? "")"
    case .vectors(let rows):
      let type = numberType.map { ", \($0)" }
      return "\(count)\(Self.rowsOf)\(rows.columnCount) numbers\(type ?? "")"
    }
  }
}
