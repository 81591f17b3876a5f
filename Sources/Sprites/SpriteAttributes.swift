/// The truth about one picture: its class and everything that was chosen to draw it.
///
/// What is chosen is chosen whether or not the rest of the picture lets it show: a bald head has a
/// hair colour in its brows only, and an ice cream of one scoop a third flavour that nobody sees.
public struct SpriteAttributes: Equatable, Sendable {
  /// The value of an attribute.
  public enum Value: Equatable, Sendable, CustomStringConvertible {
    /// One of a few values.
    case category(String)
    /// A number, rounded to what ``description`` prints: nothing of the truth is lost in text.
    case number(Double)

    /// The value as text.
    public var description: String {
      switch self {
      case .category(let name): name
      case .number(let value): "\(value)"
      }
    }
  }

  /// An attribute of one picture.
  public struct Attribute: Equatable, Sendable {
    /// The name, the same in every class that has the attribute.
    public let name: String

    /// The value in this picture.
    public let value: Value
  }

  /// The name of the class.
  public let className: String

  /// The attributes, in the order in which they are chosen: the same order for a whole class.
  public let values: [Attribute]

  /// The value of an attribute; `nil` if the class does not have it.
  public subscript(name: String) -> Value? {
    values.first { $0.name == name }?.value
  }
}

/// How an attribute varies within a class.
public struct SpriteAttributeLaw: Equatable, Sendable {
  /// How the values are distributed.
  public enum Distribution: Equatable, Sendable {
    /// Some values, each with its probability; they sum to 1.
    case categories([Category])
    /// Any number between two bounds, all equally likely.
    case uniform(ClosedRange<Double>)
  }

  /// A value and how often it is chosen.
  public struct Category: Equatable, Sendable {
    /// The value's name.
    public let name: String

    /// Its probability.
    public let share: Double
  }

  /// The name of the attribute.
  public let name: String

  /// How its values are distributed, independently of all other attributes.
  public let distribution: Distribution
}
