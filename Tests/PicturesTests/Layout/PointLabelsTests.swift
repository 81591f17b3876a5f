import Testing

@testable import Pictures

@Suite("Names of points")
struct PointLabelsTests {
  @Test("Names of points cover neither lines nor points nor each other, or are left out")
  func pointLabels() {
    let area = Rectangle(x: 0, y: 0, width: 200, height: 200)
    let points = (0..<20).map { Point(40 + Double($0 % 5) * 24, 40 + Double($0 / 5) * 24) }
    let segments = Array(zip(points, points.dropFirst()))
    var labels = PointLabels(area: area, points: points, segments: segments)
    var placed: [Rectangle] = []
    for point in points {
      let spot = Rectangle(x: point.x, y: point.y, width: 0, height: 0)
      guard let place = labels.place((width: 18, height: 12), at: spot, insists: false) else {
        continue
      }
      #expect(area.contains(place))
      #expect(!placed.contains { $0.overlaps(place) })
      #expect(!segments.contains { place.crosses($0.0, $0.1) })
      placed.append(place)
    }
    #expect(placed.count > 5)
  }
}
