import GenerationLoss
import Images
import Recursion
import Samples
import Sprites
import Storage
import SystemPackage
import Testing

@Suite("Data by their name")
struct DataSourceTests {
  private func open(_ name: String, seed: UInt64 = 1) throws -> RealData {
    try DataSource.open(name, pictures: PictureFolder.Options(), seed: seed)
  }

  private func open(_ path: FilePath) throws -> RealData { try open(path.string) }

  @Test("A folder is read with its classes and its report, under its own name")
  func folder() throws {
    try withTemporaryFolder { folder in
      let icons = folder.appending("icons")
      try SpriteFolder.write(to: icons, count: 12, law: try SpriteLaw(size: 16, seed: 1))
      try FileStore.write("<html>", to: icons.appending("broken.png"))
      let data = try open(icons)
      #expect(data.name == "icons")
      #expect(data.shape == PictureShape(width: 16, height: 16, channels: 3))
      #expect(data.report?.used == 12)
      #expect(data.report?.skipped.map(\.reason) == [.notImage])
      #expect(try open("\(icons)/").name == "icons")
      #expect(try open("\(folder)/./icons/../icons").name == "icons")
      #expect(try open(icons).fingerprint == data.fingerprint)
    }
  }

  @Test("Pictures in shares of white are refused, and read when they are levels")
  func sharesOfWhite() throws {
    try withTemporaryFolder { folder in
      let shape = PictureShape(width: 2, height: 2, channels: 1)
      func write(scale: Float) throws -> FilePath {
        let path = folder.appending("pictures-\(scale).npy")
        let values: [Float] = [0, 0.25, 0.5, 1, 1, 0.75, 0.5, 0]
        try NumpyFile.write(
          SampleSet(
            count: 2, dimension: 4, shape: shape, storage: .floats(values.map { $0 * scale })),
          to: path)
        return path
      }
      let shares = try write(scale: 1)
      let refusal = #expect(throws: RecursionError.self) { try open(shares) }
      #expect(refusal?.description.contains("from 0 to 255") == true)
      let levels = try open(try write(scale: 255))
      #expect(levels.shape == shape)
    }
  }

  @Test("A matrix is read as vectors, under its name without the extension")
  func matrix() throws {
    try withTemporaryFolder { folder in
      let samples = GaussianLaw(dimension: 3, seed: 1).samples(0..<5)
      let path = folder.appending("my data.npy")
      try NumpyFile.write(samples, to: path)
      let data = try open(path)
      #expect(data.name == "my_data")
      #expect(data.dimension == 3)
      #expect(data.shape == nil)
      guard case .finite(let read) = data.supply else {
        Issue.record("a matrix is not endless")
        return
      }
      #expect(read == samples)
    }
  }

  @Test("A law has the settings that are written, and the seed of the run unless it has its own")
  func laws() throws {
    let gaussian = try open("gaussian:d=4")
    #expect((gaussian.name, gaussian.dimension) == ("gaussian-d4", 4))
    let sprites = try open("sprites:size=16,zipf=0.5,rare=ships:0.01")
    #expect(sprites.shape?.width == 16)
    guard case .endless(let source) = sprites.supply, let law = source as? SpriteLaw else {
      Issue.record("sprites are not drawn by their law")
      return
    }
    let expected = try SpriteLaw(
      size: 16, seed: 1, zipf: 0.5, rare: [(class: "ships", share: 0.01)])
    #expect(law == expected)
    #expect(try open("gaussian:d=4", seed: 2).fingerprint != gaussian.fingerprint)
    let fixed = try [1, 2].map { try open("gaussian:d=4,seed=7", seed: $0).fingerprint }
    #expect(fixed[0] == fixed[1])
  }

  @Test(
    "A law that is not understood is refused with what is wrong",
    arguments: [
      ("sprites:sise=16", "Did you mean \"size\"?"), ("gaussian:dim=3", "it has d, seed."),
      ("gaussian:d", "not of the form key=value"), ("gaussian:d=3,d=4", "stands twice"),
      ("gaussian:d=0", "between 1 and 4096"), ("gaussian:d=1e3", "must be a whole number"),
      ("gaussian:d=-1", "must be a whole number"),
      ("gaussian:d=99999999999999999999", "must be a whole number"),
      ("sprites:zipf=nan", "must be a number"), ("sprites:zipf=0x1p1", "must be a number"),
      ("sprites:zipf=-1", "Choose 0 (equal shares) or more"), ("sprites:size=8", "from 16 to 256"),
      ("sprites:rare=ships", "rare=ships:0.01"), ("sprites:rare=ships:0x1", "rare=ships:0.01"),
      ("sprites:rare=ships:2", "from 0 to 1"), ("sprites:rare=boats:0.1", "no class \"boats\""),
      ("gausian:d=4", "Did you mean \"gaussian\"?"),
      ("sprite:size=16", "Did you mean \"sprites\"?"),
      ("sprites", "Did you mean \"sprites:size=32\"?"),
      ("gaussian", "Did you mean \"gaussian:d=4\"?"),
    ])
  func lawsRefused(name: String, words: String) {
    #expect {
      _ = try open(name)
    } throws: { error in
      guard case RecursionError.unusableData = error else { return false }
      return "\(error)".contains(words)
    }
  }

  @Test("What is not there is missing; what is neither folder, matrix nor law is refused")
  func missing() throws {
    try withTemporaryFolder { folder in
      for name in ["nothing", "nothing.npy", "a:b"] {
        #expect {
          _ = try open(folder.appending(name))
        } throws: { error in
          (error as? StorageError)?.cause == .system(.noSuchFileOrDirectory)
        }
      }
      try FileStore.write("words", to: folder.appending("words.txt"))
      #expect(throws: RecursionError.self) { try open(folder.appending("words.txt")) }
      try FileStore.write("words", to: folder.appending("words.npy"))
      #expect(throws: StorageError.self) { try open(folder.appending("words.npy")) }
      try FileStore.createFolder(folder.appending("empty"))
      #expect(throws: PictureFolderError.self) { try open(folder.appending("empty")) }
    }
  }
}
