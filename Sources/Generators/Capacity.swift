extension Int {
  /// So many times a number of components, at least one.
  func scaled(capacity: Double) -> Int {
    Swift.max(1, Int((Double(self) * capacity).rounded()))
  }
}
