import Randomness
public import Samples

/// Three disjoint parts of the real samples: what generators learn from, what they are judged against,
/// and what the judge's own scales are fitted to.
///
/// A distance to samples that the generator has seen rewards copying, and a feature space fitted to the
/// samples it compares is not the same for both sides: hence three parts, as index sets.
public struct RealParts: Equatable, Sendable {
  /// What must not be torn apart by the split.
  public enum Unit: String, CaseIterable, Codable, Sendable {
    /// Single pictures: every class has its share in every part.
    case pictures
    /// Whole classes, where a folder is a person or a place that must not be on two sides.
    case folders
  }

  /// Fewer samples than this do not fix scales and principal components.
  public static let smallestFeaturePart = 20

  /// The samples that generators are fitted to, ascending.
  public let train: [Int]

  /// The samples that no generator sees, ascending: the reference of every headline number.
  public let heldOut: [Int]

  /// The samples that feature spaces are fitted to, ascending; all others where there are too few.
  public let features: [Int]

  /// What a reader of the numbers must know about the parts; `nil` if nothing.
  public let note: String?

  /// Splits samples into three disjoint parts.
  ///
  /// By pictures, the number of each class in each part differs from its share by less than one. By
  /// folders, each class goes to the part that lacks most, in random order. Where the feature part
  /// would hold fewer than ``smallestFeaturePart`` samples, they go to the training part, the spaces
  /// are fitted to the training and held-out parts together, and ``note`` says so.
  ///
  /// - Parameters:
  ///   - samples: All real samples; without classes they form one.
  ///   - holdout: The share of the held-out part, between 0 and 1.
  ///   - featureShare: The share of the feature part; at least 0 and, with `holdout`, below 1.
  ///   - unit: What stays together.
  ///   - seed: Decides who goes where, from streams of its own.
  /// - Throws: ``RealPartsError`` with what is needed.
  public static func split(
    _ samples: SampleSet, holdout: Double = 0.2, featureShare: Double = 0.1,
    by unit: Unit = .pictures, seed: UInt64
  ) throws(RealPartsError) -> RealParts {
    guard holdout > 0, holdout < 1 else { throw .shareOutOfRange("--holdout", holdout) }
    guard featureShare >= 0, featureShare < 1 else {
      throw .shareOutOfRange("--feature-share", featureShare)
    }
    guard holdout + featureShare < 1 else { throw .nothingToTrainOn(holdout, featureShare) }
    let classes = members(of: samples)
    switch unit {
    case .pictures:
      guard samples.count >= 4 else { throw .tooFewSamples(found: samples.count) }
    case .folders:
      let found = samples.labels == nil ? 0 : classes.count
      guard found >= 3 else { throw .tooFewFolders(found: found) }
    }
    let assign = { (featureShare: Double) throws(RealPartsError) -> RealParts in
      let shares = Shares(holdout: holdout, features: featureShare)
      switch unit {
      case .pictures: return stratified(classes, shares, seed: seed).withTwoHeldOut()
      case .folders: return try wholeClasses(classes, shares, seed: seed).requireTwo()
      }
    }
    let parts = try assign(featureShare)
    if parts.features.count >= smallestFeaturePart { return parts }
    let two = try assign(0)
    return RealParts(
      train: two.train, heldOut: two.heldOut, features: (two.train + two.heldOut).sorted(),
      note: """
        The feature part would hold \(parts.features.count) of \(samples.count) samples, fewer than \
        \(smallestFeaturePart): the feature spaces are fitted to the training and held-out parts.
        """)
  }

  /// The samples of each class that has any, in the order of the classes.
  private static func members(of samples: SampleSet) -> [[Int]] {
    guard let labels = samples.labels else { return [Array(0..<samples.count)] }
    var members: [Int32: [Int]] = [:]
    for (index, label) in labels.enumerated() { members[label, default: []].append(index) }
    return members.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Moves training samples so that two are held out, the least of which a spread is made.
  private func withTwoHeldOut() -> RealParts {
    let lacking = max(0, 2 - heldOut.count)
    return RealParts(
      train: Array(train.dropLast(lacking)), heldOut: (heldOut + train.suffix(lacking)).sorted(),
      features: features, note: note)
  }

  private func requireTwo() throws(RealPartsError) -> RealParts {
    guard train.count >= 2, heldOut.count >= 2 else {
      throw .foldersTooSmall(train: train.count, heldOut: heldOut.count)
    }
    return self
  }
}

extension RealParts {
  /// The share of each part: train, held-out, features.
  private struct Shares {
    let values: [Double]

    init(holdout: Double, features: Double) {
      values = [1 - holdout - features, holdout, features]
    }
  }

  /// Cuts every shuffled class into three.
  ///
  /// Each cell is its share rounded down or up; what rounding leaves over goes to the parts that are
  /// furthest behind over all classes so far, so that the totals keep to the shares as well.
  private static func stratified(_ classes: [[Int]], _ shares: Shares, seed: UInt64) -> RealParts {
    var parts: [[Int]] = [[], [], []]
    var target = [0.0, 0.0, 0.0]
    for (number, members) in classes.enumerated() {
      var stream = RandomStream(seed: seed, purpose: "real-parts/pictures", sample: number)
      let order = stream.permutation(members.count).map { members[$0] }
      let exact = shares.values.map { $0 * Double(members.count) }
      for part in 0..<3 { target[part] += exact[part] }
      var counts = exact.map { Int($0.rounded(.down)) }
      let behind = (0..<3).filter { exact[$0] > Double(counts[$0]) }.sorted { a, b in
        let deficits = [a, b].map { target[$0] - Double(parts[$0].count + counts[$0]) }
        return deficits[0] == deficits[1] ? a < b : deficits[0] > deficits[1]
      }
      for part in behind.prefix(members.count - counts.reduce(0, +)) { counts[part] += 1 }
      var start = 0
      for part in 0..<3 {
        parts[part] += order[start..<start + counts[part]]
        start += counts[part]
      }
    }
    return RealParts(
      train: parts[0].sorted(), heldOut: parts[1].sorted(), features: parts[2].sorted(), note: nil)
  }

  /// Gives whole classes, in random order, to the part that lacks most; every part that has a share
  /// gets at least one.
  private static func wholeClasses(_ classes: [[Int]], _ shares: Shares, seed: UInt64) -> RealParts
  {
    var stream = RandomStream(seed: seed, purpose: "real-parts/folders")
    let total = classes.reduce(0) { $0 + $1.count }
    var parts: [[Int]] = [[], [], []]
    let order = stream.permutation(classes.count)
    for (position, number) in order.enumerated() {
      let wanting = (0..<3).filter { shares.values[$0] > 0 }
      let empty = wanting.filter { parts[$0].isEmpty }
      let candidates = empty.count >= order.count - position ? empty : wanting
      let lack = { (part: Int) in shares.values[part] * Double(total) - Double(parts[part].count) }
      var neediest = candidates[0]
      for part in candidates where lack(part) > lack(neediest) { neediest = part }
      parts[neediest] += classes[number]
    }
    return RealParts(
      train: parts[0].sorted(), heldOut: parts[1].sorted(), features: parts[2].sorted(), note: nil)
  }
}

/// Real samples that cannot be split as asked.
public enum RealPartsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Fewer than four samples.
  case tooFewSamples(found: Int)

  /// Fewer than three classes to be kept whole.
  case tooFewFolders(found: Int)

  /// Whole folders leave fewer than two samples on a side.
  case foldersTooSmall(train: Int, heldOut: Int)

  /// A share that is no share: the option and its value.
  case shareOutOfRange(String, Double)

  /// The held-out and the feature share leave nothing.
  case nothingToTrainOn(Double, Double)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .tooFewSamples(let found):
      """
      At least 4 samples are needed, 2 to train on and 2 to hold out; found \(found). Add samples.
      """
    case .tooFewFolders(let found):
      """
      --split folders needs at least 3 class folders; found \(found). Add folders or use --split \
      pictures.
      """
    case .foldersTooSmall(let train, let heldOut):
      """
      --split folders leaves \(train) samples to train on and \(heldOut) held out, and each side \
      needs at least 2. Add samples to the folders or use --split pictures.
      """
    case .shareOutOfRange(let option, let value):
      "\(option) is a share between 0 and 1, not \(value)."
    case .nothingToTrainOn(let holdout, let features):
      """
      --holdout \(holdout) and --feature-share \(features) leave nothing to train on. Their sum must \
      be below 1.
      """
    }
  }
}
