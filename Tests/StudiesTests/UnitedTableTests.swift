import Storage
import Testing

@testable import Studies

@Suite("Tables beneath each other")
struct UnitedTableTests {
  private func table(_ lines: String...) throws -> [[[UInt8]]] {
    try CSV.rows(of: Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  @Test("Columns are those of all tables, and cells are empty where a table has none such")
  func united() throws {
    var united = UnitedTable(leading: ["cell"])
    #expect(united.bytes == nil)
    try united.add(table("metric,value", "recall,0.5"), behind: [.text("a")])
    try united.add(table("value,note,metric", "0.7,\"x, y\",fd"), behind: [.text("b")])
    try united.add(table("metric,value", "recall,0.1"), behind: [.text("c")])
    #expect(
      united.bytes.map { String(decoding: $0, as: UTF8.self) }
        == "cell,metric,value,note\na,recall,0.5,\nb,fd,0.7,\"x, y\"\nc,recall,0.1,\n")
  }

  @Test("An option that is called as a column of the tables keeps a column of its own")
  func clash() throws {
    var united = UnitedTable(leading: ["cell", "space"])
    try united.add(table("space,value", "conv,0.5"), behind: [.text("a"), .text("logit")])
    #expect(
      united.bytes.map { String(decoding: $0, as: UTF8.self) }
        == "cell,option_space,space,value\na,logit,conv,0.5\n")
  }
}
