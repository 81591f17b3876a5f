import Recursion

/// A batch script that runs a study as a job array of the scheduler Slurm.
public enum SlurmScript {
  /// The time and memory that are asked for, in multiples of the estimate: it is right within a factor of
  /// two.
  private static let margin = 2.0

  /// The most tasks that are proposed.
  private static let mostTasks = 100

  /// Returns the script.
  ///
  /// - Parameters:
  ///   - study: The path of the study's file, from the root.
  ///   - out: The path of its folder, from the root.
  ///   - program: The path of this program.
  ///   - tasks: The tasks of the array; `nil` takes as many as give each its cells at a time, at most 100.
  ///   - jobs: The cells at a time of a task.
  ///   - processors: The processors of a task, which its cells share.
  public static func text(
    study: String, out: String, program: String, cells: [PlannedCell], tasks: Int?,
    jobs: Int, processors: Int
  ) -> String {
    let count = tasks ?? max(1, min((cells.count + jobs - 1) / jobs, mostTasks))
    let longest =
      cells.map { ($0.estimate?.processorSeconds ?? 0) * Double(jobs) / Double(processors) }.max()
      ?? 0
    let seconds =
      (1...count).compactMap { index -> Double? in
        StudyShard("\(index)/\(count)")?.part(of: cells)
          .reduce(0) { $0 + ($1.estimate?.processorSeconds ?? 0) / Double(processors) }
      }.max() ?? 0
    let largest = cells.map { $0.estimate?.memoryBytes ?? 0 }.max() ?? 0
    let minutes = Int((margin * max(seconds, longest) / 60).rounded(.up)) + 5
    let megabytes = Int((margin * Double(largest * jobs) / 1e6).rounded(.up)) + 256
    let folder = out.split(separator: "/").last.map(String.init) ?? "study"
    let name = "genloss-" + StudyCell.fileName(folder)
    let command = [program, "study", study, "--out", out].map(quoted).joined(separator: " ")
    return """
      #!/bin/bash
      # \(cells.count) cells in \(count) tasks. Submit with: sbatch THIS-FILE; afterwards:
      #   \(command) --collect
      # A task that is preempted or runs out of time leaves its state whole: submit the script again.
      #SBATCH --job-name=\(name)
      #SBATCH --array=1-\(count)
      #SBATCH --cpus-per-task=\(processors)
      #SBATCH --mem=\(megabytes)M
      #SBATCH --time=\(minutes)
      #SBATCH --signal=B:TERM@30
      #SBATCH --requeue
      exec \(command) --shard "$SLURM_ARRAY_TASK_ID/\(count)" --jobs \(jobs) --threads \(processors)

      """
  }

  /// A word as the shell reads it back.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic
          || "0123456789._-=,/:@%+".unicodeScalars.contains(scalar))
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
