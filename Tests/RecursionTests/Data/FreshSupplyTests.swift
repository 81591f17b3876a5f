import Samples
import Testing

@testable import Recursion

@Suite("Fresh real samples")
struct FreshSupplyTests {
  private let ten = SampleSet(count: 10, dimension: 1, storage: .floats((0..<10).map(Float.init)))

  @Test("A finite supply hands out each sample once, in its own order")
  func once() {
    let supply = FreshSupply.finite(ten, reusing: false, seed: 1)
    #expect(supply.available == 10)
    #expect(supply.samples(0..<4, generation: 1).values == [0, 1, 2, 3])
    #expect(supply.samples(4..<10, generation: 2).values == [4, 5, 6, 7, 8, 9])
    #expect(supply.samples(4..<4, generation: 3).count == 0)
  }

  @Test("With reuse each generation has its own order, and use stays even")
  func reuse() {
    let supply = FreshSupply.finite(ten, reusing: true, seed: 1)
    #expect(supply.available == nil)
    let first = supply.samples(0..<25, generation: 1).values
    #expect(first == supply.samples(0..<25, generation: 1).values)
    #expect(first != supply.samples(25..<50, generation: 2).values)
    let uses = (0..<10).map { number in first.count { $0 == Float(number) } }
    #expect(uses.allSatisfy { $0 == 2 || $0 == 3 })
  }

  @Test("An endless law goes on from the number that it is given")
  func endless() {
    let law = GaussianLaw(dimension: 2, seed: 4)
    let supply = FreshSupply.endless(law, from: 1000)
    #expect(supply.samples(3..<7, generation: 9) == law.samples(1003..<1007))
  }
}
