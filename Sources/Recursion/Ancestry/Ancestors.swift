/// The numbers of those from which something descends, out of `0..<count`.
///
/// One or none is kept as it is, since every component of a memoriser has one; more are bits.
struct Ancestors: Equatable, Sendable {
  private enum Storage: Equatable, Sendable {
    case none
    case one(Int)
    case many([UInt32])
  }

  private var storage = Storage.none

  /// Nothing to descend from.
  static let none = Ancestors()

  /// One ancestor.
  static func one(_ number: Int) -> Ancestors {
    var ancestors = Ancestors()
    ancestors.storage = .one(number)
    return ancestors
  }

  /// Whether there is no ancestor.
  var isEmpty: Bool { storage == .none }

  /// The ancestor, if there is one and no other.
  var only: Int? {
    if case .one(let number) = storage { number } else { nil }
  }

  /// Adds those of another.
  mutating func formUnion(_ other: Ancestors, of count: Int) {
    if isEmpty || storage == other.storage {
      storage = other.isEmpty ? storage : other.storage
      return
    }
    if other.isEmpty { return }
    var words = words(of: count)
    switch other.storage {
    case .none: break
    case .one(let number): words[number / 32] |= 1 << UInt32(number % 32)
    case .many(let more): for index in words.indices { words[index] |= more[index] }
    }
    storage = .many(words)
  }

  /// How many there are.
  var count: Int {
    switch storage {
    case .none: 0
    case .one: 1
    case .many(let words): words.reduce(0) { $0 + $1.nonzeroBitCount }
    }
  }

  /// One bit for each of `0..<count`, the lowest first.
  func words(of count: Int) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: (count + 31) / 32)
    switch storage {
    case .none: break
    case .one(let number): words[number / 32] |= 1 << UInt32(number % 32)
    case .many(let own): words = own
    }
    return words
  }

  /// Reads ``words(of:)`` back.
  init(words: [UInt32]) {
    switch words.reduce(0, { $0 + $1.nonzeroBitCount }) {
    case 0: storage = .none
    case 1:
      let word = words.firstIndex { $0 != 0 } ?? 0
      storage = .one(word * 32 + words[word].trailingZeroBitCount)
    default: storage = .many(words)
    }
  }

  private init() {}
}
