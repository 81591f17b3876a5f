import Foundation

/// A colour in sRGB, with components and opacity from 0 to 1.
struct Color: Equatable, Sendable {
  var red: Double
  var green: Double
  var blue: Double
  var alpha = 1.0

  /// A colour from its usual six hexadecimal digits.
  init(_ hex: UInt32, alpha: Double = 1) {
    red = Double(hex >> 16 & 0xFF) / 255
    green = Double(hex >> 8 & 0xFF) / 255
    blue = Double(hex & 0xFF) / 255
    self.alpha = alpha
  }

  init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The same colour with another opacity.
  func opacity(_ alpha: Double) -> Color {
    var color = self
    color.alpha = alpha
    return color
  }

  /// The relative luminance of the opaque colour, 0 for black and 1 for white (WCAG 2.1).
  var luminance: Double {
    func linear(_ level: Double) -> Double {
      level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Black or white, whichever has the higher contrast with this colour behind it.
  var readableInk: Color {
    // Contrast is (lighter + 0.05) / (darker + 0.05), so the two break even at sqrt(1.05 * 0.05).
    luminance > 0.1791 ? Color(0x000000) : .white
  }

  /// The colour itself, or a darker shade of it that can be read as text on white (a contrast of
  /// 4.5, WCAG 2.1).
  var asInk: Color {
    var ink = self
    while ink.luminance > 0.183 {
      ink.red *= 0.96
      ink.green *= 0.96
      ink.blue *= 0.96
    }
    return ink
  }

  static let white = Color(0xFFFFFF)
  /// Text and other things to read.
  static let ink = Color(0x1A1A1A)
  /// Text of second rank: subtitles, ticks, hints.
  static let quiet = Color(0x595959)
  /// Axes.
  static let axis = Color(0x8C8C8C)
  /// Grid lines behind the data.
  static let grid = Color(0xE6E6E6)
  /// The lines between pictures.
  static let gutter = Color(0xD0D0D0)
  /// A value that is not there.
  static let missing = Color(0xF0F0F0)

  /// The colours of Okabe and Ito, told apart by every kind of colour vision
  /// (<https://jfly.uni-koeln.de/color/>).
  static let blue = Color(0x0072B2)
  static let vermillion = Color(0xD55E00)
  static let bluishGreen = Color(0x009E73)
  static let orange = Color(0xE69F00)
  static let reddishPurple = Color(0xCC79A7)
  static let skyBlue = Color(0x56B4E9)
}
