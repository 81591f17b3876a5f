import Images
public import Recursion
import Samples

/// Draws the pictures of a run: the grids of every generation, and what shows the run as a whole.
public struct RunPictures: Illustrator {
  /// Creates an illustrator.
  public init() {}

  /// `grid.png`, `distances.png`, `lost.png` and `hallucinated.png` of one generation.
  public func pictures(of generation: GenerationView) throws -> [NamedFile] {
    try GenerationPictures(generation).files()
  }

  /// The filmstrip, the charts and the sheet of neighbours of a whole run.
  public func pictures(of run: RunView) throws -> [NamedFile] {
    try FilmstripPicture(run).files() + RunCharts(run).files()
  }
}

extension RunTitle {
  /// The run in a line.
  public var text: String { "\(data), \(strategy), \(generator), seed \(seed)" }
}

extension SampleSet {
  /// The samples as pictures, levels rounded and clipped; none for plain vectors.
  func pictures(_ range: Range<Int>) -> [Picture] {
    guard let shape else { return [] }
    let levels = values(range)
    return (0..<range.count).map { index in
      let pixels = levels[index * shape.count..<(index + 1) * shape.count]
        .map { UInt8(min(255, max(0, $0.rounded()))) }
      return Picture(shape: shape, pixels: pixels)
    }
  }
}
