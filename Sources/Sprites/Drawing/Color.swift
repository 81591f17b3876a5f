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

  /// A darker tone, towards a deep blue rather than black, which keeps shadows clean.
  func darker(_ share: Double) -> Color { mixed(with: Color(0x2B2350).opacity(opacity), share) }

  /// The colour with its hue turned (degrees) and its lightness moved (−1 … 1) in Oklab, where equal
  /// steps look equal whatever the colour.
  ///
  /// - Note: Ottosson, "A perceptual color space for image processing", 2020.
  func shifted(hue: Double, lightness: Double) -> Color {
    let (r, g, b) = (Self.linear(red), Self.linear(green), Self.linear(blue))
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    let light = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s + lightness
    let greenRed = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    let blueYellow = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    let (sine, cosine) = (sin(hue * .pi / 180), cos(hue * .pi / 180))
    let (a, c) = (cosine * greenRed - sine * blueYellow, sine * greenRed + cosine * blueYellow)
    let long = pow(light + 0.3963377774 * a + 0.2158037573 * c, 3)
    let middle = pow(light - 0.1055613458 * a - 0.0638541728 * c, 3)
    let short = pow(light - 0.0894841775 * a - 1.2914855480 * c, 3)
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
  /// Colours at even steps from a centre outwards.
  case radial(center: Point, radius: Double, [Color])

  /// A colour lit softly from above, between two heights.
  static func lit(_ color: Color, _ top: Double, _ bottom: Double, by depth: Double = 0.12) -> Paint
  {
    .linear(
      from: (0, top), to: (0, bottom), [color.lighter(depth), color, color.darker(0.7 * depth)])
  }
}
