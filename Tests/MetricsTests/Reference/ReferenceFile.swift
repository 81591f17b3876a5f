import Foundation
import Storage
import SystemPackage

/// The file of values that other implementations give, which lies beside the checkout of those who have it.
enum ReferenceFile {
  static let path = FilePath(
    URL(filePath: #filePath)
      .appending(path: "../../../../../shared/metrics_reference/reference.json").standardized.path)

  static let isPresent = FileStore.exists(path)

  /// A value and where it stands.
  struct Leaf {
    /// The members' names from the set's own on, such as `fd` and `mean_term`, joined by slashes.
    let key: String

    let value: JSONValue
  }

  /// The leaves below a member of the file, such as `cases` and `gauss_shift`.
  static func leaves(_ names: String...) throws -> [Leaf] {
    var value = try JSONValue(parsing: FileStore.read(path))
    for name in names {
      guard let member = value[name] else { return [] }
      value = member
    }
    return leaves(of: value, at: "")
  }

  /// The names of the members of a member.
  static func names(in name: String) throws -> [String] {
    try JSONValue(parsing: FileStore.read(path))[name]?.members?.map(\.key) ?? []
  }

  private static func leaves(of value: JSONValue, at key: String) -> [Leaf] {
    guard let members = value.members else { return [Leaf(key: key, value: value)] }
    return members.flatMap { leaves(of: $0.value, at: key.isEmpty ? $0.key : "\(key)/\($0.key)") }
  }
}
