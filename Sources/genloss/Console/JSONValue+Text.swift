import Storage

extension JSONValue {
  /// The value for standard output: a member a line, with a line end.
  var text: String { String(decoding: bytes(.pretty), as: UTF8.self) }
}
