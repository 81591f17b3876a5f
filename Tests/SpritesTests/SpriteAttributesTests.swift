import Randomness
import Samples
import Testing

@testable import Sprites

@Suite("Attributes of sprites")
struct SpriteAttributesTests {
  @Test(
    "Every class has at least three discrete attributes, one with a rare value, and three continuous ones",
    arguments: SpriteLaw.classNames)
  func variety(className: String) throws {
    let laws = try #require(SpriteLaw.attributeLaws(ofClass: className))
    // Those that every picture has do not count.
    let own = laws.filter {
      !["background", "scale", "shift_x", "shift_y", "tilt"].contains($0.name)
    }
    let discrete = own.compactMap(\.categories)
    #expect(discrete.count >= 3)
    #expect(discrete.contains { $0.contains { (0.01...0.05).contains($0.share) } })
    #expect(own.count - discrete.count >= 3)
    for categories in discrete {
      #expect(abs(categories.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    }
  }

  @Test("There are at least twelve classes, faces first, and no class is asked for in vain")
  func classes() {
    #expect(SpriteLaw.classNames.count >= 12)
    #expect(SpriteLaw.classNames.first == "faces")
    #expect(Set(SpriteLaw.classNames).count == SpriteLaw.classNames.count)
    #expect(SpriteLaw.attributeLaws(ofClass: "dogs") == nil)
  }

  @Test("Values are as frequent as documented", arguments: SpriteLaw.classNames)
  func frequencies(className: String) throws {
    let law = try SpriteLaw(seed: 11, rare: [(className, 1)])
    let laws = try #require(SpriteLaw.attributeLaws(ofClass: className))
    let count = 4000
    let drawn = (0..<count).map { law.attributes(of: $0).values }
    for (column, law) in laws.enumerated() {
      switch law.distribution {
      case .categories(let categories):
        var counts = [Double](repeating: 0, count: categories.count)
        for row in drawn {
          let rank = try #require(
            categories.firstIndex { row[column].value == .category($0.name) })
          counts[rank] += 1
        }
        // With one degree of freedom this is exceeded once in 5000 tests, with more more rarely.
        let freedom = Double(categories.count - 1)
        let statistic = chiSquare(counts, categories.map(\.share))
        #expect((statistic - freedom) / (2 * freedom).squareRoot() < 9, "\(law.name)")
      case .uniform(let bounds):
        let width = bounds.upperBound - bounds.lowerBound
        var sum = 0.0
        for row in drawn {
          guard case .number(let value) = row[column].value else {
            Issue.record("\(law.name) is not a number")
            continue
          }
          #expect(bounds.contains(value))
          sum += value
        }
        let error = width / 12.squareRoot() / Double(count).squareRoot()
        #expect(
          abs(sum / Double(count) - (bounds.lowerBound + bounds.upperBound) / 2) < 5 * error,
          "\(law.name)")
      }
    }
  }

  @Test(
    "Every value of every discrete attribute shows in the pixels", arguments: SpriteLaw.classNames)
  func everyValueShows(className: String) throws {
    let law = try SpriteLaw(size: 32, seed: 5, rare: [(className, 1)])
    for attribute in try #require(SpriteLaw.attributeLaws(ofClass: className)) {
      let categories = attribute.categories ?? []
      for (category, other) in zip(categories, categories.dropFirst() + categories.prefix(1)) {
        // Some attributes show in some pictures only: a third scoop's flavour needs three scoops.
        let shows = try (0..<60).contains { index in
          let one = law.icon(index, overriding: [attribute.name: category.name])
          let two = law.icon(index, overriding: [attribute.name: other.name])
          return try one.pixels(size: 32) != two.pixels(size: 32)
        }
        #expect(shows, "\(attribute.name) = \(category.name)")
      }
    }
  }

  @Test("Another value of one attribute leaves all others as they are")
  func independence() throws {
    let law = try SpriteLaw(seed: 2, rare: [("faces", 1)])
    for index in 0..<50 {
      let plain = law.attributes(of: index).values.filter { $0.name != "glasses" }
      let other = law.icon(index, overriding: ["glasses": "round"]).attributes
      #expect(other["glasses"] == .category("round"))
      #expect(other.values.filter { $0.name != "glasses" } == plain)
    }
  }

  @Test("Glasses are drawn at the eyes and nowhere else")
  func glassesSitOnTheNose() throws {
    let size = 64
    let law = try SpriteLaw(size: size, seed: 3, rare: [("faces", 1)])
    for index in 0..<20 {
      let bare = try law.icon(index, overriding: ["glasses": "none"]).pixels(size: size)
      let worn = try law.icon(index, overriding: ["glasses": "square"]).pixels(size: size)
      let changed = bare.indices.filter { bare[$0] != worn[$0] }.map { $0 / (3 * size) }
      #expect(changed.count > 60)
      #expect(changed.allSatisfy { (20...44).contains($0) })
    }
  }

  @Test("The page has the colour that the attributes name")
  func background() throws {
    let law = try SpriteLaw(size: 32, seed: 6)
    for index in 0..<60 {
      let corner = try law.icon(index).pixels(size: 32).prefix(3)
      guard case .category(let name) = law.attributes(of: index)["background"],
        let color = Background(rawValue: name)?.color
      else {
        Issue.record("picture \(index) has no background")
        continue
      }
      let expected = [color.red, color.green, color.blue].map { Int((255 * $0).rounded()) }
      for (channel, level) in corner.enumerated() {
        #expect(abs(Int(level) - expected[channel]) <= 1)
      }
    }
  }

  @Test("A picture moves as its shifts say")
  func shifts() throws {
    // Mushrooms are symmetric but for their friends: the centre of what is drawn follows the shift.
    let size = 64
    let law = try SpriteLaw(size: size, seed: 8, rare: [("mushrooms", 1)])
    var deviations: [Double] = []
    for index in 0..<40 {
      let icon = law.icon(index, overriding: ["friend": "none", "background": "white"])
      guard case .number(let shift) = icon.attributes["shift_x"],
        case .number(let tilt) = icon.attributes["tilt"], abs(tilt) < 2
      else { continue }
      let pixels = try icon.pixels(size: size)
      var (mass, moment) = (0.0, 0.0)
      for place in 0..<size * size {
        let ink = 255 - Double(pixels[3 * place + 2])
        mass += ink
        moment += ink * (Double(place % size) + 0.5)
      }
      deviations.append(moment / mass * 100 / Double(size) - 50 - shift)
    }
    #expect(deviations.count > 10)
    #expect(deviations.allSatisfy { abs($0) < 1 })
  }

  @Test("Numbers print as they are used")
  func exactNumbers() throws {
    let law = try SpriteLaw(seed: 9)
    for index in 0..<200 {
      for attribute in law.attributes(of: index).values {
        if case .number(let value) = attribute.value {
          #expect(Double(attribute.value.description) == value)
          #expect(attribute.value.description.count <= 7)
        }
      }
    }
  }
}

extension SpriteAttributeLaw {
  /// The categories; `nil` for a continuous attribute.
  fileprivate var categories: [Category]? {
    if case .categories(let categories) = distribution { categories } else { nil }
  }
}
