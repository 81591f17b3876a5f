/// What a file is to hold, made piece by piece while it is written: it need not be in memory at once.
public struct FileContent: Sendable {
  /// The number of bytes.
  public let byteCount: Int

  /// The number of pieces.
  let pieceCount: Int

  private let make: @Sendable (Int) -> [UInt8]

  /// The content that is in memory.
  public init(_ bytes: [UInt8]) {
    self.init(byteCount: bytes.count, pieceCount: 1) { _ in bytes }
  }

  /// Creates the content of a file.
  ///
  /// - Parameter piece: Returns a piece by its number; always the same bytes for the same number.
  public init(
    byteCount: Int, pieceCount: Int, piece: @escaping @Sendable (Int) -> [UInt8]
  ) {
    self.byteCount = byteCount
    self.pieceCount = pieceCount
    make = piece
  }

  /// The pieces in their order, each made when it is asked for.
  public var pieces: some Sequence<[UInt8]> { (0..<pieceCount).lazy.map(make) }
}
