/// A class of pictures: what varies, and how it is drawn.
protocol Sprite: Sendable {
  /// The name of the class, and of its folder.
  static var className: String { get }

  /// Chooses all attributes, in the same order whatever they turn out to be.
  init(using dice: inout Dice)

  /// Draws the sprite round the centre of the canvas, about 80 wide or high.
  func draw(on canvas: Canvas)
}

/// Every class, in the order of their ranks: the first is the most frequent.
let spriteClasses: [any Sprite.Type] = [
  Face.self, Cat.self, Fish.self, Bird.self, House.self, Tree.self, Flower.self, Cup.self,
  Car.self, Ship.self, Rocket.self, Umbrella.self, Butterfly.self, Mushroom.self, Balloon.self,
  IceCream.self,
]
