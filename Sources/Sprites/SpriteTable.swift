/// The attributes of many pictures as one CSV file: a row a picture, a column an attribute.
///
/// The columns are `file`, `class`, `index` and then the union of the attributes of all classes, the
/// same whatever pictures there are. Where a class lacks an attribute the field is empty, which
/// pandas reads as missing.
struct SpriteTable {
  /// The attributes of all classes, each once, in the order of the classes.
  static let columns: [String] = {
    var columns: [String] = []
    for name in SpriteLaw.classNames {
      for law in SpriteLaw.attributeLaws(ofClass: name) ?? [] where !columns.contains(law.name) {
        columns.append(law.name)
      }
    }
    return columns
  }()

  private static let place = Dictionary(
    uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })

  /// The file's text.
  private(set) var text = (["file", "class", "index"] + columns).joined(separator: ",") + "\n"

  /// Adds a picture.
  ///
  /// Names and values hold no commas, quotes or line ends, so nothing needs quoting.
  mutating func append(_ attributes: SpriteAttributes, index: Int, file: String) {
    var fields = [String](repeating: "", count: Self.columns.count)
    for attribute in attributes.values {
      guard let place = Self.place[attribute.name] else {
        preconditionFailure("\(attribute.name) has no column")
      }
      fields[place] = attribute.value.description
    }
    text += "\(file),\(attributes.className),\(index),\(fields.joined(separator: ","))\n"
  }
}
