import Comparison
import Testing

@Suite struct UnifiedDiffTests {
  @Test func `equal texts give nothing`() {
    #expect(UnifiedDiff(from: "a\nb\n", to: "a\nb\n").text(oldName: "a", newName: "b").isEmpty)
  }

  @Test func `a change is shown with three lines round it`() {
    let old = (1...12).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 6\n", with: "line six\n")
    let expected = """
      --- old
      +++ new
      @@ -3,7 +3,7 @@
       line 3
       line 4
       line 5
      -line 6
      +line six
       line 7
       line 8
       line 9

      """
    #expect(UnifiedDiff(from: old, to: new).text(oldName: "old", newName: "new") == expected)
  }

  @Test func `changes far apart are two hunks and near ones are one`() {
    let old = (1...30).map { "\($0)\n" }.joined()
    let far = old.replacing("\n2\n", with: "\nx\n").replacing("\n28\n", with: "\ny\n")
    let near = old.replacing("\n10\n", with: "\nx\n").replacing("\n15\n", with: "\ny\n")
    #expect(UnifiedDiff(from: old, to: far).hunks.map(\.header) == ["@@ -1,5 +1,5 @@", "@@ -25,6 +25,6 @@"])
    #expect(UnifiedDiff(from: old, to: near).hunks.map(\.header) == ["@@ -7,12 +7,12 @@"])
  }

  @Test func `a text from nothing and to nothing`() {
    #expect(UnifiedDiff(from: "", to: "a\nb\n").hunks.map(\.header) == ["@@ -0,0 +1,2 @@"])
    #expect(UnifiedDiff(from: "a\n", to: "").hunks.map(\.header) == ["@@ -1 +0,0 @@"])
  }

  @Test func `lines that look alike in another spelling are different lines`() {
    #expect(UnifiedDiff(from: "caf\u{e9}\n", to: "cafe\u{301}\n").hunks.count == 1)
  }
}
