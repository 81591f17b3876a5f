public import Recursion
import Storage

/// A cell that met its data: what it is called, and what it will take.
public struct PlannedCell: Sendable {
  /// The options of the cell.
  public let cell: StudyCell

  /// The name of its run folder: a readable key and a hash of the resolved configuration.
  public let name: String

  /// What the run would do.
  public let outlook: Outlook

  /// What the cell has in common with others; empty where it cannot be run.
  public let shared: [SharedContent]

  /// What is known of a cell before it is run.
  public enum Outlook: Sendable {
    /// It can be run: its last generation, whether it has a control, and what it takes with the threads
    /// of a cell.
    case run(generations: Int, hasControl: Bool, RunEstimate)
    /// It cannot, for this reason.
    case refused(String)
  }

  /// What the cell takes; `nil` where it cannot be run.
  public var estimate: RunEstimate? {
    if case .run(_, _, let estimate) = outlook { estimate } else { nil }
  }

  /// The generations that are written, those of the control, too; 0 where it cannot be run.
  public var generationCount: Int {
    guard case .run(let last, let hasControl, _) = outlook else { return 0 }
    return (last + 1) * (hasControl ? 2 : 1)
  }

  /// Whether one of two cells that run at a time would wait for what the other computes.
  func hasCommon(with other: PlannedCell) -> Bool {
    shared.contains { content in other.shared.contains { $0.name == content.name } }
  }

  /// The hexadecimal digits of the hash: enough that among 100 000 cells two are alike by a chance of one
  /// in two hundred, even if their keys are.
  private static let hashDigits = 10

  /// Plans a cell that can be run.
  ///
  /// - Parameters:
  ///   - plan: The run with every option resolved.
  ///   - speed: How fast this processor is.
  ///   - existing: The names of folders by their hash: a folder keeps its name when options are added to
  ///     the study at their defaults.
  public init(
    _ cell: StudyCell, plan: RunPlan, threads: Int, speed: Double,
    existing: [String: String]
  ) {
    let members = plan.configuration.map { JSONValue.Member($0.key, $0.value) }
    let hash = Self.hash(JSONValue.object(members).bytes())
    self.cell = cell
    shared = plan.shared
    name = existing[hash] ?? "\(cell.readableKey)-\(hash)"
    outlook = .run(
      generations: plan.sizes.count - 1, hasControl: plan.hasControl,
      plan.estimate(threads: threads, speed: speed))
  }

  /// Plans a cell that cannot be run.
  public init(_ cell: StudyCell, refusal: String) {
    self.cell = cell
    shared = []
    name = "\(cell.readableKey)-\(Self.hash(Array(cell.arguments.joined(separator: "\n").utf8)))"
    outlook = .refused(refusal)
  }

  private static func hash(_ bytes: [UInt8]) -> String {
    String(SHA256.hexDigest(of: bytes).prefix(hashDigits))
  }

  /// The hash in the name of a cell's folder.
  static func hash(inName name: String) -> String? {
    let digits = name.suffix(hashDigits)
    let isHash = digits.utf8.allSatisfy("0123456789abcdef".utf8.contains)
    return isHash && name.dropLast(hashDigits).hasSuffix("-") ? String(digits) : nil
  }
}
