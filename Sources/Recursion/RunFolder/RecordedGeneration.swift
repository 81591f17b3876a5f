public import Samples
public import Storage
public import SystemPackage

/// The samples of one generation of a run, read without holding or changing its folder.
public struct RecordedGeneration: Sendable {
  /// The generation.
  public let generation: Int

  /// The samples as the next generation saw them, with their labels where the loop kept classes apart.
  public let samples: SampleSet

  /// What `run.json` holds.
  public let run: JSONValue

  /// Reads a generation.
  ///
  /// - Throws: ``RunFolderError`` if the folder is none or the generation is not as it was written,
  ///   ``RecursionError/invalidSetting(name:value:reason:)`` if the run has no such generation.
  public init(_ generation: Int, of path: FilePath) throws {
    var index = try RunFolder.checkedIndex(
      try RunFolder.readIfThere(path.appending(RunFolder.indexName)), in: path)
    run = try RunFolder.checkedRun(&index, in: path)
    guard index.generationCount > 0, 0..<index.generationCount ~= generation else {
      throw RecursionError.invalidSetting(
        name: "generation", value: "\(generation)",
        reason: index.generationCount == 0
          ? "the run has no whole generation yet."
          : "the run has generations 0 to \(index.generationCount - 1).")
    }
    self.generation = generation
    let lastWhole = generation > 0 ? generation - 1 : nil
    func file(_ name: String) -> (path: FilePath, record: RunFolderIndex.Record)? {
      let relative = "\(RunFolder.relativePath(ofGeneration: generation))/\(name)"
      return index.files[relative].map { (path.appending(relative), $0) }
    }
    guard let stored = file(RunFolder.samplesName) else {
      throw RunFolderError.damaged(
        file: path.appending(RunFolder.relativePath(ofGeneration: generation)), problem: .missing,
        lastWhole: lastWhole)
    }
    let drawn = try RunFolder.samples(stored.path, stored.record, lastWhole: lastWhole)
    guard let ancestry = file(RunFolder.ancestryName) else {
      samples = drawn
      return
    }
    let bytes = try RunFolder.read(ancestry.path, ancestry.record, lastWhole: lastWhole)
    let labels: [Int32]?
    do {
      labels = try RunFolder.labels(in: Safetensors(parsing: bytes))
    } catch {
      throw RunFolderError.damaged(
        file: ancestry.path, problem: .malformed(error.description), lastWhole: lastWhole)
    }
    let names = run[RunFolder.classesKey]?.array?.compactMap(\.string) ?? []
    // Runs made before names were kept have numbers alone.
    samples =
      labels.map { labels in
        let count = max(names.count, Int(labels.max() ?? -1) + 1)
        return drawn.labelled(
          labels, classNames: names + (names.count..<count).map { "class \($0)" })
      } ?? drawn
  }
}

extension RunFolder {
  static let samplesName = "samples.npy"

  /// The file of what a generation's samples descend from, and of their labels.
  static let ancestryName = "ancestry.safetensors"

  static let labelsName = "labels"

  /// The key of `run.json` under which the names of classes stand, where labels travel with samples.
  static let classesKey = "classes"

  /// The labels beside an ancestry; `nil` if there are none.
  static func labels(in file: Safetensors) -> [Int32]? {
    if case .int32(let labels)? = file[labelsName]?.values { labels } else { nil }
  }
}
