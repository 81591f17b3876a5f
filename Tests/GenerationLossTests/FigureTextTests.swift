import GenerationLoss
import Testing

@Suite("Numbers in titles and tables")
struct FigureTextTests {
  @Test(
    "They have three significant digits, after rounding too, and two beside a power of ten",
    arguments: [
      (0.0, "0"), (1, "1.00"), (-1, "-1.00"), (14.23, "14.2"), (352.4, "352"), (9.999, "10.0"),
      (99.97, "100"), (0.9996, "1.00"), (0.83, "0.830"), (0.00421, "0.00421"), (1234, "1234"),
      (0.00001, "1.0e-5"), (12_345_678, "1.2e7"), (999_999.9, "1.0e6"), (-1e-7, "-1.0e-7"),
    ])
  func significant(value: Double, text: String) {
    #expect(FigureText.significant(value) == text)
  }

  @Test("What is no number is a dash", arguments: [Double.nan, .infinity, -.infinity])
  func noNumber(value: Double) {
    #expect(FigureText.significant(value) == "-")
  }

  @Test(
    "Null-widths have one decimal below ten and a power of ten beyond a million",
    arguments: [
      (0.04, "+0.0"), (-0.31, "-0.3"), (9.94, "+9.9"), (9.96, "+10"), (-64.2, "-64"),
      (123_456, "+123456"), (1.234e77, "+1.2e77"), (-5e6, "-5.0e6"),
    ])
  func widths(z: Double, text: String) {
    #expect(FigureText.widths(z, sign: "+") == text)
    #expect(FigureText.widths(z) == (text.hasPrefix("+") ? String(text.dropFirst()) : text))
  }

  @Test(
    "Bytes have a unit",
    arguments: [
      (0, "0 bytes"), (999, "999 bytes"), (1000, "1.00 kB"), (2_580_000, "2.58 MB"),
      (Int.max, "9.2e6 TB"),
    ])
  func bytes(count: Int, text: String) {
    #expect(FigureText.bytes(count) == text)
  }
}
