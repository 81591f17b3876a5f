public import Diagnosis
import Pictures
import Recursion
import Storage
public import SystemPackage

/// The files of a diagnosis: `diagnosis.json`, and the verdicts as a picture.
public struct DiagnosisFiles {
  private let diagnosis: Diagnosis

  /// Creates the files of a diagnosis.
  public init(_ diagnosis: Diagnosis) {
    self.diagnosis = diagnosis
  }

  /// Draws the picture and writes all files into a folder, which is created if need be.
  ///
  /// They stand beside the files of a run, not among them: the run's index does not know them, so that a
  /// diagnosis leaves a run as it was.
  ///
  /// - Throws: `PicturesError` or `StorageError`.
  public func write(into folder: FilePath) throws {
    let picture = try picture()
    try FileStore.createFolder(folder)
    try FileStore.write(diagnosis.json.bytes(.pretty), to: folder.appending("diagnosis.json"))
    try FileStore.write(picture.png, to: folder.appending("diagnosis.png"))
    if let svg = picture.svg {
      try FileStore.write(svg, to: folder.appending("diagnosis.svg"))
    }
  }

  func picture() throws -> RenderedPicture {
    let last =
      diagnosis.groups.flatMap { $0.verdicts.flatMap(\.findings) }.map(\.generation).max() ?? 0
    let heading = diagnosis.groups.count > 1
    return try VerdictTable.render(
      columns: (0...last).dropFirst().map { "\($0)" },
      sections: diagnosis.groups.map { group in
        (
          heading: heading ? "n = \(group.sampleCount)" : "",
          rows: group.verdicts.map { $0.row(columns: last) }
        )
      },
      title: "Eight definitions of collapse", subtitle: subtitle)
  }

  private var subtitle: String {
    let group = diagnosis.groups[0]
    let runs = diagnosis.groups.reduce(0) { $0 + $1.runs.count }
    let alarms = group.falseAlarms.map {
      " On the control \($0.fired) of \($0.tests) tests fired."
    }
    return "\(group.heading). "
      + "Corrected for all tests (Holm, \(NumberText.short(100 * diagnosis.settings.alpha, digits: 2)) %)."
      + (alarms ?? "")
      + (runs == 1 ? " One seed: a verdict on this run." : "")
  }
}

extension Verdict {
  fileprivate func row(columns: Int) -> VerdictRow {
    VerdictRow(
      name: "\(definition.rawValue). \(definition.name)", verdict: words,
      cells: findings.map { finding in
        VerdictCell(
          column: definition.isOfWholeRun ? max(0, columns - 1) : finding.generation - 1,
          text: text(finding), state: state(finding))
      },
      isWhole: definition.isOfWholeRun)
  }

  private func text(_ finding: GenerationFinding) -> String {
    let value = NumberText.short(finding.value, digits: 2)
    return definition.isOfWholeRun ? "\(value) bits per dimension and generation" : value
  }

  private func state(_ finding: GenerationFinding) -> VerdictCell.State {
    finding.hasFired ? .fired : finding.isDoubtful ? .doubtful : .notFired
  }

  private var words: String {
    switch kind {
    case .fired:
      "fired at \(firstGeneration ?? 0): \(leading?.quantity ?? "") "
        + "\(FigureText.significant(leading?.value ?? 0)), threshold "
        + FigureText.significant(leading?.threshold ?? 0)
    case .notFired:
      "not fired"
        + (leading.map {
          ": at the most \($0.quantity) \(FigureText.significant($0.value)), threshold "
            + FigureText.significant($0.threshold)
        } ?? "")
    case .tooFewSeeds: "too few seeds to say"
    case .undecided: "undecided: \(note)"
    }
  }
}
