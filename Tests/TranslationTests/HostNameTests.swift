import Testing
import Translation

@Suite struct HostNameTests {
  @Test(arguments: [
    ("foo.com", "foo.com", true), ("foo.com", "bar.com", false), ("*.com", "a.b.com", true),
    ("*.foo.com", "foo.com", false), ("*foo.com", "xfoo.com", true), ("*", "*.com", true),
    ("*.a.com", "*.com", true), ("*.a.com", "*.b.com", false), ("Foo.com", "foo.com", false),
  ])
  func `names overlap when one ends like the other`(a: String, b: String, expected: Bool) {
    #expect(HostName.overlap(a, b) == expected)
    #expect(HostName.overlap(b, a) == expected)
  }

  @Test(arguments: [
    ("a.foo.com", "*.foo.com", true), ("*.foo.com", "a.foo.com", false), ("*.a.com", "*.com", true),
    ("*.com", "*.a.com", false), ("*", "*", true), ("foo.com", "*", true), ("*", "foo.com", false),
  ])
  func `a wildcard covers what is longer`(a: String, b: String, expected: Bool) {
    #expect(HostName.isSubset(a, of: b) == expected)
  }

  @Test func `of every pair the narrower name is kept once`() {
    #expect(HostName.intersection(["foo.com", "*.net"], ["*.com", "bar.net"]) == ["foo.com", "bar.net"])
    #expect(HostName.intersection(["*"], ["a.com", "a.com"]) == ["a.com"])
    #expect(HostName.intersection(["foo.com"], ["bar.com"]).isEmpty)
  }

  @Test func `exact names come before wildcards, then the longer, then the alphabet`() {
    let names = ["*", "*.com", "b.com", "a.com", "aa.com", "*.a.com"]
    let sorted = names.sorted { HostName.isMoreSpecific($0, than: $1) }
    #expect(sorted == ["aa.com", "a.com", "b.com", "*.a.com", "*.com", "*"])
  }

  @Test func `a look-up finds the most specific name that covers the needle`() {
    var table = HostTable<Int>()
    for (place, host) in ["*", "*.com", "*.a.com", "x.a.com"].enumerated() { table[host] = place }
    #expect(table.mostSpecific(for: "x.a.com")?.value == 3)
    #expect(table.mostSpecific(for: "y.a.com")?.value == 2)
    #expect(table.mostSpecific(for: "a.com")?.value == 1)
    #expect(table.mostSpecific(for: "*.b.com")?.value == 1)
    #expect(table.mostSpecific(for: "*.a.com")?.value == 2)
    #expect(table.mostSpecific(for: "a.net")?.value == 0)
  }

  @Test(arguments: [
    ("reviews", "reviews.shop.svc.cluster.local"), ("reviews.prod", "reviews.prod"), ("*", "*"), ("", ""),
    ("10.0.0.1", "10.0.0.1"), ("2001:db8::1", "2001:db8::1"), ("*.com", "*.com"),
  ])
  func `only a name without a dot is completed`(name: String, expected: String) {
    #expect(ShortName.host(name, namespace: "shop") == expected)
  }

  @Test(arguments: [
    ("mesh", "mesh"), ("web", "shop/web"), ("edge/web", "edge/web"), ("./web", "shop/web"), ("web.edge", "edge/web"),
    ("web.edge.svc.cluster.local", "edge/web"),
  ])
  func `a gateway's name gets a namespace`(name: String, expected: String) {
    #expect(ShortName.gateway(name, namespace: "shop") == expected)
  }
}
