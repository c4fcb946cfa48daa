import CRE2

/// A regular expression as Envoy has it: RE2 over bytes (RE-1, RE-2).
package final class Pattern: Sendable {
  /// RE-4: what Istio's bootstrap sets as `re2.max_program_size.error_level`; Envoy alone stops at 100.
  package static let programSizeLimit = 32_768

  package let text: String
  // SAFETY: the compiled pattern never changes after init, and RE2 allows matching from many threads.
  private nonisolated(unsafe) let handle: OpaquePointer

  package init(_ text: String, programSizeLimit: Int = Pattern.programSizeLimit) throws(PatternProblem) {
    var spelt = PatternSyntax.spellingGroups(text)
    let handle = spelt.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cre2_new($0.baseAddress ?? Self.emptyText, $0.count) }
    }
    guard cre2_ok(handle) else {
      let message = String(cString: cre2_error(handle))
      cre2_free(handle)
      throw .syntax(message)
    }
    let size = Int(cre2_program_size(handle))
    guard size <= programSizeLimit else {
      cre2_free(handle)
      throw .programTooLarge(size: size, limit: programSizeLimit)
    }
    self.text = text
    self.handle = handle
  }

  deinit { cre2_free(handle) }

  package var programSize: Int { Int(cre2_program_size(handle)) }
  package var groupCount: Int { Int(cre2_group_count(handle)) }

  /// Whether the whole text matches.
  package func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return cre2_full_match(handle, Self.emptyText, 0) }
    return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      cre2_full_match(handle, $0, bytes.count)
    }
  }

  package func matches(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { matches($0) }
  }

  package func matches(_ bytes: Span<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { matches($0) }
  }

  /// Whether any part matches, as in a `proxyVersion` of an EnvoyFilter.
  package func occurs(in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      text.withMemoryRebound(to: CChar.self) { cre2_search(handle, $0.baseAddress ?? Self.emptyText, $0.count) }
    }
  }

  /// Whether the rewrite names only groups that the pattern has; Envoy leaves the text alone when it does not.
  package func accepts(rewrite: String) -> Bool {
    var rewrite = rewrite
    return rewrite.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cre2_rewrite_ok(handle, $0.baseAddress ?? Self.emptyText, $0.count) }
    }
  }

  /// Every match replaced; `\0` to `\9` in the rewrite stand for groups (RE-5).
  package func replacingAll(in bytes: [UInt8], with rewrite: String) -> [UInt8] {
    var rewrite = rewrite
    return rewrite.withUTF8 { rewriteBytes in
      bytes.withUnsafeBufferPointer { text in
        var length = 0
        let rewriteBase = UnsafeRawPointer(rewriteBytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
        let textBase = UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
        guard
          let out = cre2_replace_all(
            handle, textBase, text.count, rewriteBase ?? Self.emptyText, rewriteBytes.count, &length)
        else { return bytes }
        defer { cre2_release(out) }
        let raw = UnsafeRawBufferPointer(start: out, count: length)
        return Array(raw)
      }
    }
  }

  // SAFETY: one byte that is never written nor freed.
  private nonisolated(unsafe) static let emptyText: UnsafePointer<CChar> = {
    let place = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    place.pointee = 0
    return UnsafePointer(place)
  }()
}
