import Diagnostics
import Testing
import Validation
import Workbench

@Suite struct AllowanceTests {
  private func codes(_ text: String) -> [String] {
    Check(manner: .drydock).findings(of: CheckWorld(files: [(name: "a.yaml", bytes: Array(text.utf8))])).map(\.code)
  }

  private let start = """
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata:
      name: a
      namespace: shop
    """

  @Test func `a comment allows what is found on its line`() {
    #expect(codes(start + "\nspec:\n  host: 1.2.3.4\n").contains("DD1017"))
    let allowed = codes(start + "\nspec:\n  host: 1.2.3.4 # drydock: allow DD1017, KIA0202\n")
    #expect(!allowed.contains("DD1017") && !allowed.contains("DD0901"))
  }

  @Test func `a comment that stands alone is about the next line`() {
    #expect(!codes(start + "\nspec:\n  # drydock: allow DD1017\n  host: 1.2.3.4\n").contains("DD1017"))
  }

  @Test func `an annotation allows a code in the whole object`() {
    let text = start + "\n  annotations:\n    drydock.dev/allow: DD1017\nspec:\n  host: 1.2.3.4\n"
    #expect(!codes(text).contains("DD1017"))
  }

  @Test func `a permission that nothing needs is reported`() {
    #expect(codes(start + "\nspec:\n  host: a.example.com # drydock: allow DD1017\n").contains("DD0901"))
  }

  @Test func `every finding of a file has a place`() {
    let text = start + "\nspec:\n  hots: a\n"
    let findings = Check(manner: .drydock).findings(of: CheckWorld(files: [(name: "a.yaml", bytes: Array(text.utf8))]))
    #expect(!findings.isEmpty)
    for finding in findings { #expect((finding.span?.start.line ?? 0) > 0, "\(finding.code)") }
  }
}
