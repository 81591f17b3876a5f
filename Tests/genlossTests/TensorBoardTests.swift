import Foundation
import Storage
import SystemPackage
import Testing

@Suite("genloss run --tensorboard")
struct TensorBoardTests {
  private static let reader = FilePath(#filePath).removingLastComponent()
    .appending("Commands/events.py")

  private static let hasReader = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import tensorboard"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(
    "TensorBoard reads the same tags, steps and values, and every generation's grid",
    .enabled(if: hasReader, "there is no python3 with the package tensorboard"))
  func read() throws {
    try withIcons { genloss in
      let run = try genloss.shell(
        "\"$GENLOSS\" run icons --samples 20 --components 4 --size 8 --generations 2 -q -o out "
          + "--tensorboard logs && python3 '\(Self.reader)' logs/out > read.txt "
          + "&& python3 '\(Self.reader)' logs/out-control > control.txt")
      #expect(run.status == 0, "\(run.messages)")
      let lines = String(
        decoding: try FileStore.read(genloss.path("read.txt")), as: UTF8.self
      ).split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      var read: [String: Float] = [:]
      for line in lines where line.first == "scalar" {
        read["\(line[1]) \(line[2])"] = Float(line[3])
      }
      let rows = try CSV.rows(of: FileStore.read(genloss.path("out/metrics.csv")))
        .map { $0.map { String(decoding: $0, as: UTF8.self) } }
      var expected = 0
      for row in rows.dropFirst() {
        guard let value = Float(row[3]) else { continue }
        #expect(read["\(row[1])/\(row[2]) \(row[0])"] == value, "\(row)")
        expected += 1
      }
      #expect(expected > 100)
      #expect(read.keys.filter { !$0.contains("/null_") }.count == expected)
      let images = lines.filter { $0.first == "image" }
      #expect(images.map { $0[2] } == ["0", "1", "2"])
      for image in images {
        let grid = try FileStore.read(genloss.path("out/generations/00\(image[2])/grid.png"))
        #expect(image[5] == "\(grid.count)")
      }
      #expect(try !FileStore.read(genloss.path("control.txt")).isEmpty)
    }
  }
}
