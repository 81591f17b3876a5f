import Recursion
import Storage
import SystemPackage
import Testing

@Suite("Reading what a run says")
struct RunRecordTests {
  @Test("A whole run is read with its control, and left as it is")
  func whole() throws {
    try withRunPath { path in
      let summary = try TestRun().perform(in: path)
      let files = try contents(of: path)
      let record = try RunRecord(reading: path)
      #expect(record.generations.count == 3)
      #expect(record.control.count == 3)
      #expect(record.notes == [])
      #expect(record.run["configuration"]?["samples"]?.integer == 20)
      let recall = summary.generations[2].value("recall", "conv")
      #expect(record.generations[2].value("recall", "conv") == recall)
      #expect(differences(try contents(of: path), files) == [])
    }
  }

  @Test("Of a run that stopped, and of one with a damaged generation, the whole ones are read")
  func partial() throws {
    try withRunPath { path in
      let failing = Scribe(failure: .generation(2))
      _ = try? TestRun(illustrator: failing).perform(in: path)
      let unfinished = try RunRecord(reading: path)
      #expect(unfinished.generations.count == 2)
      #expect(
        unfinished.notes == ["The run is not finished: generations 0 to 1 of 2 are whole."])
      let metrics = path.appending("generations/001/metrics.json")
      try FileStore.write(Array(try FileStore.read(metrics).dropLast()), to: metrics)
      let damaged = try RunRecord(reading: path)
      #expect(damaged.generations.count == 1)
      #expect(damaged.notes.first?.contains("generations/001/metrics.json is damaged") == true)
    }
  }

  @Test(
    "Without a whole generation 0 there is nothing to read", arguments: ["run.json", "index.json"])
  func unusable(name: String) throws {
    try withRunPath { path in
      try TestRun().perform(in: path)
      try FileStore.write("{}", to: path.appending(name))
      #expect(throws: RunFolderError.self) { try RunRecord(reading: path) }
    }
  }
}
