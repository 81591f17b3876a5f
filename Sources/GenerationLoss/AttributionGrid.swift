import Metrics
import Pictures
import Samples

/// The samples of one set that another does not reach, as a grid of pictures, the most distant first.
struct AttributionGrid {
  /// The pictures in a row.
  private static let columns = 8

  /// The most pictures on a grid.
  static let limit = 48

  /// The leading samples, at most ``limit``, in the order of the ranking.
  let ranking: [Attribution.Sample]

  /// Their pictures, in the same order.
  let pictures: SampleSet

  /// Their names, in the same order.
  let names: [String]

  /// Returns a PNG file.
  ///
  /// - Parameters:
  ///   - title: What is shown.
  ///   - subtitle: How many there are, and of what.
  ///   - empty: What is written where there are none.
  func render(title: String, subtitle: String, empty: String) throws -> [UInt8] {
    let cells = zip(pictures.pictures(0..<pictures.count), zip(names, ranking)).map {
      CaptionedGrid.Cell($0, caption: [$1.0, Self.text($1.1)])
    }
    return try CaptionedGrid.render(
      parts: [CaptionedGrid.Part(cells: cells)], columns: Self.columns, title: title,
      subtitle: subtitle, empty: empty)
  }

  /// The distance, and how many times that to the sample's own kind it is.
  private static func text(_ sample: Attribution.Sample) -> String {
    let ratio = sample.ratio.map { " (\(NumberText.short($0, digits: 2))×)" } ?? ""
    return NumberText.short(sample.distance) + ratio
  }

  /// What the numbers beneath the pictures are.
  static func key(to other: String, own: String, k: Int) -> String {
    "Beneath: the distance to the nearest \(other) picture, and how many times the distance to its own "
      + "\(ordinal(k)) \(own) neighbour that is."
  }

  /// 1st, 2nd, 3rd, 4th, 11th, 21st.
  private static func ordinal(_ number: Int) -> String {
    let ending =
      switch (number % 10, number % 100) {
      case (_, 11...13): "th"
      case (1, _): "st"
      case (2, _): "nd"
      case (3, _): "rd"
      default: "th"
      }
    return "\(number)\(ending)"
  }
}
