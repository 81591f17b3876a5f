import Recursion
import Testing

@Suite("Schedules")
struct ScheduleTests {
  @Test(
    "They are read as they are written",
    arguments: [
      ("0.5", [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
      ("0.5/0.6/0.7", [0.5, 0.5, 0.6, 0.7, 0.7, 0.7]),
      ("0/0.5@4", [0, 0, 0, 0, 0.5, 0.5]),
      ("1@0/0.25", [1, 0.25, 0.25, 0.25, 0.25, 0.25]),
      ("0/1@3/0", [0, 0, 0, 1, 0, 0]),
      ("0.5..0.9@5", [0.5, 0.5, 0.6, 0.7, 0.8, 0.9]),
      ("1@2..0@4", [1, 1, 1, 0.5, 0, 0]),
      ("0@1..1@3..0@5", [0, 0, 0.5, 1, 0.5, 0]),
    ])
  func values(text: String, expected: [Double]) throws {
    let schedule = try #require(Schedule(text))
    for (generation, value) in expected.enumerated() {
      #expect(abs(schedule.value(at: generation) - value) < 1e-12, "\(generation)")
    }
    #expect(Schedule(schedule.description) == schedule)
  }

  @Test("They are written in one way")
  func description() {
    #expect(Schedule("0.50/0.6@2/.7")?.description == "0.5/0.6/0.7")
    #expect(Schedule("1e0")?.description == "1")
    #expect(Schedule("0@1..1@3")?.description == "0..1@3")
    #expect(Schedule.step(from: 0, to: 1, at: 4).description == "0/1@4")
    #expect(Schedule.step(from: 0, to: 1, at: 1).description == "1")
  }

  @Test(
    "Other texts are none",
    arguments: [
      "", "a", "0.5/", "/0.5", "0.5..0.9", "0.5@x", "1@3/2@3", "1@3/2@2", "nan", "0x1", "1@-1",
      "1@2@3", "1..2@1", "0.5\u{301}",
    ])
  func refusals(text: String) {
    #expect(Schedule(text) == nil)
  }
}
