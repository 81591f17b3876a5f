import LinearAlgebra
import Samples
import Testing

@testable import Recursion

@Suite("What a run takes")
struct RunEstimateTests {
  /// A run of the default generator on pictures.
  private static func size(_ n: Int, side: Int = 32, generations: Int = 10) -> RunSize {
    let shape = PictureShape(width: side, height: side, channels: 3)
    return RunSize(
      samples: n, dimension: shape.count, shape: shape,
      trained: Array(repeating: n, count: generations + 1),
      drawn: Array(repeating: n, count: generations + 1), heldOut: n * 2 / 7, features: n / 7,
      stored: n * 10 / 7, hasControl: true, kept: n, carriedBytes: 1, generator: "patches",
      components: max(8, min(400, n / 8)), rank: 6, dimensions: min(400, n - 1), steps: 3)
  }

  private static func estimate(
    _ size: RunSize, resumed: Int = 0, control: Int = 0, threads: Int = 1
  ) -> RunEstimate {
    RunEstimate(size, resumed: resumed, control: control, threads: threads, speed: 1)
  }

  @Test("More samples, larger pictures, more generations and a control take more of everything")
  func monotonic() {
    let base = Self.estimate(Self.size(1000))
    var alone = Self.size(1000)
    alone.hasControl = false
    let less = [
      Self.size(500), Self.size(1000, side: 16), Self.size(1000, generations: 5), alone,
    ].map { Self.estimate($0) }
    for estimate in less {
      #expect(estimate.processorSeconds < base.processorSeconds)
      #expect(estimate.memoryBytes <= base.memoryBytes)
      #expect(estimate.diskBytes < base.diskBytes)
    }
  }

  @Test("Generations that are there already are only measured again")
  func resumed() {
    let whole = Self.estimate(Self.size(1000))
    let rest = Self.estimate(Self.size(1000), resumed: 6)
    let none = Self.estimate(Self.size(1000), resumed: 11)
    #expect(rest.processorSeconds < whole.processorSeconds)
    #expect(none.processorSeconds < rest.processorSeconds)
    #expect(rest.diskBytes == whole.diskBytes)
  }

  @Test("What is left of the control counts, whatever is there of the run's own generations")
  func control() {
    var alone = Self.size(1000)
    alone.hasControl = false
    let before = Self.estimate(Self.size(1000), resumed: 11)
    let middle = Self.estimate(Self.size(1000), resumed: 11, control: 6)
    let after = Self.estimate(Self.size(1000), resumed: 11, control: 11)
    let own = Self.estimate(Self.size(1000)).processorSeconds
    let without = Self.estimate(alone).processorSeconds
    // All ten refits are left; generation 0 is the run's own.
    let left = before.processorSeconds - Self.estimate(alone, resumed: 11).processorSeconds
    #expect(abs(left - (own - without)) < 1e-9 * own)
    #expect(middle.processorSeconds < before.processorSeconds)
    #expect(after.processorSeconds < middle.processorSeconds)
    // Without a control loop it makes no difference what its folder holds.
    #expect(
      Self.estimate(alone, resumed: 11, control: 6) == Self.estimate(alone, resumed: 11))
  }

  @Test("Two threads and a faster processor take less time on the clock; only the latter less work")
  func threads() {
    let one = Self.estimate(Self.size(1000))
    let two = Self.estimate(Self.size(1000), threads: 2)
    #expect(two.seconds < one.seconds && two.seconds > one.seconds / 2)
    #expect(two.processorSeconds == one.processorSeconds)
    let fast = RunEstimate(Self.size(1000), threads: 1, speed: 2)
    #expect(fast.processorSeconds == one.processorSeconds / 2)
  }

  @Test("Detail levels and their blocks follow the picture's size")
  func details() {
    #expect((Self.size(10).detailLevels, Self.size(10).detailBlocks) == (0, 0))
    #expect((Self.size(10, side: 64).detailLevels, Self.size(10, side: 64).detailBlocks) == (1, 64))
    #expect(
      (Self.size(10, side: 128).detailLevels, Self.size(10, side: 128).detailBlocks) == (2, 320))
  }

  @Test("A run that needs more than four fifths of the memory is refused with both figures")
  func memory() throws {
    let size = Self.size(400_000, side: 64)
    let error = #expect(throws: RecursionError.self) {
      try size.requireMemory(available: 8_000_000_000)
    }
    #expect(
      "\(try #require(error))".contains(
        "it may take 80 % of the 8 GB that there are. Lower --samples"))
    try Self.size(1000).requireMemory(available: 4_000_000_000)
  }

  @Test("The process may use at least one processor, and no more than its affinity allows")
  func machine() {
    #expect((1...Parallelism.processorCount).contains(Machine.processors))
    #expect(Machine.memory > 100_000_000)
  }

  @Test("Memory grows with what a strategy keeps, not with the generations of one that forgets")
  func forgetting() {
    let few = Self.estimate(Self.size(1000, generations: 10))
    let many = Self.estimate(Self.size(1000, generations: 1000))
    #expect(many.memoryBytes == few.memoryBytes)
    var keeping = Self.size(1000, generations: 1000)
    keeping.kept = 1001 * 1000
    #expect(Self.estimate(keeping).memoryBytes > few.memoryBytes + 2_900_000_000)
  }

  @Test("What lies in temporary files is not charged as memory, but must fit into it")
  func files() {
    let (few, many) = (Self.size(10_000), Self.size(100_000))
    #expect(many.memory() < 1.3 * few.memory())
    // Bytes of the pictures, three sets of drawn ones at most, and the coordinates of 400 components.
    #expect(many.memory(withFiles: true) > many.memory() + 143_000 * 3072 + 100_000 * 3200)
  }
}
