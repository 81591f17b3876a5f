import Recursion
import Storage
import Studies

/// A run with every option resolved, as a cell that a process of its own can run.
struct ResolvedCell {
  private let known: [KnownOption]

  init() throws {
    known = try KnownOption.all(of: RunCommand.self)
  }

  /// The cell of a run.
  ///
  /// - Parameter told: The options by which it is called, beside data, strategy and seed.
  func callAsFunction(_ plan: RunPlan, told: Set<String>) -> StudyCell {
    StudyCell(
      plan.configuration.map { key, value in
        // As `run.json` has it: text is itself, everything else as JSON writes it.
        let text = value.string ?? String(decoding: value.bytes(), as: UTF8.self)
        return StudyCell.Setting(
          key: key, value: StudyValue(text, argument: argument(key, value, text)))
      }, told: told)
  }

  private func argument(_ key: String, _ value: JSONValue, _ text: String) -> String? {
    if key == StudyCell.dataKey { return text }
    // What is only recorded, such as settings that a command of one's own has, is no option.
    guard !value.isNull, known.contains(where: { $0.names.contains(key) }) else { return nil }
    guard let isOn = value.bool else { return text.isEmpty ? nil : "--\(key)=\(text)" }
    if isOn { return "--\(key)" }
    return known.contains { $0.names.contains("no-\(key)") } ? "--no-\(key)" : nil
  }
}
