import History
import MeshModel
import Testing

@Suite struct DigestTests {
  /// The examples of FIPS 180-4 and the lengths round the padding's edges, from another implementation.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
    ),
    (
      String(repeating: "a", count: 56), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"
    ),
    (
      String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
    ),
    (
      String(repeating: "a", count: 1000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
    ),
  ])
  func `a hash is the one the standard gives`(text: String, hex: String) {
    #expect(Digest(hashing: Array(text.utf8)).hex == hex)
  }

  @Test func `a digest comes back from its bytes and its digits`() {
    let digest = Digest(hashing: [1, 2, 3])
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(hex: digest.hex) == digest)
    #expect(Digest(hex: String(digest.hex.dropLast())) == nil)
    #expect(Digest(bytes: [0]) == nil)
  }

  @Test func `where one field ends and the next begins counts`() {
    var a = DigestFields("x")
    a.append("ab")
    a.append("c")
    var b = DigestFields("x")
    b.append("a")
    b.append("bc")
    #expect(a.digest != b.digest)
  }

  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
    (1_772_366_400_999, "2026-03-01T12:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
  ])
  func `a moment is written in UTC`(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
  }

  @Test func `the tree brought up to date change by change equals the one made from nothing`() {
    var random = SplitMix(state: 0x5eed)
    var tree = MeshDigestTree()
    var contents: [Digest: Digest] = [:]
    for round in 0..<200 {
      for _ in 0..<5 {
        let key = Digest(hashing: [UInt8(random.next() % 97)])
        let content = random.next() % 3 == 0 ? nil : Digest(hashing: [UInt8(random.next() % 251)])
        tree.set(content, forKey: key)
        contents[key] = content
      }
      guard round % 20 == 19 else { continue }
      #expect(tree.root() == MeshDigest.root(of: contents.map { MeshDigest.Leaf(key: $0.key, content: $0.value) }))
    }
  }

  @Test func `a mesh name is short, lower case and printable`() throws {
    #expect(try MeshName("prod-eu.1").text == "prod-eu.1")
    #expect(throws: MeshName.Problem.empty) { try MeshName("") }
    #expect(throws: MeshName.Problem.badCharacter("Prod")) { try MeshName("Prod") }
    #expect(throws: MeshName.Problem.badCharacter("-a")) { try MeshName("-a") }
    #expect(try MeshName(String(repeating: "a", count: 63)).text.utf8.count == 63)
    #expect(throws: MeshName.Problem.tooLong(64)) { try MeshName(String(repeating: "a", count: 64)) }
  }
}

/// A small generator with a printed seed.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
