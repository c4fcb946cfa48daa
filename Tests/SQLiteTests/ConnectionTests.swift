import SQLite
import Testing

@Suite struct ConnectionTests {
  private func memory() throws -> Connection {
    let connection = try Connection(path: ":memory:", access: .create)
    try connection.executeScript("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c BLOB) STRICT;")
    return connection
  }

  @Test func `values come back as they went in`() throws {
    let connection = try memory()
    let text = "caf\u{e9}\u{0}x"
    try connection.execute("INSERT INTO t VALUES (?, ?, ?)", [.integer(.min), .text(text), .blob([0, 255])])
    try connection.execute("INSERT INTO t VALUES (?, ?, ?)", [.integer(1), .text(""), .blob([])])
    try connection.execute("INSERT INTO t VALUES (?, ?, ?)", [.integer(2), .null, .null])
    var statement = try connection.prepare("SELECT a, b, c FROM t ORDER BY a")
    #expect(try statement.step())
    #expect(statement.integer(0) == .min)
    #expect(statement.text(1) == text)
    #expect(statement.bytes(2) == [0, 255])
    #expect(try statement.step())
    #expect(!statement.isNull(1) && statement.text(1).isEmpty)
    #expect(!statement.isNull(2) && statement.bytes(2).isEmpty)
    #expect(try statement.step())
    #expect(statement.isNull(1) && statement.optionalText(1) == nil)
    #expect(try !statement.step())
  }

  @Test func `a number of values other than of parameters is refused`() throws {
    let connection = try memory()
    #expect(throws: SQLiteError.self) { try connection.execute("SELECT ?, ?", [.integer(1)]) }
  }

  @Test func `one text may be prepared twice at once`() throws {
    let connection = try memory()
    var outer = try connection.prepare("SELECT 1 UNION ALL SELECT 2")
    var seen = 0
    while try outer.step() {
      var inner = try connection.prepare("SELECT 1 UNION ALL SELECT 2")
      while try inner.step() { seen += 1 }
    }
    #expect(seen == 4)
  }

  @Test func `a transaction that throws leaves nothing`() throws {
    struct Stop: Error {}
    let connection = try memory()
    #expect(throws: Stop.self) {
      try connection.transaction(.write, mapping: { _ in Stop() }) { () throws(Stop) in
        do { try connection.execute("INSERT INTO t (a) VALUES (1)") } catch { throw Stop() }
        throw Stop()
      }
    }
    var statement = try connection.prepare("SELECT count(*) FROM t")
    #expect(try statement.step())
    #expect(statement.integer(0) == 0)
  }

  @Test func `the hook fails the step it names and no other`() throws {
    let connection = try memory()
    let next = connection.steps + 2
    connection.stepFault = { $0 == next ? 10 : nil }
    try connection.execute("INSERT INTO t (a) VALUES (1)")
    #expect(throws: SQLiteError.self) { try connection.execute("INSERT INTO t (a) VALUES (2)") }
    try connection.execute("INSERT INTO t (a) VALUES (3)")
  }

  @Test func `an error has its code and its statement, never the values`() throws {
    let connection = try memory()
    try connection.execute("INSERT INTO t (a, b) VALUES (?, ?)", [.integer(1), .text("secret")])
    do {
      try connection.execute("INSERT INTO t (a, b) VALUES (?, ?)", [.integer(1), .text("secret")])
      Issue.record("the second row was taken")
    } catch {
      #expect(error.code == .constraint)
      #expect(!error.description.contains("secret"))
    }
  }
}
