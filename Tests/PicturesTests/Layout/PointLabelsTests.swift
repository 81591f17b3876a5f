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

  @Test("Where lines crowd, names lie farther away, and no leading line crosses a name")
  func leaders() {
    let area = Rectangle(x: 0, y: 0, width: 760, height: 430)
    let points = (0..<9).map { Point(120 + 40 * Double($0), 380 - 30 * Double($0)) }
    let bars = points.map { (Point($0.x, $0.y - 90), Point($0.x, $0.y + 60)) }
    var near = PointLabels(area: area, points: points, segments: bars)
    var far = PointLabels(area: area, points: points, segments: bars)
    var placed: [(name: Rectangle, leader: (Point, Point)?)] = []
    var nearCount = 0
    for point in points {
      let spot = Rectangle(x: point.x, y: point.y, width: 0, height: 0)
      let size = (width: 130.0, height: 15.0)
      if near.place(size, at: spot, insists: false) != nil { nearCount += 1 }
      if let name = far.place(size, at: spot, insists: false, reach: 250) {
        placed.append((name, PointLabels.leader(from: spot, to: name)))
      }
    }
    #expect(placed.count > nearCount && placed.count > points.count / 2)
    for (index, label) in placed.enumerated() {
      #expect(!bars.contains { label.name.crosses($0.0, $0.1) })
      for (other, rival) in placed.enumerated() where other != index {
        #expect(!rival.name.overlaps(label.name))
        #expect(rival.leader.map { label.name.crosses($0.0, $0.1) } != true)
      }
    }
    #expect(placed.contains { $0.leader != nil })
  }
}
