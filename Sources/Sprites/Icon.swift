import Randomness

/// One picture before it is drawn: a sprite, its place on the page and the page.
struct Icon {
  private let sprite: any Sprite
  private let background: Background
  private let scale: Double
  private let shift: Point
  private let tilt: Double

  /// The class and all attributes.
  let attributes: SpriteAttributes

  /// How each attribute varies within the class.
  let laws: [SpriteAttributeLaw]

  /// Chooses a picture of a class.
  init(of kind: any Sprite.Type, using dice: Dice) {
    var dice = dice
    background = dice.choose(
      "background",
      [.white: 60, .cream: 10, .sky: 10, .mint: 8, .blush: 8, .lilac: 4])
    scale = dice.number("scale", 0.9...1)
    shift = (dice.number("shift_x", -1.5...1.5), dice.number("shift_y", -1.5...1.5))
    tilt = dice.number("tilt", -4...4)
    sprite = kind.init(using: &dice)
    attributes = SpriteAttributes(className: kind.className, values: dice.values)
    laws = dice.laws
  }

  /// Draws the picture.
  ///
  /// - Returns: Red, green and blue of `size × size` pixels, row after row.
  /// - Throws: ``SpriteError/cairo(_:)``.
  func pixels(size: Int) throws(SpriteError) -> [UInt8] {
    let canvas = try Canvas(size: size, background: background.color)
    canvas.placed(at: shift, turned: tilt, scaled: (scale, scale)) {
      sprite.draw(on: canvas)
    }
    return try canvas.pixels()
  }
}
