/// What random numbers are for: streams with different purposes never share a number.
public struct Purpose: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The purpose in words, such as `draw` or `display`.
  public let description: String

  /// The 32-bit FNV-1a hash of the name: its place in the counter.
  let code: UInt32

  /// Creates a purpose from its name.
  public init(_ name: String) {
    description = name
    code = Self.hash(name, after: 0x811C_9DC5)
  }

  /// The code of the purpose `self/part`, without making its name.
  func code(ofPart part: String) -> UInt32 {
    Self.hash(part, after: Self.hash("/", after: code))
  }

  /// Continues the hash of what stands before a text.
  private static func hash(_ text: String, after code: UInt32) -> UInt32 {
    var code = code
    for byte in text.utf8 { code = (code ^ UInt32(byte)) &* 0x0100_0193 }
    return code
  }

  /// Creates a purpose from its name.
  public init(stringLiteral name: String) { self.init(name) }
}

/// The random numbers of one sample for one purpose: a stream addressed by (seed, purpose,
/// generation, sample), whose words are numbered from 0.
///
/// Two streams with the same address are equal, and a stream can start at any place, so that any
/// sample of any generation can be drawn again alone.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: SIMD2<UInt32>
  private let address: SIMD4<UInt32>
  private var blockIndex: UInt32 = 0
  private var block = SIMD4<UInt32>()
  private var position = 4
  var spareNormal: Double?

  /// Creates the stream at an address.
  ///
  /// - Parameters:
  ///   - seed: The seed of the run.
  ///   - purpose: What the numbers are for.
  ///   - generation: The generation, 0 … 2³² − 1.
  ///   - sample: The sample's number within the generation, 0 … 2³² − 1.
  public init(seed: UInt64, purpose: Purpose, generation: Int = 0, sample: Int = 0) {
    self.init(seed: seed, code: purpose.code, generation: generation, sample: sample)
  }

  /// Creates the stream for the purpose `purpose/part`: as if it had been spelt out, but fast enough
  /// for every sample of a draw.
  public init(seed: UInt64, purpose: Purpose, part: String, generation: Int, sample: Int) {
    self.init(
      seed: seed, code: purpose.code(ofPart: part), generation: generation, sample: sample)
  }

  private init(seed: UInt64, code: UInt32, generation: Int, sample: Int) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    address = SIMD4(0, UInt32(sample), UInt32(generation), code)
  }

  /// The next 32 bits.
  @inline(__always)
  private mutating func nextWord() -> UInt32 {
    if position == 4 {
      var counter = address
      counter[0] = blockIndex
      block = Philox.block(counter: counter, key: key)
      blockIndex &+= 1
      position = 0
    }
    defer { position += 1 }
    return block[position]
  }

  /// Whether the next word is the first of a block and no normal number is left over from a pair.
  var standsBetweenBlocks: Bool { position == 4 && spareNormal == nil }

  /// Drops what is left of the current block and of a pair of normal numbers.
  mutating func skipToNextBlock() {
    position = 4
    spareNormal = nil
  }

  /// The two words of each of the next four blocks, from a stream that stands between blocks.
  @inline(__always)
  mutating func nextFourBlocks() -> (SIMD4<UInt64>, SIMD4<UInt64>) {
    var counter = address
    counter[0] = blockIndex
    blockIndex &+= 4
    return Philox.fourBlocks(from: counter, key: key)
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    let low = UInt64(nextWord())
    return UInt64(nextWord()) << 32 | low
  }

  /// The next `count` words of 64 bits: those that as many calls of ``next()`` return, faster.
  public mutating func words(_ count: Int) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(count)
    while words.count < count, position != 4 { words.append(next()) }
    while count - words.count >= 8 {
      let (first, second) = nextFourBlocks()
      for block in 0..<4 {
        words.append(first[block])
        words.append(second[block])
      }
    }
    while words.count < count { words.append(next()) }
    return words
  }

  /// A uniform number in the open interval (0, 1), with 52 random bits.
  public mutating func uniform() -> Double {
    BoxMuller.uniform(next())
  }

  /// A uniform integer in `0..<bound`, without bias (Lemire's multiplication with rejection).
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "no integer is below \(bound)")
    return Int(next(upperBound: UInt64(bound)))
  }
}
