/// The colours that all sprites share, so that a page of them looks like one hand's work.
enum Swatch: String {
  case coral
  case orange
  case yellow
  case leaf
  case teal
  case blue
  case navy
  case violet
  case pink
  case brown
  case cream
  case grey

  /// The colour before it varies.
  var color: Color {
    switch self {
    case .coral: Color(0xEE6C5E)
    case .orange: Color(0xF5A14F)
    case .yellow: Color(0xF9CD5E)
    case .leaf: Color(0x74BC7B)
    case .teal: Color(0x4CB5AE)
    case .blue: Color(0x5E9EDB)
    case .navy: Color(0x45639B)
    case .violet: Color(0x937FC7)
    case .pink: Color(0xF397B0)
    case .brown: Color(0xA97556)
    case .cream: Color(0xF6E3C5)
    case .grey: Color(0xB4BBC9)
    }
  }
}

extension Color {
  /// Lines, pupils and mouths: a soft near-black.
  static let ink = Color(0x35334A)

  /// A warm white that still shows on a white page.
  static let milk = Color(0xFBF6EC)

  /// Pure light.
  static let white = Color(0xFFFFFF)

  /// Window glass.
  static let glass = Color(0xBFE3F2)

  /// Bare wood.
  static let wood = Color(0xA87B57)

  /// Something lit or golden.
  static let gold = Color(0xF6C044)

  /// Metal.
  static let steel = Color(0x9AA4B5)

  /// Cheeks.
  static let blush = Color(0xF2707A)
}

/// The colour of the page behind a sprite.
enum Background: String {
  case white
  case cream
  case sky
  case mint
  case blush
  case lilac

  /// The colour.
  var color: Color {
    switch self {
    case .white: Color(0xFFFFFF)
    case .cream: Color(0xFFFBF3)
    case .sky: Color(0xF5FAFE)
    case .mint: Color(0xF5FBF7)
    case .blush: Color(0xFEF7F6)
    case .lilac: Color(0xF9F7FD)
    }
  }
}
