import Samples

/// Which component drew each sample of a generation, and from which originals and which components of
/// generation 0 each of these components descends.
///
/// A component descends from all training samples that are its own: those that its mean is the nearest to,
/// and under `bootstrap`, whose components are training samples, from one. A drawn sample descends from
/// what its component does. So the numbers are those that can still have left a trace, exact for
/// `bootstrap` and an upper bound for models whose components blend several samples.
struct Ancestry: Equatable, Sendable {
  /// The component that drew each sample.
  let components: [Int32]

  /// The originals, places in the real training set of generation 0, from which each component descends.
  let originals: [Ancestors]

  /// The components of generation 0 from which each component descends.
  let founders: [Ancestors]

  /// The size of the real training set of generation 0.
  let originalCount: Int

  /// The components of generation 0.
  let founderCount: Int

  init(
    components: [Int32], originals: [Ancestors], founders: [Ancestors], originalCount: Int,
    founderCount: Int
  ) {
    self.components = components
    self.originals = originals
    self.founders = founders
    self.originalCount = originalCount
    self.founderCount = founderCount
  }

  /// Follows one generation.
  ///
  /// - Parameters:
  ///   - origins: Where each training sample comes from.
  ///   - members: The component that each training sample belongs to, -1 for none.
  ///   - count: The components of the model.
  ///   - components: The component that drew each sample.
  ///   - generation: The generation; the components of generation 0 are the founders.
  ///   - earlier: The ancestry of an earlier generation.
  init(
    origins: [SampleOrigin], members: [Int], count: Int, components: [Int32], generation: Int,
    originalCount: Int, earlier: (Int) -> Ancestry?
  ) {
    var founderCount = generation == 0 ? count : 0
    for case .synthetic(let drawn, _) in origins where founderCount == 0 {
      founderCount = earlier(drawn)?.founderCount ?? 0
    }
    var originals = [Ancestors](repeating: .none, count: count)
    var founders =
      generation == 0
      ? (0..<count).map { Ancestors.one($0) } : [Ancestors](repeating: .none, count: count)
    for (origin, member) in zip(origins, members) where member >= 0 {
      switch origin {
      case .original(let place):
        originals[member].formUnion(.one(place), of: originalCount)
      case .fresh: break
      case .synthetic(let drawn, let sample):
        guard let before = earlier(drawn) else { continue }
        let component = Int(before.components[sample])
        originals[member].formUnion(before.originals[component], of: originalCount)
        founders[member].formUnion(before.founders[component], of: founderCount)
      }
    }
    self.init(
      components: components, originals: originals, founders: founders,
      originalCount: originalCount, founderCount: founderCount)
  }

  /// What the drawn samples descend from, in numbers.
  func summary(_ generation: Int) -> Lineage {
    let drawn = Set(components).map(Int.init)
    func union(_ sets: [Ancestors], of count: Int) -> Int {
      var all = Ancestors.none
      for component in drawn { all.formUnion(sets[component], of: count) }
      return all.count
    }
    return Lineage(
      generation: generation, components: drawn.count,
      founders: union(founders, of: founderCount),
      originals: union(originals, of: originalCount))
  }
}

extension Ancestry {
  /// Everything, for a file; restored by ``init(restoring:)``.
  var tensors: [Tensor] {
    [
      Tensor(name: "components", shape: [components.count], values: .int32(components)),
      Tensor(
        name: "counts", shape: [2],
        values: .int32([Int32(originalCount), Int32(founderCount)])),
      Self.tensor("originals", originals, of: originalCount),
      Self.tensor("founders", founders, of: founderCount),
    ]
  }

  /// Reads ``tensors`` back; `nil` if they are not whole.
  init?(restoring tensors: [Tensor]) {
    func values(_ name: String) -> [Int32]? {
      if case .int32(let values)? = tensors.first(where: { $0.name == name })?.values {
        values
      } else {
        nil
      }
    }
    guard let components = values("components"), let counts = values("counts"),
      counts.count == 2,
      let originals = Self.sets(tensors.first { $0.name == "originals" }),
      let founders = Self.sets(tensors.first { $0.name == "founders" }),
      originals.count == founders.count,
      components.allSatisfy({ originals.indices.contains(Int($0)) })
    else { return nil }
    self.init(
      components: components, originals: originals, founders: founders,
      originalCount: Int(counts[0]), founderCount: Int(counts[1]))
  }

  /// One number for each set, -1 for none, where no set has more; else their bits.
  private static func tensor(_ name: String, _ sets: [Ancestors], of count: Int) -> Tensor {
    if sets.allSatisfy({ $0.isEmpty || $0.only != nil }) {
      return Tensor(
        name: name, shape: [sets.count], values: .int32(sets.map { Int32($0.only ?? -1) }))
    }
    let words = sets.flatMap { $0.words(of: count) }
    return Tensor(
      name: name, shape: [sets.count, words.count / sets.count],
      values: .int32(words.map { Int32(bitPattern: $0) }))
  }

  private static func sets(_ tensor: Tensor?) -> [Ancestors]? {
    guard let tensor, case .int32(let values) = tensor.values else { return nil }
    guard tensor.shape.count == 2 else {
      return values.map { $0 < 0 ? .none : .one(Int($0)) }
    }
    let width = tensor.shape[1]
    return (0..<tensor.shape[0]).map { row in
      Ancestors(
        words: values[row * width..<(row + 1) * width].map { UInt32(bitPattern: $0) })
    }
  }
}
