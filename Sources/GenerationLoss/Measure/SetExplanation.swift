import Foundation
import LinearAlgebra
import Metrics
import Pictures
public import Recursion
import Samples
import Storage
import SystemPackage

/// What carries the distance between a real and a generated set, as pictures and tables.
public struct SetExplanation: Sendable {
  private let measurement: SetMeasurement
  private let real: MeasuredData
  private let generated: MeasuredData

  /// Which of the measured sets it is about.
  private let index: Int

  /// The directions of each space that are drawn.
  private static let drawnDirections = 3

  /// The pictures from one end of a direction to the other.
  private static let columns = 8

  /// Explains one generated set of a measurement that was asked to find out.
  ///
  /// - Parameter index: The place of the set among those that were measured.
  public init(
    _ measurement: SetMeasurement, real: MeasuredData, generated: MeasuredData, index: Int = 0
  ) {
    self.measurement = measurement
    self.real = real
    self.generated = generated
    self.index = index
  }

  /// Names for a folder to each set of a sequence: their own, without an extension, where all differ, else
  /// their numbers from 1 on.
  public static func folderNames(for sets: [MeasuredData]) -> [String] {
    let names = sets.compactMap { set -> String? in
      let last = FilePath(set.name).lexicallyNormalized().lastComponent
      guard let last, last.kind == .regular else { return nil }
      return last.stem
    }
    if names.count == sets.count, Set(names).count == names.count { return names }
    let width = String(sets.count).count
    return (1...max(1, sets.count)).map {
      String(repeating: "0", count: width - String($0).count) + String($0)
    }
  }

  /// One space and what was found there.
  private struct Found {
    let space: SetMeasurement.Space
    let explanation: SpaceExplanation
  }

  /// The spaces, the leading one first.
  private var found: [Found] {
    let all = measurement.spaces.compactMap { space in
      space.explanations.indices.contains(index)
        ? Found(space: space, explanation: space.explanations[index]) : nil
    }
    let leading = SpaceName.leading(among: all.compactMap { SpaceName(rawValue: $0.space.name) })
    return all.filter { $0.space.name == leading?.rawValue }
      + all.filter { $0.space.name != leading?.rawValue }
  }

  /// The files: `explain.json`, `explain.csv` and, for pictures, `lost.png`, `hallucinated.png` and
  /// `directions.png`.
  public func files() throws -> [NamedFile] {
    var files: [NamedFile] = [
      (name: "explain.csv", bytes: table), (name: "explain.json", bytes: json.bytes(.pretty)),
    ]
    guard case .pictures(let realPictures) = real.content,
      case .pictures(let generatedPictures) = generated.content, let leading = found.first
    else { return files }
    if let attribution = leading.explanation.attribution {
      let space = leading.space.name
      files.append(
        (
          name: "lost.png",
          bytes: try grid(attribution.lost, of: realPictures, real, rows: measurement.measuredRows)
            .render(
              title: "Lost: real pictures that no generated ball holds",
              subtitle: sentence(leading, isLost: true)
                + AttributionGrid.key(to: "generated", own: "real", k: attribution.k),
              empty: "In \(space) every real picture is covered.")
        ))
      files.append(
        (
          name: "hallucinated.png",
          bytes: try grid(attribution.hallucinated, of: generatedPictures, generated, rows: nil)
            .render(
              title: "Hallucinated: generated pictures outside the real support",
              subtitle: sentence(leading, isLost: false)
                + AttributionGrid.key(to: "real", own: "generated", k: attribution.k),
              empty: "In \(space) every generated picture lies within the real support.")
        ))
    }
    files.append(
      (name: "directions.png", bytes: try directions(realPictures, generatedPictures)))
    return files
  }

  /// Two sentences: how many samples of each set the other does not reach, and what real halves give.
  public var text: String {
    guard let leading = found.first else { return "Nothing could be explained." }
    guard leading.explanation.attribution != nil else {
      return "A set has too few samples for balls of neighbours. "
    }
    return sentence(leading, isLost: true) + sentence(leading, isLost: false)
  }

  /// How many samples of one set the other does not reach; a sentence and a space.
  private func sentence(_ found: Found, isLost: Bool) -> String {
    guard let attribution = found.explanation.attribution else { return "" }
    let (samples, total) =
      isLost
      ? (attribution.lost, attribution.realCount)
      : (attribution.hallucinated, attribution.generatedCount)
    let count = samples.count
    let share = 100 * Double(count) / Double(total)
    let metric = isLost ? MeasuredMetric.recall : .precision
    let value = found.space.values[index].first {
      $0.metric == metric && $0.k == attribution.k
    }
    let halves =
      if let null = value?.null, let small = value?.valueAtNullSize {
        "; at the size of half the real set \(Self.percent(100 * (1 - small))), of a real half "
          + Self.percent(100 * (1 - null.mean))
      } else {
        ""
      }
    // Only a ball of radius 0 does not hold a sample that is equal to its centre.
    let copies = samples.count { $0.distance == 0 }
    let note =
      copies == 0
      ? ""
      : "\(copies) of them equal a sample there that has copies: its ball has the radius 0. "
    return "\(count) of \(total) \(isLost ? "real" : "generated") samples "
      + "(\(Self.percent(share))\(halves)) lie outside the "
      + "\(isLost ? "generated" : "real") set in \(found.space.name). " + note
  }

  private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share) }

  private func grid(
    _ ranking: [Attribution.Sample], of samples: SampleSet, _ data: MeasuredData, rows: [Int]?
  ) -> AttributionGrid {
    let leading = Array(ranking.prefix(AttributionGrid.limit))
    let numbers = leading.map { rows?[$0.row] ?? $0.row }
    return AttributionGrid(
      ranking: leading, pictures: samples.selecting(numbers), names: numbers.map(data.name))
  }
}

extension SetExplanation {
  /// The leading directions of difference: where a space can be read back the pictures along each, and
  /// in every space real and generated pictures from one end to the other.
  private func directions(_ real: SampleSet, _ generated: SampleSet) throws -> [UInt8] {
    var parts: [CaptionedGrid.Part] = []
    for found in found {
      for (index, axis) in found.explanation.axes.prefix(Self.drawnDirections).enumerated() {
        let name = "\(found.space.name), direction \(index + 1)"
        let direction = axis.direction
        let share =
          found.explanation.frechetDistance > 0
          ? 100 * direction.distance / found.explanation.frechetDistance : 0
        let heading =
          "\(name) (\(direction.kind == .mean ? "difference of the means" : "difference of spread"), "
          + "\(Self.percent(share)) of the Fréchet distance): real \(Self.side(direction.real)), "
          + "generated \(Self.side(direction.generated))"
        parts.append(CaptionedGrid.Part(heading: heading, cells: along(axis, found) ?? []))
        parts.append(CaptionedGrid.Part(heading: "real", cells: ends(axis.real, of: real, true)))
        parts.append(
          CaptionedGrid.Part(
            heading: "generated", cells: ends(axis.generated, of: generated, false)))
      }
    }
    return try CaptionedGrid.render(
      parts: parts, columns: Self.columns, title: "The leading directions of difference",
      subtitle:
        "Beneath a heading: the real mean moved along the direction, where the space can be read back. "
        + "Then real and generated pictures from one end to the other, at equal shares of the set; "
        + "beneath: where a picture lies on it, measured from the real mean, in feature units.",
      empty: "The sets have the same mean and the same covariance in every space.")
  }

  private static func side(_ side: DifferenceDirection.Side) -> String {
    "\(NumberText.short(side.mean)) ± \(NumberText.short(side.deviation))"
  }

  /// Pictures of a set at equal shares of it along a direction.
  private func ends(_ scores: [Double], of samples: SampleSet, _ isReal: Bool) -> [CaptionedGrid
    .Cell]
  {
    let order = scores.indices.sorted {
      scores[$0] == scores[$1] ? $0 < $1 : scores[$0] < scores[$1]
    }
    let count = min(Self.columns, order.count)
    let chosen = (0..<count).map { order[$0 * (order.count - 1) / max(1, count - 1)] }
    let rows = isReal ? measurement.measuredRows : nil
    let pictures = samples.selecting(chosen.map { rows?[$0] ?? $0 })
    return zip(pictures.pictures(0..<pictures.count), chosen).map {
      CaptionedGrid.Cell($0, caption: [NumberText.short(scores[$1])])
    }
  }

  /// The pictures that the real mean and points along the direction stand for, up to three standard
  /// deviations away; `nil` where features do not tell.
  private func along(
    _ axis: SpaceExplanation.Axis, _ found: Found
  ) -> [CaptionedGrid.Cell]? {
    guard let shape = real.shape, let eye = found.space.eye else { return nil }
    let direction = axis.direction
    let reach = 3 * max(direction.real.deviation, direction.generated.deviation)
    let steps = (0..<Self.columns).map {
      reach * (2 * Double($0) / Double(Self.columns - 1) - 1)
    }
    let points = steps.map { step in
      zip(found.explanation.realMean, direction.vector).map { $0 + step * $1 }
    }
    return eye.pictures(of: Matrix(rows: points), shape: shape).map { pictures in
      zip(pictures.pictures(0..<pictures.count), steps).map {
        CaptionedGrid.Cell($0, caption: [NumberText.short($1)])
      }
    }
  }
}

extension SetExplanation {
  /// The rankings of all spaces as one table.
  private var table: [UInt8] {
    let rows = found.flatMap { found in
      lists(found).flatMap { kind, samples, own, other in
        samples.enumerated().map { rank, sample -> [CSV.Field] in
          let (row, nearest) = (own.row(sample.row), other.row(sample.nearest))
          return [
            .text(found.space.name), .text(kind), .integer(rank + 1), .integer(row),
            .text(own.name(row)), .number(sample.distance), .number(sample.ratio),
            .integer(nearest), .text(other.name(nearest)),
          ]
        }
      }
    }
    return CSV.table(
      columns: [
        "space", "kind", "rank", "row", "name", "distance", "ratio", "nearest_row", "nearest_name",
      ], rows: rows)
  }

  /// A set's rows as its user counts them.
  private struct Names {
    let data: MeasuredData
    let rows: [Int]?

    func row(_ measured: Int) -> Int { rows?[measured] ?? measured }

    func name(_ row: Int) -> String { data.name(of: row) }
  }

  private func lists(
    _ found: Found
  ) -> [(kind: String, samples: [Attribution.Sample], own: Names, other: Names)] {
    guard let attribution = found.explanation.attribution else { return [] }
    let real = Names(data: real, rows: measurement.measuredRows)
    let generated = Names(data: generated, rows: nil)
    return [
      ("lost", attribution.lost, real, generated),
      ("hallucinated", attribution.hallucinated, generated, real),
    ]
  }

  private var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("real", .string(real.name)),
      .init("generated", .string(generated.name)),
      .init("summary", .string(text.trimmingCharacters(in: .whitespaces))),
      .init("spaces", .array(found.map(json))),
    ])
  }

  private func json(_ found: Found) -> JSONValue {
    let explanation = found.explanation
    var members: [JSONValue.Member] = [
      .init("space", .string(found.space.name)), .init("hash", .string(found.space.fingerprint)),
      .init("frechet_distance", .finite(explanation.frechetDistance)),
      .init("k", explanation.attribution.map { .integer($0.k) } ?? .null),
      .init("real_samples", explanation.attribution.map { .integer($0.realCount) } ?? .null),
      .init(
        "generated_samples", explanation.attribution.map { .integer($0.generatedCount) } ?? .null),
    ]
    for (kind, samples, own, other) in lists(found) {
      let entries = samples.map { sample -> JSONValue in
        let (row, nearest) = (own.row(sample.row), other.row(sample.nearest))
        return .object([
          .init("row", .integer(row)), .init("name", .string(own.name(row))),
          .init("distance", .finite(sample.distance)), .init("ratio", .finite(sample.ratio)),
          .init("nearest_row", .integer(nearest)),
          .init("nearest_name", .string(other.name(nearest))),
        ])
      }
      members.append(.init(kind, .array(entries)))
    }
    members.append(.init("directions", .array(explanation.axes.map { json($0.direction) })))
    return .object(members)
  }

  private func json(_ direction: DifferenceDirection) -> JSONValue {
    func side(_ side: DifferenceDirection.Side) -> JSONValue {
      .object([
        .init("mean", .finite(side.mean)), .init("standard_deviation", .finite(side.deviation)),
      ])
    }
    return .object([
      .init("kind", .string(direction.kind.rawValue)),
      .init("frechet_distance", .finite(direction.distance)),
      .init("real", side(direction.real)), .init("generated", side(direction.generated)),
      .init("vector", .array(direction.vector.map { .finite($0) })),
    ])
  }
}
