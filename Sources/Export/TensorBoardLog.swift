import Images
import Metrics
public import Recursion
import Storage
public import SystemPackage

/// A run as TensorBoard shows it: a scalar for every metric and feature space, and the picture grid of
/// every generation, whose number is the step.
///
///     DIR/NAME/events.out.tfevents.0.genloss
///     DIR/NAME-control/events.out.tfevents.0.genloss
public struct TensorBoardLog: Sendable {
  private let record: RunRecord

  private static let fileName = "events.out.tfevents.0.genloss"

  /// The picture of a generation that is shown.
  private static let gridName = "grid.png"

  /// Takes a run.
  public init(_ record: RunRecord) {
    self.record = record
  }

  /// Writes the logs of the run and of its control, replacing those of the same names.
  ///
  /// - Parameters:
  ///   - folder: The folder that TensorBoard is given; created where it does not exist.
  ///   - name: The name of the run in it.
  /// - Throws: `StorageError`, or `RunFolderError` if a picture is not as it was written.
  public func write(to folder: FilePath, named name: String) throws {
    var file = EventFile()
    for (generation, measurements) in record.generations.enumerated() {
      file.add(Self.scalars(measurements), step: generation)
      if let png = try record.file(Self.gridName, ofGeneration: generation) {
        let header = try PictureHeader(of: png)
        file.add(
          png: png, width: header.width, height: header.height, tag: "samples", step: generation)
      }
    }
    try write(file, folder.appending(name))
    guard !record.control.isEmpty else { return }
    var control = EventFile()
    for (generation, measurements) in record.control.enumerated() {
      control.add(Self.scalars(measurements), step: generation)
    }
    try write(control, folder.appending("\(name)-control"))
  }

  private func write(_ file: EventFile, _ folder: FilePath) throws {
    try FileStore.createFolder(folder)
    try FileStore.write(file.bytes, to: folder.appending(Self.fileName))
  }

  /// The values that there are, each tagged by its space and metric; its null band beside it.
  private static func scalars(_ measurements: [MetricValue]) -> [(tag: String, value: Double)] {
    measurements.flatMap { measurement in
      let tag = "\(measurement.space)/\(measurement.metric)"
      return [
        (tag, measurement.value), ("\(tag)/null_low", measurement.null?.lowerBound),
        ("\(tag)/null_high", measurement.null?.upperBound),
      ].compactMap { tag, value in value.map { (tag, $0) } }
    }
  }
}
