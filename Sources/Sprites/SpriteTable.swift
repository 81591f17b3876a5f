import Storage

/// The attributes of many pictures as one CSV file: a row a picture, a column an attribute.
///
/// The columns are `file`, `class`, `index` and then the union of the attributes of all classes,
/// the same whatever pictures there are. Where a class lacks an attribute the cell is empty, which
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

  /// The file.
  private(set) var bytes = CSV.line((["file", "class", "index"] + columns).map(CSV.Field.text))

  /// Adds a picture.
  mutating func append(_ attributes: SpriteAttributes, index: Int, file: String) {
    var cells = [CSV.Field](repeating: .text(""), count: Self.columns.count)
    for attribute in attributes.values {
      guard let place = Self.place[attribute.name] else {
        preconditionFailure("\(attribute.name) has no column")
      }
      cells[place] =
        switch attribute.value {
        case .category(let name): .text(name)
        case .number(let value): .number(value)
        }
    }
    bytes += CSV.line([.text(file), .text(attributes.className), .integer(index)] + cells)
  }
}
