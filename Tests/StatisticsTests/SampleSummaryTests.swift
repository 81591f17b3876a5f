import Foundation
import Testing

@testable import Statistics

@Suite("Averages over seeds")
struct SampleSummaryTests {
  @Test("Mean, median and Student's interval are those of a textbook")
  func student() throws {
    // Student's own sleep data (Biometrika 6, 1908), drug 2 less drug 1: mean 1.58, t₉ = 4.062; R's
    // t.test gives the interval 0.7001 to 2.4599.
    let sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]
    let summary = try #require(SampleSummary(sleep))
    #expect(abs(summary.mean - 1.58) < 1e-12)
    #expect(abs(summary.median - 1.3) < 1e-12)
    let interval = try #require(summary.interval)
    #expect(abs(interval.lowerBound - 0.7001142) < 1e-6)
    #expect(abs(interval.upperBound - 2.4598858) < 1e-6)
  }

  @Test("On the logarithmic scale the mean is geometric and the interval lies about it by a factor")
  func logarithmic() throws {
    let summary = try #require(SampleSummary([1, 10, 100], scale: .logarithmic))
    #expect(abs(summary.mean - 10) < 1e-12)
    let interval = try #require(summary.interval)
    #expect(abs(interval.lowerBound * interval.upperBound - 100) < 1e-9)
  }

  @Test("A geometric mean with nothing in it is nothing, without an interval")
  func summary() throws {
    let summary = try #require(SampleSummary([4, 0, 9], scale: .logarithmic))
    #expect(summary.mean == 0 && summary.median == 4)
    #expect(summary.interval == nil && summary.bootstrapInterval == nil)
    #expect(SampleSummary([4, -1], scale: .logarithmic) == nil)
  }

  @Test("The bootstrap's interval agrees with Student's for many values, and comes for three")
  func bootstrap() throws {
    let values = (0..<200).map { sin(Double($0) * 12.9898) }
    let summary = try #require(SampleSummary(values))
    let (student, bootstrap) = (
      try #require(summary.interval), try #require(summary.bootstrapInterval)
    )
    let width = student.upperBound - student.lowerBound
    #expect(abs(student.lowerBound - bootstrap.lowerBound) < 0.1 * width)
    #expect(abs(student.upperBound - bootstrap.upperBound) < 0.1 * width)
    #expect(SampleSummary([1, 2])?.bootstrapInterval == nil)
    #expect(SampleSummary([1, 2, 3])?.bootstrapInterval != nil)
    #expect(SampleSummary(values) == summary)
  }

  @Test("One value has no interval; none, or one that is no number, is no average")
  func few() {
    #expect(SampleSummary([3])?.interval == nil)
    #expect(SampleSummary([3])?.mean == 3)
    #expect(SampleSummary([]) == nil)
    #expect(SampleSummary([1, .nan]) == nil)
  }

  @Test("The median of values that never end is where it can be said")
  func censored() {
    #expect([3, .infinity, 5].median == 5)
    #expect([3, .infinity, .infinity].median == .infinity)
    #expect([.infinity, .infinity].median == .infinity)
    #expect([2, 4].median == 3)
  }
}
