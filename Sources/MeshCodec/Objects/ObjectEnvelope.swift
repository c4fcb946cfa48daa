import MeshModel
import YAML

/// `apiVersion`, `kind` and `metadata` as they stand in the text; each is nil or empty when it is missing or wrong.
struct ObjectEnvelope {
  var apiVersion: String?
  var kind: String?
  var name: String?
  var namespace = ""
  var metadata = ObjectMetadata()

  /// Without regard to problems: who the object seems to be, for messages.
  static func label(of root: Node) -> String? {
    guard let kind = root["kind"]?.string else { return nil }
    guard let name = root["metadata"]?["name"]?.string else { return kind }
    guard let namespace = root["metadata"]?["namespace"]?.string else { return "\(kind) \(name)" }
    return "\(kind) \(namespace)/\(name)"
  }

  mutating func map(_ fields: inout FieldMap) {
    fields("apiVersion", &apiVersion)
    fields("kind", &kind)
    let syntax = fields.reading?.syntax
    fields.reading?.syntax = .kubernetes
    fields.nested("metadata") { fields in
      fields("name", &name)
      fields("namespace", &namespace)
      fields("labels", &metadata.labels)
      fields("annotations", &metadata.annotations)
      fields.timestamp("creationTimestamp", &metadata.creationTime)
      // When an object goes does not matter, only that it does; so this is not written back.
      if fields.take("deletionTimestamp") != nil { metadata.isBeingDeleted = true }
    }
    if let syntax { fields.reading?.syntax = syntax }
  }
}

extension FieldMap {
  fileprivate mutating func timestamp(_ name: String, _ value: inout Int64?) {
    if let (node, context) = take(name) {
      context.path.append(.field(name))
      defer { context.path.removeLast() }
      guard let text = String.read(node, context) else { return }
      value = TimeText.seconds(of: text)
      if value == nil { context.report(.badTimestamp(text), at: node) }
    } else if let value {
      put(name, .string(TimeText.text(ofSeconds: value)))
    }
  }
}

/// RFC 3339, in whole seconds since 1970.
enum TimeText {
  /// nil when the text is no such time; fractions of a second are passed over.
  static func seconds(of text: String) -> Int64? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard range.upperBound <= bytes.count else { return nil }
      var value: Int64 = 0
      for byte in bytes[range] {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      }
      return value
    }
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":")
    else { return nil }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19)
    else { return nil }
    guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61 else { return nil }
    var rest = 19
    if bytes[rest] == UInt8(ascii: ".") {
      rest += 1
      while rest < bytes.count, number(rest..<(rest + 1)) != nil { rest += 1 }
    }
    guard rest < bytes.count else { return nil }
    let local = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
    if bytes[rest] == UInt8(ascii: "Z") || bytes[rest] == UInt8(ascii: "z") {
      return rest + 1 == bytes.count ? local : nil
    }
    guard bytes[rest] == UInt8(ascii: "+") || bytes[rest] == UInt8(ascii: "-"), bytes.count == rest + 6,
      let hours = number((rest + 1)..<(rest + 3)), let minutes = number((rest + 4)..<(rest + 6))
    else { return nil }
    let offset = hours * 3_600 + minutes * 60
    return bytes[rest] == UInt8(ascii: "+") ? local - offset : local + offset
  }

  static func text(ofSeconds seconds: Int64) -> String {
    func padded(_ value: Int64, _ width: Int = 2) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - day * 86_400
    let date = civil(day)
    let time = "\(padded(rest / 3_600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))Z"
    return "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))T\(time)"
  }

  /// Days since 1970 in the Gregorian calendar; years begin in March so that the leap day is the last one.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
    let yearOfEra = (dayOfEra - leapDays) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
