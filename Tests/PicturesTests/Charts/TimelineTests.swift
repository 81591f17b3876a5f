import Foundation
import Images
import Samples
import Testing

@testable import Pictures

@Suite("Timelines")
struct TimelineTests {
  private static func series(
    _ label: String, _ values: [Double?], _ role: TimelineSeries.Role, error: Double = 0
  ) -> TimelineSeries {
    TimelineSeries(
      label: label,
      points: values.enumerated().map { x, value in
        TimelinePoint(
          x: Double(x), value: value, low: value.map { $0 - error },
          high: value.map { $0 + error })
      }, role: role)
  }

  private static func panel(generations: Int) -> TimelinePanel {
    let times = (0...generations).map { Double($0) / Double(max(generations, 1)) }
    return TimelinePanel(
      title: "frechet_distance_trace_generated in conv features", hint: "lower is better",
      series: [
        series("replace", times.map { 14 + 48 * $0 }, .run, error: 1),
        series("control", times.map { _ in 14 }, .control),
        series("theory", times.map { 13 + 46 * $0 }, .theory),
        series("to the previous generation", times.map { 3 - $0 }, .previous),
      ], nullBands: [NullBand(0.9...1.6)])
  }

  @Test("No text is cut or covered for up to twelve panels and sixty generations")
  func layouts() throws {
    for count in [0, 1, 2, 3, 4, 5, 12] {
      for generations in [0, 1, 10, 60] {
        let panels = (0..<count).map { _ in Self.panel(generations: generations) }
        let page = Timeline.page(
          panels: panels, title: "run", subtitle: "replace, N = 700, seed 1")
        try expectCleanLayout(page)
        #expect(page.width == 1260)
      }
    }
  }

  @Test("However many lines there are, each is named in full, and so are bands of several sizes")
  func manyNames() throws {
    for count in [2, 4, 8, 12] {
      let labels = (1...count).map {
        "weighted:weight=0.5,share=0.\($0),real=fixed, samples \($0)00"
      }
      let panels = (0..<6).map { _ in
        TimelinePanel(
          title: "recall",
          series: labels.map { Self.series($0, [1, 0.5], .run) }
            + [Self.series("control", [1, 1], .control)],
          nullBands: [NullBand(0.9...1, size: 100), NullBand(0.95...1, size: 400)])
      }
      let page = Timeline.page(panels: panels, title: "run", subtitle: "")
      try expectCleanLayout(page)
      let all = try texts(page)
      #expect(!all.contains { $0.contains("…") })
      #expect(all.count { $0 == "control" } == 6 && all.count { $0 == "real vs real, n 100" } == 6)
      let words = all.joined().replacing(" ", with: "")
      for label in labels {
        let plain = label.replacing(" ", with: "")
        #expect(words.ranges(of: plain).count == 6, "\(plain)")
      }
    }
  }

  @Test("Lines and the null band are named beside the panel")
  func names() throws {
    let page = Timeline.page(panels: [Self.panel(generations: 5)], title: "run", subtitle: "")
    let texts = try texts(page)
    for name in ["replace", "control", "theory", "real vs real", "lower is better", "generation"] {
      #expect(texts.contains(name))
    }
  }

  @Test("An axis that starts at 0 and does not cover errors ends above the values")
  func cutErrors() throws {
    let panel = TimelinePanel(
      title: "cats",
      series: [Self.series("replace", [1, 0.8], .run, error: 40)], coversErrors: false)
    #expect(panel.values == [1, 0.8])
    let page = Timeline.page(panels: [panel], title: "", subtitle: "", startsAtZero: true)
    try expectCleanLayout(page)
    let numbers = try texts(page).compactMap { Double($0) }
    #expect(numbers.contains(0) && numbers.allSatisfy { $0 <= 1.2 })
  }

  @Test("A lone error of one run among several is drawn as a bar")
  func loneErrors() throws {
    func bytes(error: Double?) throws -> [UInt8] {
      let series = (0..<6).map { run in
        TimelineSeries(
          label: "run \(run)",
          points: (0...3).map { x in
            let value = 1 + 0.1 * Double(run * x)
            let bar = x == 3 ? error : nil
            return TimelinePoint(
              x: Double(x), value: value, low: bar.map { value - $0 }, high: bar.map { value + $0 })
          }, role: .run)
      }
      let panel = TimelinePanel(title: "cats", series: series, coversErrors: false)
      let page = Timeline.page(panels: [panel], title: "", subtitle: "", startsAtZero: true)
      try expectCleanLayout(page)
      return try page.rendered().png
    }
    #expect(try bytes(error: nil) != bytes(error: 0.5))
  }

  private static let odd: [[Double?]] = [
    [], [nil, nil], [3], [3, 3, 3], [nil, 2, nil, 4], [1e-6, 1e9], [-5, 0, 5],
    [.nan, .infinity, 1], [0, 0], [1e308, -1e308], [1e-300, 2e-300],
  ]

  @Test("Odd values give a picture on both scales", arguments: odd.indices)
  func degenerate(index: Int) throws {
    let values = Self.odd[index]
    for logarithmic in [false, true] {
      let page = Timeline.page(
        panels: [
          TimelinePanel(
            title: "odd", series: [Self.series("run", values, .run, error: 0.5)],
            nullBands: [NullBand(2...2)], logarithmic: logarithmic),
          TimelinePanel(
            title: "no band", series: [Self.series("run", values, .run)],
            logarithmic: logarithmic),
          TimelinePanel(title: "empty", series: []),
        ], title: "", subtitle: "")
      try expectCleanLayout(page)
      #expect(try PictureDecoder.decode(page.png()).shape.width == page.width)
      #expect(isWellFormed(try #require(page.rendered().svg)))
    }
  }

  @Test("A run of one value stands as a marker at its height in the null band's colour and its own")
  func pixels() throws {
    let page = Timeline.page(
      panels: [
        TimelinePanel(
          title: "", series: [Self.series("", [5], .run)], nullBands: [NullBand(4...6)])
      ], title: "", subtitle: "")
    let picture = try PictureDecoder.decode(page.png())
    var blue = 0
    for y in 0..<picture.shape.height {
      for x in 0..<picture.shape.width where picture.pixel(x, y) == [0x00, 0x72, 0xB2] {
        blue += 1
      }
    }
    // A disc of radius 3.6 less its border of half a pixel, less its anti-aliased rim.
    #expect((12...45).contains(blue))
  }

  @Test("A loop keeps its colour in panels whose order is another")
  func places() throws {
    func panel(_ order: [Int]) -> TimelinePanel {
      TimelinePanel(
        title: "",
        series: order.map { place in
          TimelineSeries(
            label: "loop \(place)", points: [TimelinePoint(x: 0, value: Double(place))], role: .run,
            place: place)
        })
    }
    func svg(_ order: [Int]) throws -> String {
      let picture = try Timeline.render(panels: [panel(order)], title: "", subtitle: "")
      return String(decoding: try #require(picture.svg), as: UTF8.self)
    }
    let colours = ["rgb(0%,44.7", "rgb(83.5", "rgb(0%,61.9"]
    func counts(_ order: [Int]) throws -> [Int] {
      let text = try svg(order)
      return colours.map { text.components(separatedBy: $0).count }
    }
    #expect(try counts([0, 1]) == counts([1, 0]))
    #expect(try counts([0, 1]) != counts([0, 2]))
    #expect(try counts([2]) != counts([0]))
  }

  @Test("The same panels give the same bytes, twice over")
  func bytes() throws {
    let panels = [Self.panel(generations: 10), Self.panel(generations: 3)]
    let first = try Timeline.render(panels: panels, title: "a", subtitle: "b")
    let second = try Timeline.render(panels: panels, title: "a", subtitle: "b")
    #expect(first == second)
    let svg = String(decoding: try #require(first.svg), as: UTF8.self)
    #expect(isWellFormed(Array(svg.utf8)))
    for word in ["/home", "/tmp", "/work", "file:", "date", "Date"] {
      #expect(!svg.contains(word))
    }
  }
}
