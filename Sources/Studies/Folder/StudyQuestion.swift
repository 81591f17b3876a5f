import Storage

/// What the runs of a study's folder are there for.
public enum StudyQuestion: Equatable, Sendable {
  /// A study's file, which may change.
  case study
  /// A claim, by its name.
  case claim(String)
  /// The smallest value of an axis that keeps a bound, on these data: any number of bounds.
  case threshold(data: String, axis: String)

  /// What it is called in a sentence.
  var words: String {
    switch self {
    case .study: "a study"
    case .claim(let name): "the claim \(name)"
    case .threshold(let data, let axis): "thresholds of \(data) over \(axis)"
    }
  }

  private static let claimKey = "claim"
  private static let thresholdKey = "threshold"
  private static let axisKey = "over"

  /// The question as `study.json` holds it; `nil` for a study, which needs no word.
  var json: JSONValue? {
    switch self {
    case .study: nil
    case .claim(let name): [Self.claimKey: .string(name)]
    case .threshold(let data, let axis):
      [Self.thresholdKey: .string(data), Self.axisKey: .string(axis)]
    }
  }

  init(_ json: JSONValue?) {
    if let name = json?[Self.claimKey]?.string {
      self = .claim(name)
    } else if let data = json?[Self.thresholdKey]?.string, let axis = json?[Self.axisKey]?.string {
      self = .threshold(data: data, axis: axis)
    } else {
      self = .study
    }
  }
}

extension StudyFolder {
  /// Refuses a folder whose runs are there for something else, with which others would be mixed.
  ///
  /// A claim is a study with a verdict, and goes on with the runs of its own file. Data that are named in
  /// another way are known by what they hold. A list of before questions were written is one of thresholds if
  /// its cells tell what the data hold, as those of studies never do.
  ///
  /// - Parameter cells: Cells of the question.
  /// - Throws: ``StudyError/otherQuestion(_:held:)``, or ``StudyError/newerSchema(_:version:)``.
  public func require(_ question: StudyQuestion, of cells: [PlannedCell]) throws {
    guard let (held, listed) = try heldQuestion(), !listed.isEmpty, held != question else { return }
    let own = cells.map(Listed.init)
    func isShared<Key: Hashable>(_ key: (Listed) -> Key?) -> Bool {
      !Set(listed.compactMap(key)).isDisjoint(with: own.compactMap(key))
    }
    let isOwn =
      switch (held, question) {
      case (.claim, .study): true
      case (.study, .claim): isShared(\.name)
      case (.study, .threshold): isShared(\.fingerprint) && isShared(\.name)
      case (.threshold(_, let axis), .threshold(_, let other)):
        axis == other && isShared(\.fingerprint)
      default: false
      }
    guard isOwn else { throw StudyError.otherQuestion(path, held: held.words) }
  }
}
