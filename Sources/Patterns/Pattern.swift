import CRE2

/// A regular expression as Envoy has it: RE2 over bytes (RE-1, RE-2).
package final class Pattern: Sendable {
  /// RE-4: a larger program is refused by Envoy.
  package static let programSizeLimit = 100

  package let text: String
  // SAFETY: the compiled pattern never changes after init, and RE2 allows matching from many threads.
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Why a text is no pattern, in RE2's words.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
  }

  package init(_ text: String) throws(Problem) {
    var copy = text
    let handle = copy.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { chars in
        withExtendedLifetime(chars) { cre2_new(chars.baseAddress ?? Self.emptyText, chars.count) }
      }
    }
    guard cre2_ok(handle) else {
      let message = String(cString: cre2_error(handle))
      cre2_free(handle)
      throw Problem(message: message)
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
