// S-34 to S-37: headers that a route adds, sets and removes.
extension Admission {
  func checkHeaders(_ headers: Part) {
    guard headers.isPresent else { return }
    let (request, response) = (headers["request"], headers["response"])
    for operation in ["add", "set"] {
      for (name, value) in request[operation].members {
        checkRequestHeader(name, value)
        checkHeaderValue(value)
      }
      for (name, value) in response[operation].members {
        checkPlainHeader(name, value)
        checkHeaderValue(value)
      }
    }
    for name in request["remove"].items { checkPlainHeader(name.text, name) }
    for name in response["remove"].items { checkPlainHeader(name.text, name) }
  }

  /// S-34
  private func checkRequestHeader(_ name: String, _ part: Part) {
    if name.utf8.isEmpty {
      report(.requestHeader, part, name)
    } else if name.utf8.first == UInt8(ascii: ":"), name.lowercased() != ":authority" {
      report(.requestHeader, part, name)
    }
  }

  /// S-35
  private func checkPlainHeader(_ name: String, _ part: Part) {
    if name.utf8.isEmpty || name.utf8.first == UInt8(ascii: ":") || name.lowercased() == "host" {
      report(.plainHeader, part, name)
    }
  }

  /// S-36, S-37
  private func checkHeaderValue(_ value: Part) {
    if value.text.utf8.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) {
      report(.headerControl, value, value.text)
    } else if !HeaderFormat.isGood(value.text) {
      report(.headerFormat, value, value.text)
    }
  }
}

/// Values with `%NAME%` and `%NAME(arguments)%` in them, as the proxy reads them.
enum HeaderFormat {
  private enum State {
    case literal, name, array, item, inString, afterString, afterArray, end
  }

  static func isGood(_ text: String) -> Bool {
    var state = State.literal
    var bytes = text.utf8[...]
    while let byte = bytes.popFirst() {
      if state == .literal {
        guard byte == UInt8(ascii: "%") else { continue }
        guard let next = bytes.first else { return false }
        if next == UInt8(ascii: "%") { bytes.removeFirst() } else { state = .name }
        continue
      }
      if state == .inString, byte == UInt8(ascii: "\\") {
        if bytes.popFirst() == nil { return false }
        continue
      }
      guard let next = follow(state, byte) else { return false }
      state = next
    }
    return state == .literal
  }

  private static func follow(_ state: State, _ byte: UInt8) -> State? {
    let isSpace = byte == UInt8(ascii: " ")
    switch (state, byte) {
    case (.name, UInt8(ascii: "%")): return .literal
    case (.name, UInt8(ascii: "(")): return .array
    case (.name, _): return .name
    case (.array, UInt8(ascii: "[")): return .item
    case (.array, _): return isSpace ? .array : .inString
    case (.item, UInt8(ascii: "\"")): return .inString
    case (.item, _): return isSpace ? .item : nil
    case (.inString, UInt8(ascii: ")")): return .end
    case (.inString, UInt8(ascii: "\"")): return .afterString
    case (.inString, _): return .inString
    case (.afterString, UInt8(ascii: ",")): return .item
    case (.afterString, UInt8(ascii: "]")): return .afterArray
    case (.afterString, _): return isSpace ? .afterString : nil
    case (.afterArray, UInt8(ascii: ")")): return .end
    case (.afterArray, _): return isSpace ? .afterArray : nil
    case (.end, UInt8(ascii: "%")): return .literal
    case (.end, _): return isSpace ? .end : nil
    case (.literal, _): return .literal
    }
  }
}

extension Rule {
  static let requestHeader = refusal(
    45, "'{0}' cannot be set on a request; of the pseudo headers only ':authority' can",
    "不能在请求上设置 '{0}'；伪头中只有 ':authority' 可以设置")
  static let plainHeader = refusal(46, "'{0}' cannot be changed here", "此处不能修改 '{0}'")
  static let headerControl = refusal(47, "'{0}' has a control character", "'{0}' 含有控制字符")
  static let headerFormat = refusal(
    48, "'{0}' has a '%' that ends nowhere; write '%%' for a percent sign", "'{0}' 中的 '%' 没有结束；百分号请写作 '%%'")

  static let headerRules: [Rule] = [requestHeader, plainHeader, headerControl, headerFormat]
}
