import Metrics
import Samples
import Storage

/// What a run takes: within a factor of two on a machine that does nothing else.
public struct RunEstimate: Equatable, Sendable {
  /// The time on the clock, in seconds.
  public let seconds: Double

  /// The time of all processors together, in seconds.
  public let processorSeconds: Double

  /// The largest resident memory, in bytes.
  public let memoryBytes: Int

  /// What the whole run folder takes on the disk, in bytes.
  public let diskBytes: Int
}

extension RunEstimate {
  /// The part of the work that threads share; the rest waits for one of them.
  private static let sharedWork = 0.85

  /// Adds up what is left of a run.
  ///
  /// - Parameters:
  ///   - resumed: The generations that are whole already.
  ///   - control: Those of the control.
  ///   - threads: The threads in use.
  ///   - speed: How much faster than the reference this processor is.
  init(
    _ size: RunSize, resumed: Int = 0, control: Int = 0, threads: Int, speed: Double,
    costs: CostTable = .measured
  ) {
    let work = size.processorSeconds(costs, resumed: resumed, control: control) / speed
    processorSeconds = work
    let busy = min(threads, Machine.processors)
    seconds = work * (1 - Self.sharedWork + Self.sharedWork / Double(busy))
    memoryBytes = Int(size.memory())
    diskBytes = Int(size.disk)
  }
}

extension RunSize {
  private var spaces: Double { shape == nil ? 1 : 2 }
  private var n: Double { Double(samples) }
  private var numbers: Double { Double(dimension) }

  /// The processor time of a run, or of what is left of it, in seconds.
  ///
  /// - Parameters:
  ///   - resumed: The generations that are whole already.
  ///   - control: Those of the control, whose first is a copy of the run's.
  func processorSeconds(_ costs: CostTable, resumed: Int = 0, control whole: Int = 0) -> Double {
    let own = zip(trained, drawn).dropFirst(resumed)
      .map { generationSeconds($0, drawn: $1, costs) }.reduce(0, +)
    let control = controlSeconds(costs, whole: whole)
    // What is there already is measured again for the charts.
    let restored = Double(resumed + (hasControl ? whole : 0)) * measuringSeconds(costs)
    let twin =
      zip(trained, drawn).map { generationSeconds($0, drawn: $1, costs) }.reduce(0, +)
    let beside = Double(twins) * twin + (twins > 0 ? nullSeconds(costs) : 0)
    return costs.start + readingSeconds(costs) + nullSeconds(costs) + own + control + restored
      + beside
  }

  /// The processor time of the control, or of what is left of it; 0 without one.
  func controlSeconds(_ costs: CostTable, whole: Int = 0) -> Double {
    guard hasControl else { return 0 }
    return Double(max(0, trained.count - max(1, whole)))
      * (generationSeconds(samples, drawn: samples, costs) - costs.generation)
  }

  private func readingSeconds(_ costs: CostTable) -> Double {
    let division = Double(samples + heldOut + features)
    let read =
      stored > 0 ? Double(stored) * numbers * costs.reading : division * numbers * costs.law
    return read + (shape == nil ? 0 : division * costs.picture)
  }

  /// The processor time of the null bands.
  func nullSeconds(_ costs: CostTable) -> Double {
    let draws = 20.0
    let h = Double(heldOut)
    let rows = stored > 0 ? n + h : 2 * n
    let drawn =
      stored > 0 ? 0 : draws * rows * (numbers * costs.law + (shape == nil ? 0 : costs.picture))
    return drawn + draws * spaces
      * (rows * rows * pairSeconds(costs) + eigenOperations * costs.eigen)
  }

  /// Half of what a pair costs hangs on the dimensions of the space: 64 for pictures.
  private func pairSeconds(_ costs: CostTable) -> Double {
    costs.pair * (0.5 + 0.5 * (shape == nil ? numbers : 64) / 64)
  }

  private var eigenOperations: Double {
    let rows = Double(min(samples, MeasureSettings.usualVendiSet))
    return rows * rows * rows
  }

  private func measuringSeconds(_ costs: CostTable) -> Double {
    let (h, rows) = (Double(heldOut), n)
    return (shape == nil ? 0 : n * costs.picture)
      + spaces * (rows * (2 * h + 3 * rows) * pairSeconds(costs) + eigenOperations * costs.eigen)
  }

  private func generationSeconds(_ trained: Int, drawn: Int, _ costs: CostTable) -> Double {
    costs.generation + (Double(trained) + 2 * Double(drawn)) * numbers * costs.number
      + operations(trained: trained * fits, drawn: Double(drawn) * draws) * costs.operation
      + measuringSeconds(costs)
  }

  /// The samples whose likelihood a generation computes: real ones of two parts, and drawn ones.
  private var scored: Double {
    let real = ModelMeasurements.scoredCount(heldOut: heldOut, dimension: dimension)
    return Double(2 * real + min(samples, TailMeasurements.mostScored))
  }

  /// The floating-point operations of a fit, of the draws, and of scoring samples.
  private func operations(trained: Int, drawn n: Double) -> Double {
    let (r, s) = (Double(trained), scored)
    let (k, q, d) = (Double(components), Double(rank), Double(max(1, dimensions)))
    switch generator {
    case "patches":
      let (least, most) = (min(r, Double(thumbnail)), max(r, Double(thumbnail)))
      let principal = least * least * most + 4 * least * least * least
      let mixture = 2 * k * (q + 1) * d * (r * Double(steps) + s)
      let draws = 2 * n * d * Double(thumbnail)
      // 10 000 blocks and 32 components in 104 dimensions, for each level.
      let component = 32.0 * 104 * 104
      let blocks = Double(detailBlocks) * (n + s)
      return principal + mixture + draws
        + component * (blocks + 3 * 10_000 * Double(detailLevels))
    case "gmm":
      let least = min(r, numbers)
      let principal = least * least * max(r, numbers) + 4 * least * least * least
      return principal + 2 * k * d * d * (r * Double(steps) + n + s) + 2 * n * d * numbers
    case "gaussian":
      return numbers * numbers * (r + 2 * n + 2 * s) + 10 * numbers * numbers * numbers
    case "kde": return 2 * s * r * numbers
    default: return 0
    }
  }

  /// The numbers in a stored model.
  private var modelNumbers: Double {
    let (k, q, d) = (Double(components), Double(rank), Double(max(1, dimensions)))
    return switch generator {
    case "patches":
      Double(thumbnail) * (d + 1) + k * (q + 1) * d + 450_000 * Double(detailLevels)
    case "gmm": numbers * d + k * d * (d + 1)
    case "gaussian": numbers * numbers
    default: n * numbers
    }
  }

  /// The bytes of the run folder.
  fileprivate var disk: Double {
    let generations = Double(trained.count)
    let isPictures = shape != nil
    let samples = Double(drawn.reduce(0, +)) * numbers * Double(carriedBytes)
    let pictures = isPictures ? 500_000 + 100 * numbers : 100_000
    return (isPictures ? 2_000_000 : 600_000) + samples * Double(1 + twins)
      + (hasControl ? controlDisk : 0)
      + generations * (loopBytes * Double(1 + twins) + pictures)
  }

  /// The bytes of a control loop, which has numbers only.
  var controlDisk: Double {
    Double(trained.count) * (n * numbers * Double(carriedBytes) + loopBytes)
  }

  /// The bytes of a generation beside its samples and pictures: the model and the tables.
  private var loopBytes: Double { 8 * modelNumbers + (shape == nil ? 20_000 : 50_000) }

  /// The largest resident memory in bytes.
  ///
  /// - Parameter withFiles: Whether to add what temporary files hold. They are no part of the process,
  ///   but a run is slow where the system cannot keep them in memory as well.
  func memory(withFiles: Bool = false) -> Double {
    func held(_ bytes: Double) -> Double {
      withFiles || bytes < Double(SpillWriter<UInt8>.leastFileBytes) ? bytes : 0
    }
    let rows = Double(trained.max() ?? samples)
    let width = shape == nil ? 4.0 : 1.0
    let carriedBytes = numbers * Double(carriedBytes)
    let largest = Double(drawn.max() ?? samples)
    // Where one set of samples is in a file, the others are, too.
    let carried = held(largest * carriedBytes) > 0 ? (Double(kept) + largest) * carriedBytes : 0
    let division = [n, Double(heldOut), Double(features)].reduce(0) { sum, count in
      let bytes = count * numbers * width
      // Parts of finite data are copied while they are small, and share its values otherwise.
      return sum + (stored > 0 ? min(bytes, Double(SampleSet.leastSharedBytes)) : held(bytes))
    }
    let real = held(Double(stored) * numbers * width) + division
    let coordinates = generator == "patches" ? 8 * rows * Double(max(1, dimensions)) : 0
    return 60e6 + carried + real + 2 * held(coordinates)
      + 8 * workingNumbers(rows: rows) + 24 * modelNumbers
  }

  /// The numbers in double precision that a generation works on.
  private func workingNumbers(rows: Double) -> Double {
    let block = Double(1 << 22)
    // A training set that is small is kept; else there is a block of it at a time, and one each of
    // draws, levels and scored samples.
    let batch = min(n, max(128, block / numbers)) * numbers
    let small = Double(1 << 24)
    let kept = rows * numbers <= small ? rows * numbers : min(rows * numbers, block)
    switch generator {
    case "patches":
      // Thumbnails and their centred copy, or the covariance and what is made of it; a cluster of
      // coordinates and its centred copy on either thread.
      let side = Double(thumbnail)
      let principal = rows <= side ? 2 * rows * side : 3 * side * side
      let clusters = 4 * min(rows * Double(max(1, dimensions)), block)
      return kept + 3 * batch + max(principal, clusters)
        + 10_000 * 3 * 345 * (detailLevels > 0 ? 1 : 0)
    case "bootstrap", "kde": return 2 * rows * numbers + 3 * batch
    default: return kept + 3 * batch + min(rows, numbers) * numbers + 2 * rows * min(64, numbers)
    }
  }
}
