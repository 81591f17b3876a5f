public import Storage
public import SystemPackage

/// A run folder that cannot be used as asked.
public enum RunFolderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A live process works in the folder; its own words say who.
  case locked(folder: FilePath, holder: String)

  /// The folder holds other things than a run.
  case notARunFolder(FilePath)

  /// A file of the folder is not as it was written. `lastWhole` is the last generation before the
  /// damage, if there is one.
  case damaged(file: FilePath, problem: Problem, lastWhole: Int?)

  /// The folder holds a run with other options.
  case configurationDiffers(folder: FilePath, [ConfigurationDifference])

  /// The folder holds more generations than are asked for.
  case fewerGenerations(folder: FilePath, held: Int, requested: Int)

  /// A file was written by a later version of the program.
  case newerSchema(file: FilePath, version: Int, known: Int)

  /// Something that the run has not written lies where damaged files are to be removed.
  case foreign(FilePath)

  /// A file without which nobody knows what the others are is not as it was written; the run is kept whole
  /// under the name of `folder`.
  case setAside(file: FilePath, problem: Problem, folder: FilePath)

  /// The disk did not do what it was asked.
  case storage(StorageError)

  /// What is wrong with a file.
  public enum Problem: Equatable, Sendable {
    /// It is not there.
    case missing
    /// Its bytes are not those that the index knows.
    case changed
    /// Its text cannot be read, for this reason.
    case malformed(String)
    /// The index does not know it.
    case unknown
  }

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .locked(let folder, let holder):
      """
      \(folder.printable) is in use by \(holder). Wait for it, or choose another folder with --out.
      """
    case .notARunFolder(let folder):
      """
      \(folder.printable) is not empty and holds no run. Choose another folder with --out.
      """
    case .damaged(let file, _, let lastWhole): "\(fault) \(Self.remedy(file, lastWhole))"
    case .configurationDiffers(let folder, let differences):
      """
      \(folder.printable) holds a run with other options: \
      \(differences.map(\.description).joined(separator: "; ")). \
      Ask for the same, or choose another folder with --out.
      """
    case .fewerGenerations(let folder, let held, let requested):
      """
      \(folder.printable) holds a run of \(held) generations, more than the \(requested) asked for. \
      Ask for \(held) or more, or choose another folder with --out.
      """
    case .newerSchema(let file, let version, let known):
      """
      \(file.printable) has schema version \(version); this program knows versions up to \(known). \
      Use the version of genloss that wrote it, or a later one.
      """
    case .foreign(let file):
      """
      \(file.printable) was not written by this run, and would be removed with what is damaged in it. \
      Move it elsewhere and run the same command again.
      """
    case .setAside(let file, let problem, let folder):
      """
      \(file.printable) \(problem.words). The folder is kept as \(folder.printable): look whether there is \
      anything of yours in it, and remove it.
      """
    case .storage(let error): error.description
    }
  }

  /// What is wrong, without what to do about it where somebody else knows better than the user.
  public var fault: String {
    guard case .damaged(let file, let problem, _) = self else { return description }
    return "\(file.printable) \(problem.words)."
  }

  private static func remedy(_ file: FilePath, _ lastWhole: Int?) -> String {
    let whole = lastWhole.map { "Generation \($0) is the last whole one." } ?? ""
    let folders = Array(file.components.map(\.string).suffix(4))
    if let place = folders.lastIndex(of: RunFolder.generationsName), place + 1 < folders.count,
      RunFolder.generation(named: folders[place + 1]) != nil
    {
      let isNested = folders[..<place].last.map(RunFolder.nestedNames.contains) ?? false
      let control = isNested ? "\(folders[place - 1])/" : ""
      return (whole.isEmpty ? "" : whole + " ")
        + "Remove \(control)generations/\(folders[place + 1]) and those after it, "
        + "and run the same command again"
        + (lastWhole == nil ? "." : " to go on from there.")
    }
    if [RunFolder.runName, RunFolder.indexName].contains(file.lastComponent?.string) {
      return "Restore it from a copy, or start again in another folder with --out."
    }
    return (whole.isEmpty ? "" : whole + " ")
      + "Remove the file and run the same command again to make it anew."
  }
}

extension RunFolderError.Problem {
  fileprivate var words: String {
    switch self {
    case .missing: "is missing"
    case .changed: "is damaged: its bytes are not those that index.json knows"
    case .malformed(let reason):
      "is damaged. \(reason.last == "." ? String(reason.dropLast()) : reason)"
    case .unknown: "is not in index.json"
    }
  }
}
