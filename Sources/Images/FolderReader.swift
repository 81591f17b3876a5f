import LinearAlgebra
import Randomness
import Samples
import Storage
import SystemPackage

/// Reads a folder: which files, at which size, decoded in parallel.
///
/// The working size depends on the pictures that can be decoded, and what is kept of a picture on
/// the working size. So headers are read first, pictures are decoded for the size that they
/// suggest, and if some fail and the rest suggest another size, once more.
struct FolderReader {
  private let folder: FilePath
  private let options: PictureFolder.Options
  private let keepsPixels: Bool
  private let found: Int

  /// The files not yet looked at, the next one last.
  private var waiting: [[UInt8]]

  /// The files still believed to hold a picture; after ``read()``, those that do.
  private var files: [PictureFile] = []

  private var skipped: [SkippedFile]

  /// The levels of the decoded pictures at the working size, in the order of decoding.
  private var levels: SpillWriter<UInt8>?

  /// The working size of the files; `nil` if there are none.
  private(set) var shape: PictureShape?

  /// Lists a folder.
  init(
    _ folder: FilePath, options: PictureFolder.Options, keepsPixels: Bool
  ) throws(StorageError) {
    let scan = try FolderScan(folder)
    self.folder = folder
    self.options = options
    self.keepsPixels = keepsPixels
    found = scan.files.count + scan.skipped.count
    skipped = scan.skipped
    if options.limit == nil {
      waiting = scan.files.reversed()
    } else {
      var stream = RandomStream(seed: options.seed, purpose: "limit")
      waiting = stream.permutation(scan.files.count).map { scan.files[$0] }
    }
  }

  /// Decodes the folder's pictures, up to the limit.
  mutating func read() {
    while true {
      refill()
      if keepsPixels {
        let suggested = WorkingShape.shape(of: files, options: options)
        if suggested != shape {
          for index in files.indices { files[index].forgetPixels() }
          levels = nil
          shape = suggested
        }
      }
      guard files.contains(where: { !$0.isDecoded }) else { break }
      decode()
    }
    if !keepsPixels { shape = WorkingShape.shape(of: files, options: options) }
    files.sort { $0.path.lexicographicallyPrecedes($1.path) }
    skipped.sort { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// Takes files from those that wait until there are as many as wanted.
  private mutating func refill() {
    // Headers are worth a pass of their own only where the working size hangs on them.
    let needsHeaders = keepsPixels && (options.size == nil || options.channels == .auto)
    let wanted = options.limit ?? Int.max
    while files.count < wanted, !waiting.isEmpty {
      let count = min(wanted - files.count, waiting.count)
      let batch = waiting.suffix(count).reversed().map { PictureFile(path: $0) }
      waiting.removeLast(count)
      files +=
        needsHeaders
        ? passing(batch) { [folder, options] file throws(DecodingError) in
          try file.readingHeader(in: folder, limits: options.limits)
        } : batch
    }
  }

  /// Decodes the files that are not yet decoded and drops those that fail.
  private mutating func decode() {
    if levels == nil { levels = SpillWriter(expecting: files.count * (shape?.count ?? 0)) }
    files = passing(files) { [folder, options, keepsPixels, shape] file throws(DecodingError) in
      file.isDecoded
        ? file
        : try file.decoding(
          in: folder, options: options, shape: keepsPixels ? shape : nil)
    }
  }

  /// What a step makes of the files, on all threads; files that fail it become skipped files.
  private mutating func passing(
    _ files: [PictureFile],
    _ step: @Sendable (PictureFile) throws(DecodingError) -> PictureFile
  ) -> [PictureFile] {
    var passed: [PictureFile] = []
    passed.reserveCapacity(files.count)
    // A portion at a time: the results of a million files would stand beside the files themselves.
    for portion in Parallelism.blocks(of: files.count, size: Self.portion) {
      let blocks = Parallelism.blocks(of: portion.count, size: 16)
      let results = Parallelism.map(blocks.count) { index in
        blocks[index].map { place in
          let file = files[portion.lowerBound + place]
          return Result { () throws(DecodingError) in try step(file) }
        }
      }.joined()
      for (place, result) in zip(portion, results) {
        switch result {
        case .success(var file):
          if let shape, let pixels = file.takePixels(place: (levels?.count ?? 0) / shape.count) {
            levels?.append(pixels)
          }
          passed.append(file)
        case .failure(let error):
          skipped.append(
            SkippedFile(path: files[place].path, reason: error.reason, detail: error.detail))
        }
      }
    }
    return passed
  }

  /// The files whose results, pixels among them, are held at once beside the files: a multiple of
  /// what the threads take.
  private static let portion = 1 << 11
}

// What was read.
extension FolderReader {
  /// The files, counted.
  func report() -> FolderReport {
    let headers = files.lazy.compactMap(\.header)
    let sizes = FolderReport.counted(headers.map { Extent(width: $0.width, height: $0.height) }) {
      ($0.width, $0.height) < ($1.width, $1.height)
    }
    let modes = FolderReport.counted(headers.map(\.mode), by: <)
    let classes = classes
    var classCounts = [Int](repeating: 0, count: classes.names.count)
    for label in classes.labels { classCounts[Int(label)] += 1 }
    return FolderReport(
      found: found, used: files.count, skipped: skipped, leftOut: waiting.count,
      classes: classes.names.indices.map { index in
        FolderReport.ClassCount(
          name: FilePath.printable(classes.names[index]),
          count: classCounts[index])
      },
      sizes: sizes.map {
        FolderReport.SizeCount(width: $0.value.width, height: $0.value.height, count: $0.count)
      },
      modes: modes.map { FolderReport.ModeCount(mode: $0.value, count: $0.count) },
      duplicates: duplicates, shape: shape)
  }

  private struct Extent: Hashable {
    let width: Int
    let height: Int
  }

  /// The paths of files with the same bytes, group by group.
  private var duplicates: [[[UInt8]]] {
    // Most files are alone, so only those that are not get a group.
    var first: [PictureFile.Fingerprint: Int] = [:]
    var groups: [Int: [[UInt8]]] = [:]
    for (index, file) in files.enumerated() {
      guard let fingerprint = file.fingerprint else { continue }
      if let other = first[fingerprint] {
        groups[other, default: [files[other].path]].append(file.path)
      } else {
        first[fingerprint] = index
      }
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The pictures as samples of the working size.
  consuming func loaded(_ shape: PictureShape) -> LoadedPictures {
    let report = report()
    let classes = classes
    return LoadedPictures(
      samples: SampleSet(
        shape: shape, levels: levels?.finish() ?? SpilledArray([]),
        rows: files.compactMap(\.place),
        labels: classes.names.isEmpty ? nil : classes.labels,
        classNames: report.classes.map(\.name)),
      paths: files.map(\.path), report: report)
  }

  /// The first path components below the folder, sorted, and each file's; nothing if a file lies
  /// directly in the folder.
  private var classes: (names: [[UInt8]], labels: [Int32]) {
    // Files of one class follow each other, since they are sorted by their paths.
    var names: [[UInt8]] = []
    var runs: [Int] = []
    for file in files {
      guard let end = file.path.firstIndex(of: UInt8(ascii: "/")) else { return ([], []) }
      if let last = names.last, last.count == end, file.path.starts(with: last) {
        runs[runs.count - 1] += 1
      } else {
        names.append(Array(file.path[..<end]))
        runs.append(1)
      }
    }
    let order = names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }
    var numbers = [Int32](repeating: 0, count: names.count)
    for (number, index) in order.enumerated() { numbers[index] = Int32(number) }
    return (
      order.map { names[$0] },
      zip(numbers, runs).flatMap { repeatElement($0, count: $1) }
    )
  }
}
