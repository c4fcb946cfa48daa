import Foundation
import Testing

/// Questions about access, as they are typed.
@Suite struct AccessCommandTests {
  private static let mesh = """
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: shop}
    spec: {clusterIP: 10.96.0.10, selector: {app: cart}, ports: [{name: http, port: 80, targetPort: 8080}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: cart, namespace: shop, labels: {app: cart}}
    spec: {serviceAccountName: cart, containers: [{name: app, image: x}]}
    status: {podIP: 10.244.0.10, phase: Running}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: shop, labels: {app: web}}
    spec: {serviceAccountName: web, containers: [{name: app, image: x}]}
    status: {podIP: 10.244.0.11, phase: Running}
    ---
    apiVersion: security.istio.io/v1
    kind: RequestAuthentication
    metadata: {name: cart, namespace: shop}
    spec: {jwtRules: [{issuer: anna@example, jwksUri: 'https://keys.example/jwks'}]}

    """

  private static func policy(_ account: String) -> String {
    """
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: {name: cart, namespace: shop}
    spec:
      selector: {matchLabels: {app: cart}}
      rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/\(account)]}}]}]

    """
  }

  private static func shop() throws -> Tool {
    let tool = try Tool()
    let file = try tool.write("mesh.yaml", mesh + "---\n" + policy("web"))
    _ = try tool.run("apply", "-f", file)
    return tool
  }

  @Test func `who-can names the policy that lets in, and the one that keeps out`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let result = try tool.run("who-can", "cart")
    #expect(result.status == 0)
    #expect(result.output.contains("shop/web    allowed   policy shop/cart rule 1"), "\(result.output)")
    #expect(result.output.contains("1 allowed, 1 denied"))
    #expect(try tool.run("who-can", "cart", "--lang", "zh").output.contains("策略 shop/cart 的规则 1"))
  }

  @Test func `access tells yes and no by its exit code`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    #expect(try tool.run("access", "shop/web", "cart").status == 0)
    let refused = try tool.run("access", "shop/cart", "cart.shop")
    #expect(refused.status == 1)
    #expect(refused.output.contains("no ALLOW policy matches"))
    #expect(try tool.run("access", "shop/nobody", "cart").status == 2)
  }

  @Test func `the matrix comes as a table, as CSV and as JSON`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    #expect(try tool.run("access", "--matrix").output.contains("shop/cart   ✗"))
    let csv = try tool.run("access", "--matrix", "-o", "csv").output
    #expect(csv == "client,cart.shop\r\nshop/cart,denied\r\nshop/web,allowed\r\n")
    let json = try tool.run("access", "--matrix", "-o", "json").output
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]] != nil)
    #expect(try tool.run("access", "--by", "namespace", "-o", "csv").output.contains("shop,partly"))
  }

  @Test func `a difference of policies tells who is let in and who is shut out`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let file = try tool.write("policy.yaml", Self.policy("cart"))
    let draft = try tool.run("diff", "-f", file).output
    #expect(draft.contains("this change newly allows\n  + shop/cart → GET cart.shop/"), "\(draft)")
    #expect(draft.contains("this change newly denies\n  - shop/web → GET cart.shop/"))
    _ = try tool.run("apply", "-f", file)
    #expect(try tool.run("review", "status").output.contains("newly denies"))
    let against = try tool.run("access", "--against", "head~1")
    #expect(against.status == 1)
    #expect(against.output.contains("newly allows"))
  }

  @Test func `a token is never printed and never stored`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    let header = "eyJhbGciOiJSUzI1NiJ9"
    let payload = "eyJpc3MiOiJhbm5hQGV4YW1wbGUiLCJzdWIiOiJ4In0"
    let signature = "c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ"
    let file = try tool.write("token.jwt", "\(header).\(payload).\(signature)\n")
    for words in [
      ["token", "inspect", file], ["who-can", "cart", "--jwt", file], ["token", "inspect", file, "-o", "json"],
      ["simulate", "http://cart.shop/", "--from", "shop/web", "--jwt", file, "--explain"],
      ["simulate", "http://cart.shop/", "--from", "shop/web", "--jwt", file, "-o", "json"],
    ] {
      let result = try tool.run(arguments: words)
      let said = result.output + result.errors
      #expect(!said.isEmpty)
      for part in [payload, signature] { #expect(!said.contains(part), "\(words)") }
    }
    let names = try FileManager.default.contentsOfDirectory(at: tool.folder, includingPropertiesForKeys: nil)
    for name in names where name.lastPathComponent.hasPrefix("drydock.db") {
      #expect(try Data(contentsOf: name).range(of: Data(signature.utf8)) == nil)
    }
  }
}
