import Recursion
import Storage
import SystemPackage
import Yams

extension ConfigurationFile {
  /// A recipe that the file writes out, as the option takes it; what is wrong in it is told with its line.
  static func strategy(
    _ value: Node, option: KnownOption, path: FilePath
  ) throws -> Entry {
    let json = try json(value, path: path)
    let text = String(decoding: json.bytes(), as: UTF8.self)
    do throws(RecursionError) {
      _ = try StrategyCatalogue.strategy(named: text)
    } catch {
      guard case .invalidStrategy(_, let place, let reason) = error else { throw error }
      throw Failure(path: path, place: Self.place(place, in: value), reason: reason)
    }
    return Entry(option: option, argument: "--strategy=\(text)", place: Place(value.mark))
  }

  /// The place of the last key on a way into a node that is there.
  private static func place(_ way: [String], in node: Node) -> Place? {
    var (node, found) = (node, Place(node.mark))
    for key in way {
      if let sequence = node.sequence {
        guard let index = Int(key), sequence.indices.contains(index) else { return found }
        node = sequence[index]
        found = Place(node.mark)
      } else {
        guard let member = node.mapping?.first(where: { $0.key.string == key }) else {
          return found
        }
        node = member.value
        found = Place(member.key.mark)
      }
    }
    return found
  }

  /// A node as JSON.
  static func json(_ node: Node, path: FilePath) throws -> JSONValue {
    switch node {
    case .scalar(let scalar):
      return node.int.map(JSONValue.integer) ?? node.float.map(JSONValue.finite)
        ?? .string(scalar.string)
    case .sequence(let sequence):
      return .array(try sequence.map { try json($0, path: path) })
    case .mapping(let mapping):
      return .object(
        try mapping.map { JSONValue.Member($0.key.string ?? "", try json($0.value, path: path)) })
    case .alias:
      throw Failure(path: path, place: Place(node.mark), reason: "aliases are not supported.")
    }
  }
}
