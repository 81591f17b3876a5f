import Foundation
import Randomness

/// What chooses the attributes of one picture, and writes down what it chose.
///
/// A sprite asks for all its attributes, in the same order, whatever the answers are. So the truth
/// of a picture has the same columns throughout its class, and what a class asks is its
/// documentation.
struct Dice {
  private var stream: RandomStream
  private let overrides: [String: String]

  /// What was chosen.
  private(set) var values: [SpriteAttributes.Attribute] = []

  /// What could have been chosen.
  private(set) var laws: [SpriteAttributeLaw] = []

  /// Creates dice that roll the numbers of a stream.
  ///
  /// - Parameters:
  ///   - stream: The random numbers.
  ///   - overrides: Categories that are chosen instead of what the dice show: the same picture,
  ///     were this attribute another.
  init(_ stream: RandomStream, overriding overrides: [String: String] = [:]) {
    self.stream = stream
    self.overrides = overrides
  }

  /// Chooses one of some options, given with their chances in percent.
  mutating func choose<Option: RawRepresentable<String>>(
    _ name: String, _ chances: KeyValuePairs<Option, Double>
  ) -> Option {
    let total = chances.reduce(0) { $0 + $1.value }
    precondition(abs(total - 100) < 1e-9, "the chances of \(name) sum to \(total) percent")
    var chosen = chances[stream.category(weights: chances.map(\.value))].key
    if let wanted = overrides[name] {
      guard let option = chances.first(where: { $0.key.rawValue == wanted }) else {
        preconditionFailure("\(name) cannot be \(wanted)")
      }
      chosen = option.key
    }
    record(
      name, .category(chosen.rawValue),
      .categories(chances.map { .init(name: $0.key.rawValue, share: $0.value / 100) }))
    return chosen
  }

  /// Decides whether something is there, given its chance in percent.
  mutating func has(_ name: String, percent chance: Double) -> Bool {
    choose(name, [Presence.no: 100 - chance, Presence.yes: chance]) == .yes
  }

  /// Chooses a whole number, given the chances in percent of the first one and those that follow.
  mutating func count(_ name: String, from first: Int = 1, percent chances: [Double]) -> Int {
    precondition(abs(chances.reduce(0, +) - 100) < 1e-9, "the chances of \(name) are not 100")
    let categories = chances.enumerated().map { index, chance in
      SpriteAttributeLaw.Category(name: "\(first + index)", share: chance / 100)
    }
    var chosen = stream.category(weights: chances)
    if let wanted = overrides[name] {
      guard let index = categories.firstIndex(where: { $0.name == wanted }) else {
        preconditionFailure("\(name) cannot be \(wanted)")
      }
      chosen = index
    }
    record(name, .category(categories[chosen].name), .categories(categories))
    return first + chosen
  }

  /// Chooses a number between bounds, to three decimals.
  mutating func number(_ name: String, _ bounds: ClosedRange<Double>) -> Double {
    let width = bounds.upperBound - bounds.lowerBound
    let value = ((bounds.lowerBound + width * stream.uniform()) * 1000).rounded() / 1000
    record(name, .number(value), .uniform(bounds))
    return value
  }

  /// Chooses a colour: a swatch of the palette, given with the chances in percent, and a small turn
  /// of its hue and lightness.
  mutating func color(_ name: String, _ chances: KeyValuePairs<Swatch, Double>) -> Color {
    let swatch = choose(name, chances)
    let hue = number(name + "_hue", -8...8)
    let lightness = number(name + "_light", -0.03...0.03)
    return swatch.color.shifted(hue: hue, lightness: lightness)
  }

  private mutating func record(
    _ name: String, _ value: SpriteAttributes.Value, _ distribution: SpriteAttributeLaw.Distribution
  ) {
    precondition(!values.contains { $0.name == name }, "\(name) is chosen twice")
    values.append(.init(name: name, value: value))
    laws.append(.init(name: name, distribution: distribution))
  }
}

/// Whether a picture has something.
enum Presence: String {
  case no
  case yes
}

/// Which way something looks.
enum Facing: String {
  case left
  case right
}
