import Testing

@testable import Studies

@Suite("Grid of a study")
struct StudyGridTests {
  private func axis(_ key: String, _ texts: String...) -> StudyAxis {
    StudyAxis(
      key, texts.map { StudyValue($0, argument: key == "data" ? $0 : "--\(key)=\($0)") })
  }

  private var grid: [StudyAxis] {
    [
      axis("strategy", "replace", "accumulate"), axis("data", "../icons"),
      axis("seed", "1", "2"), axis("samples", "20", "40"),
    ]
  }

  @Test("The product has every combination once: seeds vary slowest, strategies fastest")
  func product() {
    let cells = StudyGrid(axes: grid).cells
    #expect(cells.count == 8)
    #expect(
      cells.prefix(3).map(\.title) == [
        "../icons, replace, samples 20, seed 1", "../icons, accumulate, samples 20, seed 1",
        "../icons, replace, samples 40, seed 1",
      ])
    #expect(cells[4].text(of: "seed") == "2")
    #expect(cells[0].arguments == ["../icons", "--seed=1", "--samples=20", "--strategy=replace"])
  }

  @Test("Cells that match every key of an exclusion are left out, and no other")
  func excluded() {
    let grid = StudyGrid(
      axes: grid,
      excluded: [
        StudyPattern(["strategy": ["replace"], "samples": ["40"]]),
        StudyPattern(["strategy": ["window"]]), StudyPattern(["bias": ["1"]]),
        StudyPattern(["strategy": ["replace", "windo"], "samples": ["40", "60"]]),
      ])
    #expect(grid.cells.count == 6)
    let left = grid.cells.filter { $0.text(of: "samples") == "40" }
    #expect(left.map { $0.text(of: "strategy") } == ["accumulate", "accumulate"])
    let idle = grid.idleExclusions
    #expect(idle.map(\.index) == [1, 2, 3])
    #expect(
      idle.map { $0.values.map { "\($0.key)=\($0.text)" } } == [
        [], [], ["samples=60", "strategy=windo"],
      ])
  }

  @Test("The keys of an inclusion stand in the place of the study's, and no cell is doubled")
  func included() {
    let grid = StudyGrid(
      axes: grid, excluded: [StudyPattern(["samples": ["40"]])],
      included: [
        [axis("strategy", "refit"), axis("samples", "60"), axis("bias", "0.9")],
        [axis("samples", "20")],
      ])
    let added = grid.cells.filter { $0.text(of: "strategy") == "refit" }
    #expect(grid.cells.count == 6)
    #expect(added.map { $0.text(of: "seed") } == ["1", "2"])
    #expect(added.allSatisfy { $0.text(of: "bias") == "0.9" && $0.text(of: "samples") == "60" })
  }

  @Test("A grid beyond all bounds is counted, not made")
  func bounds() {
    let many = (0..<1000).map { "\($0)" }
    let wide = ["samples", "seed", "size", "limit"].map { key in
      StudyAxis(key, many.map { StudyValue($0, argument: nil) })
    }
    #expect(StudyGrid(axes: wide).largestCount == nil)
    #expect(StudyGrid(axes: grid).largestCount == 8)
  }

  @Test("The key of a folder can be read and is fit for a file's name")
  func readable() {
    let cell = StudyCell([
      .init(key: "seed", value: StudyValue("7", argument: nil)),
      .init(key: "data", value: StudyValue("../my pictures/", argument: nil)),
      .init(
        key: "strategy", value: StudyValue("window:generations=5", argument: nil)),
      .init(key: "carry", value: StudyValue("jpeg:75", argument: nil)),
    ])
    #expect(cell.readableKey == "my-pictures-window-generations=5-carry=jpeg-75-s7")
  }

  @Test("Shards are disjoint and together the whole", arguments: [1, 2, 3, 7, 20])
  func shards(count: Int) throws {
    let all = Array(0..<17)
    let parts = try (1...count).map { index in
      try #require(StudyShard("\(index)/\(count)")).part(of: all)
    }
    #expect(parts.flatMap { $0 }.sorted() == all)
    #expect((parts.map(\.count).max() ?? 0) - (parts.map(\.count).min() ?? 0) <= 1)
  }

  @Test(
    "What is no shard is none",
    arguments: ["", "1", "0/2", "3/2", "1/2/3", "-1/2", "a/b", "1/0"])
  func noShard(text: String) {
    #expect(StudyShard(text) == nil)
  }
}
