import Foundation
import GenerationLoss
import Images
import Recursion
import Samples
import Sprites
import Storage
import SystemPackage
import Testing

@Suite("The pictures of a run")
struct RunPicturesTests {
  private static let charts = [
    "timeline", "precision_recall", "generation_distances", "spectrum", "class_shares",
  ]

  private func perform(_ data: String, in path: FilePath, samples: Int = 24) throws -> RunSummary {
    var configuration = RunConfiguration()
    configuration.data = data
    configuration.generations = 2
    configuration.samples = samples
    configuration.generatorOptions.components = 3
    let real = try DataSource.open(data, pictures: PictureFolder.Options(), seed: 1)
    return try Run(
      configuration: configuration, data: real, illustrator: RunPictures(), command: [],
      version: Release.version
    ).perform(in: path) { _ in }
  }

  /// Width and height of a PNG that decodes.
  private func size(_ path: FilePath) throws -> (width: Int, height: Int) {
    let picture = try PictureDecoder.decode(try FileStore.read(path))
    return (picture.shape.width, picture.shape.height)
  }

  @Test(
    "A run on pictures draws every picture of the design, sized for a screen, charts as SVG too")
  func pictures() throws {
    try withTemporaryFolder { folder in
      let icons = folder.appending("icons")
      try SpriteFolder.write(to: icons, count: 40, law: try SpriteLaw(size: 16, seed: 1))
      let path = folder.appending("run")
      let summary = try perform(icons.string, in: path)
      let expected =
        Self.charts.flatMap { ["pictures/\($0).png", "pictures/\($0).svg"] }
        + ["pictures/filmstrip.png", "pictures/neighbours.png"]
      #expect(Set(summary.pictures) == Set(expected))
      let generations = (0...2).flatMap { generation in
        ["grid", "distances", "lost", "hallucinated"].map {
          "generations/00\(generation)/\($0).png"
        }
      }
      for file in expected + generations where file.hasSuffix(".png") {
        let size = try size(path.appending(file))
        #expect((300...2600).contains(size.width), "\(file) is \(size.width) wide")
        #expect((150...4000).contains(size.height), "\(file) is \(size.height) high")
      }
      for chart in Self.charts {
        let svg = String(
          decoding: try FileStore.read(path.appending("pictures/\(chart).svg")), as: UTF8.self)
        #expect(svg.contains("<svg") && svg.contains("</svg>"), "\(chart)")
      }
    }
  }

  @Test("Vectors have charts, and no grid, filmstrip or neighbours")
  func vectors() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("run")
      let summary = try perform("gaussian:d=3", in: path)
      let charts = ["timeline", "precision_recall", "generation_distances", "spectrum"]
      #expect(
        Set(summary.pictures)
          == Set(charts.flatMap { ["pictures/\($0).png", "pictures/\($0).svg"] }))
      for name in ["grid", "lost", "hallucinated"] {
        #expect(!FileStore.exists(path.appending("generations/000/\(name).png")))
      }
      #expect(FileStore.exists(path.appending("generations/000/distances.png")))
    }
  }

  @Test("Two samples of one colour are enough to draw")
  func least() throws {
    try withTemporaryFolder { folder in
      let shape = PictureShape(width: 8, height: 8, channels: 1)
      let file = try PNG.encode(Picture(shape: shape, pixels: Array(repeating: 90, count: 64)))
      let same = folder.appending("same")
      try FileStore.createFolder(same)
      for name in ["a", "b", "c", "d"] {
        try FileStore.write(file, to: same.appending("\(name).png"))
      }
      let summary = try perform(same.string, in: folder.appending("run"), samples: 2)
      #expect(summary.pictures.contains("pictures/filmstrip.png"))
    }
  }
}
