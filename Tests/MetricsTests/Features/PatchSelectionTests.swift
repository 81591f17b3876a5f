import Testing

@testable import Metrics

@Suite("The patches that filters are fitted to")
struct PatchSelectionTests {
  @Test("Every place takes part about as often, whatever the numbers have in common")
  func evenPlaces() {
    for side in [1, 3, 7, 15, 31] {
      let places = side * side
      for pictures in [89, 90, 133, 178, 225, 300, 667, 1245, 1300, 1333, 2000] {
        let selection = PatchSelection(pictures: pictures, places: places, largestCount: 20_000)
        var uses = [Int](repeating: 0, count: places)
        for picture in 0..<pictures {
          for place in selection.places(inPicture: picture) { uses[place] += 1 }
        }
        #expect(uses.reduce(0, +) == min(20_000, pictures * places))
        // A place is drawn in each picture with the same probability, in all independently.
        let share = min(1, 20_000 / Double(pictures * places))
        let expected = share * Double(pictures)
        let deviation = (expected * (1 - share)).squareRoot()
        #expect(uses.allSatisfy { abs(Double($0) - expected) <= 5 * deviation + 1 })
      }
    }
  }

  @Test("Few patches all take part, and none takes part twice")
  func distinctPlaces() {
    let all = PatchSelection(pictures: 88, places: 225, largestCount: 20_000)
    #expect((0..<88).allSatisfy { all.places(inPicture: $0) == Array(0..<225) })
    for pictures in [89, 100, 1300] {
      let some = PatchSelection(pictures: pictures, places: 225, largestCount: 20_000)
      for picture in 0..<pictures {
        let places = some.places(inPicture: picture)
        #expect(Set(places).count == places.count && places == places.sorted())
      }
    }
  }
}
