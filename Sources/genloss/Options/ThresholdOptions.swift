import ArgumentParser
import Recursion
import Thresholds

/// What is sought, and where.
struct ThresholdOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "METRIC=VALUE, or METRIC=P% of generation 0's value: recall=0.9, fd=12, variance=90%.",
      valueName: "bound"))
  var keep: String

  @Option(
    name: .long,
    help: "What is changed: real-share, reservoir (originals that are kept) or samples (n).")
  var over = SweptAxis.realShare

  @Option(
    name: .long, help: "Runs a value, with the seeds from --seed on (default: 4).",
    transform: WrittenNumber.whole)
  var seeds = 4

  @Option(
    name: .long,
    help: "LOW..HIGH: where to seek (default: 0..1; counts: from few to all there are).")
  var between: String?

  @Option(
    name: .long,
    help: "How near the answer is sought, as a part of that range (default: 0.04).",
    transform: WrittenNumber.real)
  var resolution = 0.04

  @Option(
    name: .long,
    help: "real=P,synthetic=P: price a sample; asks for what quality costs instead.")
  var price: String?

  @Option(
    name: .long, help: "With --price: what may be spent.", transform: WrittenNumber.real)
  var budget: Double?

  @Option(
    name: .long,
    help: "With --price: the values to run, such as 0,0.1,0.5 (default: six).")
  var grid: String?

  @Option(
    name: .long,
    help: "With --price: numbers of samples, such as 100,400 (default: 1/4, 1/2, all).")
  var sizes: String?

  func validate() throws {
    guard (1...1000).contains(seeds) else {
      throw ValidationError("--seeds must lie between 1 and 1000, not \(seeds).")
    }
    guard resolution >= 0.001, resolution <= 0.5 else {
      throw ValidationError(
        "--resolution must lie between 0.001 and 0.5, not \(resolution.plainText).")
    }
    for (name, isThere) in [
      ("budget", budget != nil), ("grid", grid != nil), ("sizes", sizes != nil),
    ] where isThere && price == nil {
      throw ValidationError(
        "--\(name) has a meaning with --price alone. Add it, or leave this out.")
    }
    if price != nil, between != nil {
      throw ValidationError("--between is for a search; with --price name values with --grid.")
    }
    if let budget, budget <= 0 {
      throw ValidationError("--budget must be more than 0, not \(budget.plainText).")
    }
    if sizes != nil, over == .samples {
      throw ValidationError("--over samples changes what --sizes lists. Use --grid.")
    }
  }

  /// The range to seek in.
  func range() throws -> ClosedRange<Double>? {
    guard let between else { return nil }
    func refused(_ reason: String) -> ThresholdError { .badRange(between, reason: reason) }
    guard let dots = between.firstRange(of: ".."),
      let low = PlainNumber.read(between[..<dots.lowerBound]),
      let high = PlainNumber.read(between[dots.upperBound...])
    else { throw refused("write it as LOW..HIGH, such as 0.1..0.5.") }
    guard low < high else { throw refused("its ends are in the wrong order.") }
    if let reason = refusal(of: low) ?? refusal(of: high) { throw refused(reason) }
    return low...high
  }

  /// The values of the axis to run.
  func gridValues() throws -> [Double]? {
    guard let grid else { return nil }
    let values = grid.split(separator: ",", omittingEmptySubsequences: false)
      .map { PlainNumber.read($0) }
    let known = values.compactMap { $0 }
    guard known.count == values.count else {
      throw ThresholdError.badGrid("--grid \(grid)", reason: "write numbers between commas.")
    }
    if let reason = known.lazy.compactMap({ refusal(of: $0) }).first {
      throw ThresholdError.badGrid("--grid \(grid)", reason: reason)
    }
    return Set(known).sorted()
  }

  /// The numbers of samples to run.
  func sizeValues() throws -> [Int]? {
    guard let sizes else { return nil }
    let values = sizes.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard values.allSatisfy({ $0 >= 2 }) else {
      throw ThresholdError.badGrid(
        "--sizes \(sizes)", reason: "write whole numbers of 2 or more between commas.")
    }
    return Set(values).sorted()
  }

  /// Why a value cannot be one of the axis; `nil` if it can.
  private func refusal(of value: Double) -> String? {
    switch over {
    case .realShare: (0...1).contains(value) ? nil : "a share lies between 0 and 1."
    case .reservoir:
      value >= 1 && value == value.rounded() ? nil : "originals are counted from 1 on."
    case .samples:
      value >= 2 && value == value.rounded()
        ? nil : "samples are counted, and need a spread: 2 or more."
    }
  }
}
