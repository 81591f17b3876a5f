extension RandomStream {
  /// Overwrites a range of a span with the next standard normal numbers: to the last bit those that
  /// as many calls of ``normal()`` return, in a quarter of the time.
  public mutating func fillNormals(_ output: inout MutableSpan<Double>, _ range: Range<Int>) {
    var index = range.lowerBound
    // A block of Philox makes a pair of normals, so whole blocks need a stream between two blocks.
    while index < range.upperBound, !standsBetweenBlocks {
      output[index] = normal()
      index += 1
    }
    while range.upperBound - index >= 8 {
      let (first, second) = nextFourBlocks()
      let (cosines, sines) = BoxMuller.normals(first, second)
      for pair in 0..<4 {
        output[index + 2 * pair] = cosines[pair]
        output[index + 2 * pair + 1] = sines[pair]
      }
      index += 8
    }
    while index < range.upperBound {
      output[index] = normal()
      index += 1
    }
  }
}
