/// Why a law of sprites cannot be made or drawn.
public enum SpriteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The pictures would be too small to show anything, or larger than they were designed for.
  case size(Int)
  /// The exponent of Zipf's law is negative or not a number.
  case zipf(Double)
  /// No class has this name.
  case unknownClass(String)
  /// A class was given two shares.
  case repeatedClass(String)
  /// A share is not between 0 and 1.
  case share(className: String, share: Double)
  /// The shares that were given cannot be completed to 1.
  case total(Double)
  /// Cairo could not draw.
  case cairo(String)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .size(let size):
      "Sprites of \(size) pixels cannot be drawn. Choose a size from 16 to 256."
    case .zipf(let exponent):
      "The Zipf exponent \(exponent) is not usable. Choose 0 (equal shares) or more, at most 8."
    case .unknownClass(let name):
      """
      There is no class \(name.debugDescription) of sprites. \
      Choose one of \(SpriteLaw.classNames.joined(separator: ", ")).
      """
    case .repeatedClass(let name):
      "The class \(name) is given two shares. Give it one."
    case .share(let name, let share):
      "The share \(share) of the class \(name) is not possible. Choose one from 0 to 1."
    case .total(let total):
      """
      The shares given to the classes sum to \(total). \
      Let them sum to less than 1, or name every class and let them sum to 1.
      """
    case .cairo(let reason):
      "Cairo could not draw a sprite: \(reason). Draw smaller pictures or free memory."
    }
  }
}
