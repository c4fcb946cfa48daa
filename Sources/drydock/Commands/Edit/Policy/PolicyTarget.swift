import Diagnostics
import Editing
import MeshModel
import Workbench

/// The DestinationRule that a command about a host's policies is about, and the place in it.
struct PolicyTarget {
  static let subset = OptionSpec.value(
    "subset", nil, "NAME", LocalizedText(en: "a subset's policy (default: the rule's own)", zh: "子集的策略（默认规则本身）"))
  static let port = OptionSpec.value(
    "port", nil, "PORT", LocalizedText(en: "one service port's settings", zh: "某个服务端口的设置"))
  static let rule = OptionSpec.value(
    "rule", nil, "NAME",
    LocalizedText(en: "the DestinationRule, where several are for the host", zh: "DestinationRule 的名称（主机有多个规则时）"))
  static let labels = OptionSpec.list(
    "labels", nil, "KEY=VALUE",
    LocalizedText(en: "define the subset by these labels where it is not defined", zh: "子集未定义时用这些标签定义"))

  static let options = [subset, port, rule, labels]

  let host: String
  let id: ObjectID
  /// nil: there is none yet.
  let object: MeshObject?
  let place: PolicyPlace

  init(_ run: EditRun, _ word: String) throws {
    let arguments = run.invocation.arguments
    place = PolicyPlace(subset: arguments[Self.subset], port: try Self.number(arguments, Self.port))
    let wanted = run.id(.destinationRule, word)
    host = wanted.name
    if let name = arguments[Self.rule] {
      id = ObjectID(kind: .destinationRule, namespace: wanted.namespace, name: name)
      object = run.object(id)
      return
    }
    let found = Self.rules(for: host, namespace: wanted.namespace, among: run.objects)
    guard found.count < 2 else {
      let names = found.map(\.id.name).sorted().map { "'\($0)'" }
      throw CommandFailure(
        .negative, en: "several DestinationRules are for '\(host)': \(names.joined(separator: ", "))",
        zh: "'\(host)' 有多个 DestinationRule：\(names.joined(separator: "、"))",
        hint: LocalizedText(en: "say which with --rule", zh: "请用 --rule 指明"))
    }
    object = found.first
    id = object?.id ?? ObjectID(kind: .destinationRule, namespace: wanted.namespace, name: Self.name(for: host))
    if object == nil, run.object(id) != nil {
      throw CommandFailure(
        .negative, en: "\(id.label) is for another host", zh: "\(id.label) 用于其他主机",
        hint: LocalizedText(en: "name a new one with --rule", zh: "请用 --rule 给出新名称"))
    }
  }

  static func number(_ arguments: ParsedArguments, _ option: OptionSpec) throws -> Int64? {
    guard let text = arguments[option] else { return nil }
    guard let number = Int64(text), (1...65_535).contains(number) else {
      throw CommandFailure(en: "'\(text)' is no port; it goes from 1 to 65535", zh: "'\(text)' 不是端口；范围是 1 到 65535")
    }
    return number
  }

  /// Those of a namespace whose host is this one, however it is written.
  static func rules(for host: String, namespace: String, among objects: [MeshObject]) -> [MeshObject] {
    let wanted = full(host, namespace)
    return objects.filter { object in
      guard case .destinationRule(let rule) = object.content, object.id.namespace == namespace else { return false }
      return full(rule.host, namespace) == wanted
    }
  }

  /// A name without a dot is one of the namespace (SN-1); `reviews.shop` is taken for what it means to a person.
  static func full(_ host: String, _ namespace: String) -> String {
    if host.utf8.first == UInt8(ascii: "*") { return host }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    switch labels.count {
    case 1: return "\(host).\(namespace).svc.cluster.local"
    case 2 where labels[1] == namespace: return "\(host).svc.cluster.local"
    case 3 where labels[1] == namespace && labels[2] == "svc": return "\(host).cluster.local"
    default: return host
    }
  }

  private static func name(for host: String) -> String {
    let labels = host.split(separator: ".")
    if host.utf8.elementsEqual("*".utf8) { return "default" }
    let isOfCluster = labels.count > 2 && labels[2] == "svc"
    let name = isOfCluster || labels.count == 1 ? String(labels[0]) : labels.joined(separator: "-")
    return name.utf8.first == UInt8(ascii: "*") ? "all" + name.dropFirst() : name
  }

  /// The rule as it is, or a new one for the host.
  func edit(_ part: PolicyPart) throws -> PolicyEdit {
    guard let object else { return PolicyEdit(PolicyEdit.newRule(host: host, id), part) }
    guard let value = ObjectEdit.value(of: object) else {
      throw CommandFailure(en: "\(id.label) cannot be read", zh: "无法读取 \(id.label)")
    }
    return PolicyEdit(value, part)
  }

  var text: LocalizedText {
    let place = place.text
    return LocalizedText(en: "\(id.label), \(place.en)", zh: "\(id.label) 的\(place.zh)")
  }
}
