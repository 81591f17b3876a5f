import Foundation
import LinearAlgebra
import Randomness
public import Samples

/// The endless law of the drawn icons: sample `i` of a seed is always the same picture.
///
/// A class is drawn with a probability proportional to `1 / rank^zipf`, then the attributes of its
/// picture one by one, each independently of all others. Both have random streams of their own, so
/// that other class shares leave the pictures of a class as they are.
///
///     let law = try SpriteLaw(size: 64, seed: 1)
///     let first = law.samples(0..<100)
///     law.attributes(of: 17)["glasses"]
public struct SpriteLaw: SampleSource, Equatable {
  /// The names of all classes by rank: the first is the most frequent under Zipf's law.
  public static let classNames = spriteClasses.map { $0.className }

  /// The width and height of a picture in pixels.
  public let size: Int

  /// The seed.
  public let seed: UInt64

  /// The probability of each class of ``classNames``.
  public let shares: [Double]

  /// Creates a law.
  ///
  /// - Parameters:
  ///   - size: The width and height of the pictures in pixels, 16 to 256.
  ///   - seed: The seed: another one, other pictures.
  ///   - zipf: The exponent of Zipf's law for the shares of the classes; 0 makes them equal.
  ///   - rare: Shares of some classes, from 0 to 1, instead of Zipf's; the others keep their
  ///     proportions and share the rest.
  /// - Throws: ``SpriteError`` if an argument makes no sense; its text says which and why.
  public init(
    size: Int = 64, seed: UInt64 = 1, zipf: Double = 1,
    rare: [(class: String, share: Double)] = []
  ) throws(SpriteError) {
    guard (16...256).contains(size) else { throw .size(size) }
    guard (0...8).contains(zipf) else { throw .zipf(zipf) }
    self.size = size
    self.seed = seed
    var given: [Int: Double] = [:]
    for (name, share) in rare {
      guard let rank = Self.classNames.firstIndex(of: name) else { throw .unknownClass(name) }
      guard given[rank] == nil else { throw .repeatedClass(name) }
      guard (0...1).contains(share) else { throw .share(className: name, share: share) }
      given[rank] = share
    }
    let taken = rare.reduce(0) { $0 + $1.share }
    let complete = given.count == Self.classNames.count
    guard taken <= 1 + 1e-9, !complete || taken >= 1 - 1e-9 else { throw .total(taken) }
    let weights = Self.classNames.indices.map { rank in
      given[rank] == nil ? pow(Double(rank + 1), -zipf) : 0
    }
    let rest = max(0, 1 - taken) / max(weights.reduce(0, +), .leastNormalMagnitude)
    shares = weights.indices.map { rank in given[rank] ?? weights[rank] * rest }
  }

  /// The numbers in a picture: `3·size²`.
  public var dimension: Int { 3 * size * size }

  /// Square pictures in red, green and blue.
  public var shape: PictureShape? { PictureShape(width: size, height: size, channels: 3) }

  /// Returns the pictures with these numbers as bytes, each labelled with its class, an index into
  /// ``classNames``.
  ///
  /// Every picture is drawn alone, so the result does not depend on the range or the threads.
  public func samples(_ range: Range<Int>) -> SampleSet {
    let blocks = Parallelism.blocks(of: range.count, size: 16)
    let drawn = Parallelism.map(blocks.count) { block in
      blocks[block].flatMap { pixels(of: range.lowerBound + $0) }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count * dimension)
    for block in drawn { bytes.append(contentsOf: block) }
    return SampleSet(
      count: range.count, dimension: dimension, shape: shape, storage: .bytes(bytes),
      labels: range.map { Int32(classIndex(of: $0)) }, classNames: Self.classNames)
  }

  /// The class and all attributes of a picture.
  public func attributes(of index: Int) -> SpriteAttributes {
    icon(index).attributes
  }

  /// How the attributes of a class vary, in the order of ``SpriteAttributes/values``; `nil` if
  /// there is no such class.
  public static func attributeLaws(ofClass name: String) -> [SpriteAttributeLaw]? {
    spriteClasses.first { $0.className == name }.map { kind in
      Icon(of: kind, using: Dice(RandomStream(seed: 0, purpose: attributePurpose))).laws
    }
  }

  private static let classPurpose: Purpose = "sprite-class"
  private static let attributePurpose: Purpose = "sprite-attributes"

  /// The class of a picture, an index into ``classNames``.
  func classIndex(of index: Int) -> Int {
    var stream = RandomStream(seed: seed, purpose: Self.classPurpose, sample: index)
    return stream.category(weights: shares)
  }

  /// A picture before it is drawn, as it is or with some of its categories replaced.
  func icon(_ index: Int, overriding overrides: [String: String] = [:]) -> Icon {
    let stream = RandomStream(seed: seed, purpose: Self.attributePurpose, sample: index)
    return Icon(
      of: spriteClasses[classIndex(of: index)], using: Dice(stream, overriding: overrides))
  }

  /// The bytes of a picture.
  private func pixels(of index: Int) -> [UInt8] {
    do {
      return try icon(index).pixels(size: size)
    } catch {
      // A sheet of at most 512 x 512 dots: only a machine without any memory left refuses it.
      preconditionFailure("\(error)")
    }
  }
}
