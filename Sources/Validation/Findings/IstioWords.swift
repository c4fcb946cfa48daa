import Diagnostics

/// What tells Istio's messages apart, where ours say more or less than Istio's: `istioctl analyze` says the same words of
/// one object once.
enum IstioWords {
  static func key(_ finding: Finding) -> String {
    let code = finding.code == "DD1582" ? "DD1023" : finding.code
    if withoutValues.contains(code) { return code }
    if byList.contains(code) { return "\(code) \(names(finding.field))" }
    if byListAndValue.contains(code) { return "\(code) \(finding.message.en) \(names(finding.field))" }
    if byRule.contains(code) { return "\(code) \(rule(finding.field))" }
    if byField.contains(code) { return "\(code) \(finding.field)" }
    return "\(code) \(finding.message.en)"
  }

  /// Ours name the value, Istio's do not.
  private static let withoutValues: Set<String> = [
    "DD1023", "DD1024", "DD1030", "DD1041", "DD1048", "DD1079", "DD1101", "DD1103", "DD1106", "DD1137", "DD1138",
    "DD1141", "DD1148", "DD1166", "DD1226", "DD1248", "DD1253", "DD1300", "DD1305", "DD1332", "DD1335", "DD1338",
    "DD1357", "DD1375", "DD1384", "DD1405", "DD1408", "DD1422", "DD1424", "DD1432", "DD1443", "DD1451", "DD1520",
    "DD1521", "DD1526", "DD1529", "DD1530", "DD1531", "DD1538",
  ]
  /// Istio's name the field or the list.
  private static let byList: Set<String> = ["DD1049", "DD1050", "DD1051", "DD1482", "DD1484"]
  private static let byListAndValue: Set<String> = [
    "DD1052", "DD1485", "DD1486", "DD1487", "DD1489", "DD1490", "DD1497", "DD1498", "DD1499",
  ]
  /// Istio's count the rules of a policy.
  private static let byRule: Set<String> = ["DD1477", "DD1478", "DD1479", "DD1493", "DD1494"]
  /// Istio's name the port or the address.
  private static let byField: Set<String> = ["DD1097", "DD1344"]

  /// `spec.http[0].match[1].headers[x]` without what is in brackets.
  private static func names(_ field: String) -> String {
    var depth = 0
    var bytes: [UInt8] = []
    for byte in field.utf8 {
      if byte == UInt8(ascii: "[") { depth += 1 }
      if depth == 0 { bytes.append(byte) }
      if byte == UInt8(ascii: "]") { depth -= 1 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `spec.rules[2]` of a field within.
  private static func rule(_ field: String) -> Substring {
    field.prefix { $0 != "]" }
  }
}
