import YAML

/// A JWK set as Istio's reader takes it, as far as a rule asks.
struct KeySet {
  /// The places of keys that hold something secret.
  private(set) var secrets: [Int] = []

  /// nil when the text is no such set.
  init?(_ text: String) {
    guard let root = parseJSON(Array(text.utf8)), root.mapping != nil else { return nil }
    guard let keys = root["keys"] else {
      // One key alone is a set as well.
      guard let isSecret = Self.isSecret(root) else { return nil }
      secrets = isSecret ? [0] : []
      return
    }
    if keys.isNull { return }
    guard let items = keys.sequence else { return nil }
    for (place, key) in items.enumerated() {
      guard let isSecret = Self.isSecret(key) else { return nil }
      if isSecret { secrets.append(place) }
    }
  }

  /// nil when this is no key.
  private static func isSecret(_ key: Node) -> Bool? {
    guard key.mapping != nil else { return nil }
    func has(_ name: String) -> Bool? {
      guard let value = key[name] else { return false }
      guard let text = value.string, Base64Text.isURLSafe(text) else { return nil }
      return true
    }
    guard let isPrivate = has("d") else { return nil }
    switch key["kty"]?.string {
    case "RSA":
      return has("n") == true && has("e") == true ? isPrivate : nil
    case "EC":
      return has("x") == true && has("y") == true && key["crv"]?.string != nil ? isPrivate : nil
    case "OKP":
      return has("x") == true && key["crv"]?.string != nil ? isPrivate : nil
    case "oct":
      return has("k") == true ? true : nil
    default:
      return nil
    }
  }
}
