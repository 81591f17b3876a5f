import LinearAlgebra
import Metrics
import Testing

@Suite("Nearest class mean")
struct NearestClassMeanTests {
  private let features = Matrix(rows: [[0, 0], [2, 0], [10, 0], [10, 2], [0, 9]])

  @Test("A sample gets the class whose mean is nearest, and ties the lowest")
  func labels() throws {
    let classifier = try NearestClassMean(
      features: features, labels: [0, 0, 2, 2, 3], classCount: 4)
    let samples = Matrix(rows: [[1, 1], [9, 1], [0, 8], [5.5, 0.5], [5.6, 0.5]])
    #expect(try classifier.labels(of: samples) == [0, 2, 3, 0, 2])
    #expect(try classifier.shares(of: samples) == [0.4, 0, 0.4, 0.2])
  }

  @Test("Separated classes keep their shares")
  func shares() throws {
    let labels = (0..<300).map { $0 % 10 < 7 ? 0 : 1 }
    let noise = normalSamples(300, 3, seed: 1)
    var samples = noise
    for (row, label) in labels.enumerated() { samples[row, 0] += 50 * Double(label) }
    let classifier = try NearestClassMean(features: samples, labels: labels, classCount: 2)
    #expect(try classifier.shares(of: samples) == [0.7, 0.3])
    #expect(try classifier.shares(of: samples.rows(0..<1)) == [1, 0])
  }

  @Test("Samples of another dimension, or none, are refused")
  func refused() throws {
    let classifier = try NearestClassMean(
      features: features, labels: [0, 0, 1, 1, 1], classCount: 2)
    #expect(throws: MetricsError.self) { try classifier.shares(of: features.leadingColumns(1)) }
    #expect(throws: MetricsError.tooFewSamples(set: .generated, count: 0, required: 1)) {
      try classifier.shares(of: features.rows(0..<0))
    }
  }
}
