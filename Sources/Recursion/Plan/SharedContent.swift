import Storage
import SystemPackage

/// Something that a run has in common with others in a folder of shared work: it is computed once, and
/// whoever needs it meanwhile waits.
public struct SharedContent: Equatable, Sendable {
  /// A name that contents of the same bytes share.
  public let name: String

  /// What it takes on the disk, in bytes.
  public let diskBytes: Int

  /// The part of the work of the run that computes it, from 0 to 1.
  public let workShare: Double
}

extension PreparedRun {
  /// What null bands take on the disk, in bytes: some hundred numbers as text.
  private static let nullBytes = 20_000

  /// What the run would share: its null bands and, where it may, its control.
  func sharedContents() throws -> [SharedContent] {
    let costs = CostTable.measured
    let work = size.processorSeconds(costs)
    let nulls = SharedContent(
      name: SharedWork.nullsName(entries(strategy: strategy)), diskBytes: Self.nullBytes,
      workShare: size.nullSeconds(costs) / work)
    guard let strategy = try controlStrategy(),
      let control = SharedControl.identity(of: self, strategy: strategy, details: [])
    else { return [nulls] }
    return [
      nulls,
      SharedContent(
        name: control.name, diskBytes: Int(size.controlDisk),
        workShare: size.controlSeconds(costs) / work),
    ]
  }

  /// The strategy of the control loop: the original set refitted, sampled as the run is and by as many
  /// models, so that nothing but the loop tells them apart; `nil` for a run without a control.
  func controlStrategy() throws -> Strategy? {
    let name = RunFolder.controlStrategyName
    guard configuration.control, strategy.name != name else { return nil }
    var control = try StrategyCatalogue.strategy(named: name)
    control.recipe.sampling = strategy.recipe.sampling
    control.recipe.population = strategy.recipe.population
    return control
  }
}
