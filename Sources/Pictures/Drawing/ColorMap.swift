/// A perceptually uniform scale of colours whose luminance rises from end to end, so that it is
/// read rightly in print and by every kind of colour vision.
struct ColorMap: Sendable {
  private let anchors: [Color]

  /// The colour at a position from 0 (dark) to 1 (light); positions beyond are clamped.
  func color(at position: Double) -> Color {
    let last = anchors.count - 1
    let scaled = min(max(position, 0), 1) * Double(last)
    let lower = min(Int(scaled), last - 1)
    let share = scaled - Double(lower)
    let a = anchors[lower]
    let b = anchors[lower + 1]
    return Color(
      red: a.red + share * (b.red - a.red), green: a.green + share * (b.green - a.green),
      blue: a.blue + share * (b.blue - a.blue))
  }

  /// Viridis (van der Walt and Smith 2015, CC0), at 33 of its 256 colours.
  static let viridis = ColorMap(anchors: [
    0x440154, 0x470D60, 0x48186A, 0x482374, 0x472D7B, 0x453681, 0x424086, 0x3F4989, 0x3B528B,
    0x375A8D, 0x33638D, 0x2F6A8E, 0x2C728E, 0x297A8E, 0x26818E, 0x23898E, 0x21908C, 0x1F988B,
    0x1F9F88, 0x21A685, 0x28AE80, 0x31B57B, 0x3EBC74, 0x4CC26C, 0x5DC963, 0x6ECE58, 0x82D34C,
    0x96D83F, 0xABDC32, 0xC0DF24, 0xD5E21A, 0xEAE51A, 0xFDE725,
  ])

  /// Cividis (Nunez, Anderton and Renslow 2018, <https://doi.org/10.1371/journal.pone.0199239>), at
  /// 33 of its 256 colours.
  static let cividis = ColorMap(anchors: [
    0x00224E, 0x00285B, 0x002E6A, 0x043371, 0x1A386F, 0x273E6E, 0x32436D, 0x3B496C, 0x434E6C,
    0x4B546C, 0x52596D, 0x5A5F6E, 0x61656F, 0x686A71, 0x6F7073, 0x757676, 0x7C7B78, 0x848179,
    0x8B8778, 0x938D78, 0x9B9376, 0xA39A75, 0xABA072, 0xB3A670, 0xBBAD6C, 0xC3B469, 0xCCBA64,
    0xD4C15F, 0xDDC958, 0xE6D051, 0xEFD748, 0xF8DF3C, 0xFEE838,
  ])

  /// The same scale from light to dark: on white paper, the darker the more.
  var reversed: ColorMap { ColorMap(anchors: anchors.reversed()) }

  private init(anchors: [UInt32]) {
    self.init(anchors: anchors.map { Color($0) })
  }

  private init(anchors: [Color]) {
    self.anchors = anchors
  }

  /// The colour of a line on white for the `index`-th of `count` ordered series: viridis without
  /// its palest fifth, which white swallows.
  static func ordered(_ index: Int, of count: Int) -> Color {
    viridis.color(at: count > 1 ? 0.82 * Double(index) / Double(count - 1) : 0)
  }
}
