import Storage
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A file to be written: its name and its bytes.
public typealias NamedFile = (name: String, bytes: [UInt8])

/// A file of any size to be written.
typealias NamedContent = (name: String, content: FileContent)

extension RunFolder {
  /// Writes the next generation: it is there whole, or not at all.
  ///
  /// Its files are written to a temporary folder and flushed, the folder is flushed and renamed,
  /// and the index learns of it; then `metrics.csv` is brought up to date.
  ///
  /// - Parameters:
  ///   - metrics: What was measured; its generation must be the first that is not complete.
  ///   - files: The other files, with different names.
  /// - Throws: ``RunFolderError/storage(_:)``; the folder is as it was or has the new generation.
  public func writeGeneration(
    _ metrics: GenerationMetrics, files: [NamedFile]
  ) throws(RunFolderError) {
    try writeGeneration(
      metrics, contents: files.map { ($0.name, FileContent($0.bytes)) })
  }

  /// Writes the next generation, as above, of files that need not be in memory.
  func writeGeneration(
    _ metrics: GenerationMetrics, contents: [NamedContent]
  ) throws(RunFolderError) {
    let generation = metrics.generation
    try state.withLock { (state) throws(RunFolderError) in
      precondition(
        generation == state.lines.count,
        "generation \(generation) cannot follow \(state.lines.count) others")
      try reopen(&state)
      let relative = Self.relativePath(ofGeneration: generation)
      // Whoever finds metrics.json, which is written last, finds the others too.
      let files = contents + [(Self.generationMetricsName, FileContent(metrics.bytes()))]
      try storing(files, inNewFolder: path.appending(relative))
      var index = state.index
      for file in files {
        index.files["\(relative)/\(file.name)"] = RunFolderIndex.Record(of: file.content)
      }
      index.files[Self.metricsName] = nil
      try write(index)
      state.index = index
      state.lines.append(metrics.lines)
      try replace([(Self.metricsName, metricsTable(state))], &state)
    }
  }

  /// Writes a picture of the whole run into `pictures/`.
  public func writePicture(_ name: String, _ bytes: [UInt8]) throws(RunFolderError) {
    try writePictures([(name, bytes)])
  }

  /// Writes pictures of the whole run into `pictures/`, with different names.
  public func writePictures(_ pictures: [NamedFile]) throws(RunFolderError) {
    try state.withLock { (state) throws(RunFolderError) in
      try Self.storing { () throws(StorageError) in
        try FileStore.createFolder(path.appending(Self.picturesName))
      }
      requireNames(pictures.map(\.name))
      try replace(pictures.map { ("\(Self.picturesName)/\($0.name)", $0.bytes) }, &state)
    }
  }

  /// Writes a file beside the generations, such as `skipped.csv` or `nulls.json`.
  public func write(_ name: String, _ bytes: [UInt8]) throws(RunFolderError) {
    try state.withLock { (state) throws(RunFolderError) in
      requireNames([name])
      precondition(!Self.ownNames.contains(name), "\(name) is written by the folder itself")
      try replace([(name, bytes)], &state)
    }
  }

  /// Says that the run is finished.
  ///
  /// Whatever is written afterwards takes it back.
  ///
  /// - Parameter reason: Why it ended before the last generation that was asked for; written as a
  ///   comment, which tools that check digests pass over.
  public func markComplete(reason: String? = nil) throws(RunFolderError) {
    try state.withLock { (state) throws(RunFolderError) in
      guard !state.isComplete else { return }
      try reopen(&state)
      // The index on the disk may list files that somebody removed.
      try write(state.index)
      try Self.storing { () throws(StorageError) in
        try FileStore.write(
          Self.completion(of: state.index.bytes()) + Self.comment(reason),
          to: path.appending(Self.completeName))
      }
      state.isComplete = true
    }
  }

  /// Writes `run.json` anew.
  func writeRun() throws(RunFolderError) {
    try state.withLock { (state) throws(RunFolderError) in
      try replace([(Self.runName, run.bytes(.pretty))], &state)
    }
  }

  /// Makes `metrics.csv` that of the whole generations, if it is not.
  func updateMetricsTable() throws(RunFolderError) {
    try state.withLock { (state) throws(RunFolderError) in
      guard !state.lines.isEmpty || state.index.files[Self.metricsName] != nil else { return }
      try replace([(Self.metricsName, metricsTable(state))], &state)
    }
  }

  /// The contents of the file that says the run is complete.
  static func completion(of index: [UInt8]) -> [UInt8] {
    Array("\(SHA256.hexDigest(of: index))  \(indexName)\n".utf8)
  }

  /// What stands beneath the digest: nothing, or a line that begins with `#`.
  static func comment(_ reason: String?) -> [UInt8] {
    reason.map { Array("# \($0)\n".utf8) } ?? []
  }

  private static let ownNames: Set<String> = [
    runName, indexName, metricsName, lockName, completeName, generationsName, picturesName,
  ]

  private func metricsTable(_ state: State) -> [UInt8] {
    GenerationMetrics.columnLine + state.lines.flatMap { $0 }
  }

  /// Replaces files that the index knows or does not know yet, leaving alone those that are the
  /// same.
  private func replace(_ files: [NamedFile], _ state: inout State) throws(RunFolderError) {
    var (without, with) = (state.index, state.index)
    var changed: [NamedFile] = []
    for file in files {
      let record = RunFolderIndex.Record(of: file.bytes)
      guard state.index.files[file.name] != record else { continue }
      without.files[file.name] = nil
      with.files[file.name] = record
      changed.append(file)
    }
    guard !changed.isEmpty else { return }
    try reopen(&state)
    if without != state.index {
      try write(without)
      state.index = without
    }
    for file in changed {
      try Self.storing { () throws(StorageError) in
        try FileStore.write(file.bytes, to: path.appending(file.name))
      }
    }
    try write(with)
    state.index = with
  }

  /// Takes back that the run is finished.
  private func reopen(_ state: inout State) throws(RunFolderError) {
    let file = path.appending(Self.completeName)
    state.isComplete = false
    guard FileStore.exists(file) else { return }
    try Self.storing { () throws(StorageError) in
      try FileStore.remove(file)
      try FileStore.flushFolder(path)
    }
  }

  private func write(_ index: RunFolderIndex) throws(RunFolderError) {
    try Self.storing { () throws(StorageError) in
      try FileStore.write(index.bytes(), to: path.appending(Self.indexName))
    }
  }

  /// Writes files into a folder that appears, with all of them, at once.
  private func storing(
    _ files: [NamedContent], inNewFolder folder: FilePath
  ) throws(RunFolderError) {
    requireNames(files.map(\.name))
    let parent = path.appending(Self.generationsName)
    let name = folder.lastComponent?.string ?? ""
    let temporary = parent.appending("\(FileStore.temporaryPrefix)\(name)-\(getpid())")
    try Self.storing { () throws(StorageError) in
      try FileStore.createFolder(parent)
      // What an attempt that failed in this process may have left.
      try FileStore.remove(temporary)
      try FileStore.remove(folder)
      do throws(StorageError) {
        try FileStore.createNewFolder(temporary)
        for file in files { try FileStore.create(temporary.appending(file.name), file.content) }
        try FileStore.flushFolder(temporary)
        try FileStore.rename(temporary, to: folder)
      } catch {
        try? FileStore.remove(temporary)
        throw error
      }
    }
  }

  private func requireNames(_ names: [String]) {
    precondition(names.allSatisfy(Self.isName), "a file name that is not portable")
    precondition(Set(names).count == names.count, "two files of one name")
  }
}
