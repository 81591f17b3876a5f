import Foundation
import Metrics
import Samples
import Storage
import SystemPackage
import Testing

@testable import Recursion

/// Warns after one generation, whatever was measured.
private struct AlarmAt: BrakeRule {
  let generation: Int

  func alarm(after generations: [[MetricValue]]) -> String? {
    generations.count > generation ? "the bell rang at \(generations.count - 1)" : nil
  }
}

@Suite("The brake of a run")
struct BrakeTests {
  private func run(
    _ brake: Brake?, strategy: String = "replace", generations: Int = 5, alarmAt: Int = 2,
    control: Bool = false
  ) -> Run {
    var configuration = TestRun.small
    configuration.strategy = strategy
    configuration.generations = generations
    configuration.brake = brake
    configuration.control = control
    return Run(
      configuration: configuration, data: TestRun().data, illustrator: Scribe(),
      brakeRule: AlarmAt(generation: alarmAt), command: ["genloss", "run"], version: "1.0")
  }

  private func braking(_ measurements: [MetricValue]) -> MetricValue? {
    measurements.first { $0.metric == "brake" }
  }

  @Test("--brake stop ends the run whole after the alarm, the control with it, and says why")
  func stop() throws {
    try withRunPath { path in
      let summary = try run(.stop, control: true).perform(in: path) { _ in }
      #expect(summary.generations.count == 3)
      #expect(summary.control.count == 3)
      let reason = "the brake stopped the run after generation 2: the bell rang at 2"
      #expect(summary.braking?.reason == reason)
      #expect(braking(summary.generations[2])?.note == reason)
      #expect(braking(summary.generations[1]) == nil)
      let files = try contents(of: path)
      let complete = String(decoding: try #require(files["COMPLETE"]), as: UTF8.self)
      #expect(complete.hasSuffix("\n# \(reason)\n"))
      // The folder is whole: it is opened, found finished and left as it is.
      let again = try run(.stop, control: true).perform(in: path) { _ in }
      #expect(again.generations.count == 3)
      #expect(differences(try contents(of: path), files) == [])
      let longer = try run(.stop, generations: 8, control: true).perform(in: path) { _ in }
      #expect(longer.generations.count == 3)
    }
  }

  @Test("Without an alarm the brake changes no number")
  func idle() throws {
    let free = try withRunPath { try run(nil, generations: 2).perform(in: $0) { _ in } }
    let braked = try withRunPath {
      try run(.stop, generations: 2, alarmAt: 9).perform(in: $0) { _ in }
    }
    #expect(free.generations == braked.generations)
    #expect(braked.braking == nil)
  }

  @Test("--brake real raises the share from the next generation on, once, and is recorded")
  func real() throws {
    let strategy = "synthetic-augmentation:share=0.1"
    try withRunPath { path in
      let summary = try run(.real, strategy: strategy).perform(in: path) { _ in }
      #expect(summary.generations.count == 6)
      let share = try #require(braking(summary.generations[2])?.value)
      #expect(summary.generations.count { braking($0) != nil } == 1)
      let real = summary.generations.map { $0.value("training_rows_real", "model") }
      let raised = (share * 20).rounded()
      #expect(real == [20, 2, 2, raised, raised, raised])
      #expect(raised > 2)
      let theirs = try withRunPath {
        try run(nil, strategy: strategy).perform(in: $0) { _ in }
      }
      // Up to the alarm it is the run without a brake.
      #expect(theirs.generations[1] == summary.generations[1])
      #expect(theirs.generations[3] != summary.generations[3])
    }
  }

  @Test(
    "A braked run that was stopped anywhere goes on to the same bytes",
    arguments: [
      (Brake.stop, "replace"), (.real, "replace"), (.real, "synthetic-augmentation:share=0.1"),
    ], [1, 2, 3])
  func resumed(brake: (action: Brake, strategy: String), failure: Int) throws {
    let (brake, strategy) = brake
    let undisturbed = try withRunPath { path in
      _ = try run(brake, strategy: strategy).perform(in: path) { _ in }
      return try contents(of: path)
    }
    try withRunPath { path in
      var stopped = run(brake, strategy: strategy)
      stopped = Run(
        configuration: stopped.configuration, data: stopped.data,
        illustrator: Scribe(failure: .generation(failure)), brakeRule: AlarmAt(generation: 2),
        command: ["genloss", "run"], version: "1.0")
      _ = try? stopped.perform(in: path) { _ in }
      _ = try run(brake, strategy: strategy).perform(in: path) { _ in }
      #expect(differences(try contents(of: path), undisturbed) == [])
    }
  }

  @Test("--brake real mixes the original samples into a loop that had none")
  func replace() throws {
    try withRunPath { path in
      let summary = try run(.real).perform(in: path) { _ in }
      let real = summary.generations.map { $0.value("training_rows_real", "model") }
      let share = try #require(braking(summary.generations[2])?.value)
      let raised = (share * 20).rounded()
      #expect(real == [20, 0, 0, raised, raised, raised])
      #expect(raised > 0)
    }
  }

  @Test("A strategy without a share of real samples, or without enough of them, is refused at once")
  func refused() throws {
    try withRunPath { path in
      #expect {
        _ = try run(.real, strategy: "accumulate").perform(in: path) { _ in }
      } throws: { error in
        "\(error)".contains("--brake real raises the share of real samples, and this strategy has")
      }
      #expect {
        _ = try run(.real, strategy: "fresh-data:share=0.1", generations: 3)
          .perform(in: path) { _ in }
      } throws: { error in
        guard case RecursionError.freshDataRunsOut = error else { return false }
        return true
      }
      #expect(!FileStore.exists(path))
    }
  }

  @Test("The real share that theory asks for keeps half of the effective sample size (theory 0.3)")
  func neededShare() throws {
    func share(_ name: String) throws -> Double {
      try StrategyCatalogue.strategy(named: name).neededRealShare(budget: 1000)
    }
    // p (2 − p) = 1/2, and p (2 − p) = (3 − 2 p)/2; both above D9's 0.96 %.
    #expect(abs(try share("fresh-data") - (1 - 0.5.squareRoot())) < 1e-9)
    #expect(abs(try share("synthetic-augmentation") - (6 - 12.0.squareRoot()) / 4) < 1e-9)
    let braked = try StrategyCatalogue.strategy(named: "drying:share=0.5..0@6")
      .braked(from: 4, budget: 1000)
    let shares = (1...8).map { braked.realShare(at: $0) ?? -1 }
    #expect(shares[0] == 0.5)
    #expect(shares[3...].allSatisfy { abs($0 - (1 - 0.5.squareRoot())) < 1e-9 })
  }
}
