import Foundation

/// A colour in sRGB with an opacity, all from 0 to 1.
struct Color: Equatable, Sendable {
  let red: Double
  let green: Double
  let blue: Double
  let opacity: Double

  /// Creates a colour from its levels.
  init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  /// Creates an opaque colour from `0xRRGGBB`.
  init(_ code: UInt32) {
    self.init(
      red: Double(code >> 16 & 255) / 255, green: Double(code >> 8 & 255) / 255,
      blue: Double(code & 255) / 255)
  }

  /// The same colour, see-through.
  func opacity(_ opacity: Double) -> Color {
    Color(red: red, green: green, blue: blue, opacity: opacity)
  }

  /// The colour on the way to another: 0 is this one, 1 the other.
  func mixed(with other: Color, _ share: Double) -> Color {
    Color(
      red: red + share * (other.red - red), green: green + share * (other.green - green),
      blue: blue + share * (other.blue - blue), opacity: opacity + share * (other.opacity - opacity)
    )
  }

  /// A lighter tone, towards warm white.
  func lighter(_ share: Double) -> Color { mixed(with: Color(0xFFFBF2).opacity(opacity), share) }

  /// A darker tone, as a painter mixes it: less light, as much colour, a touch of blue; and yellow
  /// turns towards orange, because dark yellow is mud.
  func darker(_ share: Double) -> Color {
    var lab = Oklab(self)
    let yellow = max(0, cos(lab.hue - 1.75))
    lab.turn(-1.5 * share * yellow)
    lab.lightness *= 1 - 0.62 * share
    lab.blueYellow -= 0.03 * share
    return lab.color(opacity: opacity)
  }

  /// The colour itself, or milk white if a shape of it would be lost on the other.
  func distinct(from other: Color) -> Color {
    let distance = abs(red - other.red) + abs(green - other.green) + abs(blue - other.blue)
    return distance < 0.42 ? .milk : self
  }

  /// Whether gold would drown in this colour.
  var isGolden: Bool { red > 0.85 && green > 0.6 && blue < 0.5 }

  /// The colour with its hue turned (degrees) and its lightness moved (−1 … 1).
  func shifted(hue: Double, lightness: Double) -> Color {
    var lab = Oklab(self)
    lab.turn(hue * .pi / 180)
    lab.lightness += lightness
    return lab.color(opacity: opacity)
  }
}

/// A colour in Oklab, where equal steps look equal whatever the colour.
///
/// - Note: Ottosson, "A perceptual color space for image processing", 2020.
private struct Oklab {
  var lightness: Double
  var greenRed: Double
  var blueYellow: Double

  init(_ color: Color) {
    let (r, g, b) = (
      Self.linear(color.red), Self.linear(color.green), Self.linear(color.blue)
    )
    let long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let middle = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let short = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    greenRed = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    blueYellow = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
  }

  /// The hue in radians: red near 0.5, yellow near 1.9, green near 2.5, blue near −1.7.
  var hue: Double { atan2(blueYellow, greenRed) }

  /// Turns the hue by an angle in radians.
  mutating func turn(_ angle: Double) {
    let (sine, cosine) = (sin(angle), cos(angle))
    (greenRed, blueYellow) = (
      cosine * greenRed - sine * blueYellow, sine * greenRed + cosine * blueYellow
    )
  }

  /// The nearest colour that a screen can show.
  func color(opacity: Double) -> Color {
    let long = pow(lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow, 3)
    let middle = pow(lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow, 3)
    let short = pow(lightness - 0.0894841775 * greenRed - 1.2914855480 * blueYellow, 3)
    return Color(
      red: Self.encoded(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
      green: Self.encoded(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
      blue: Self.encoded(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
      opacity: opacity)
  }

  private static func linear(_ level: Double) -> Double {
    level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ level: Double) -> Double {
    let level = min(max(level, 0), 1)
    return level <= 0.0031308 ? 12.92 * level : 1.055 * pow(level, 1 / 2.4) - 0.055
  }
}

/// What a shape is filled with.
enum Paint {
  /// One colour.
  case flat(Color)
  /// Colours at even steps along a line.
  case linear(from: Point, to: Point, [Color])

  /// A colour lit softly from above, between two heights.
  static func lit(_ color: Color, _ top: Double, _ bottom: Double, by depth: Double = 0.12) -> Paint
  {
    .linear(
      from: (0, top), to: (0, bottom), [color.lighter(depth), color, color.darker(0.7 * depth)])
  }
}
