package import Diagnostics
package import MeshModel

/// Why a release cannot begin.
package enum ReleaseProblem: Error, Hashable, Sendable {
  case unknownService(String, meant: String?)
  case sameVersion(String)
  case badStep(Int)
  case fallingSteps
  /// Neither steps, nor people, nor a mirror: nothing would ever change.
  case noWay
  case onlyHTTP(what: OnlyHTTP, Release.Layer)
  case sourceAtGateway
  case unknownGateway(String)
  /// A VirtualService would have to be made for a gateway, and nobody said for which names.
  case hostNeeded(gateway: String)
  /// The name has a VirtualService, and none of its rules sends anything to the old version.
  case noRule(ObjectID, Release.Layer, version: String)
  case alreadyMirrors(ObjectID, field: String)
  case askedTwice(ObjectID, field: String, name: String)
  case underWay(ObjectID)
  /// Another release works on the same object.
  case taken(ObjectID, by: ObjectID)
  case labelsDiffer(subset: String, ObjectID)

  package enum OnlyHTTP: Hashable, Sendable {
    case headers, mirror
  }

  package var message: LocalizedText {
    switch self {
    case .unknownService(let host, _):
      LocalizedText(en: "the mesh has no service '\(host)'", zh: "网格中没有服务 '\(host)'")
    case .sameVersion(let name):
      LocalizedText(en: "--from and --to are both '\(name)'", zh: "--from 与 --to 都是 '\(name)'")
    case .badStep(let step):
      LocalizedText(en: "a step is a percentage from 1 to 100, not \(step)", zh: "步骤应为 1 到 100 的百分比，而不是 \(step)")
    case .fallingSteps: LocalizedText(en: "each step must be greater than the one before", zh: "每一步都必须大于前一步")
    case .noWay:
      LocalizedText(
        en: "a release needs --steps, --match or --mirror-first", zh: "发布需要 --steps、--match 或 --mirror-first")
    case .onlyHTTP(.headers, let layer):
      LocalizedText(
        en: "a \(layer.rawValue) rule sees no headers; match by source labels (source:app=web)",
        zh: "\(layer.rawValue) 规则看不到请求头；请按来源标签匹配（source:app=web）")
    case .onlyHTTP(.mirror, let layer):
      LocalizedText(en: "a \(layer.rawValue) rule cannot mirror", zh: "\(layer.rawValue) 规则不能镜像")
    case .sourceAtGateway:
      LocalizedText(
        en: "a gateway does not know its clients' labels; match by header or cookie",
        zh: "网关不知道客户端的标签；请按请求头或 Cookie 匹配")
    case .unknownGateway(let name):
      LocalizedText(en: "the mesh has no Gateway '\(name)'", zh: "网格中没有 Gateway '\(name)'")
    case .hostNeeded(let gateway):
      LocalizedText(
        en: "no VirtualService at gateway '\(gateway)' routes to the service; say for which host to make one: --host",
        zh: "网关 '\(gateway)' 上没有路由到该服务的 VirtualService；请用 --host 指明要新建的主机名")
    case .noRule(let id, let layer, let version):
      LocalizedText(
        en: "no \(layer.rawValue) rule of \(id.label) sends anything to '\(version)'",
        zh: "\(id.label) 没有把请求发往 '\(version)' 的 \(layer.rawValue) 规则")
    case .alreadyMirrors(let id, let field):
      LocalizedText(
        en: "\(id.label) mirrors already: \(field); a rule cannot have both 'mirror' and 'mirrors'",
        zh: "\(id.label) 已有镜像：\(field)；一条规则不能同时有 'mirror' 和 'mirrors'")
    case .askedTwice(let id, let field, let name):
      LocalizedText(
        en: "\(id.label) already asks for '\(name)' at \(field); a rule cannot ask for it twice",
        zh: "\(id.label) 在 \(field) 处已经匹配 '\(name)'；一条规则不能匹配两次")
    case .underWay(let id): LocalizedText(en: "\(id.label) is there already", zh: "\(id.label) 已存在")
    case .taken(let id, let other):
      LocalizedText(en: "\(other.label) works on \(id.label)", zh: "\(other.label) 正在使用 \(id.label)")
    case .labelsDiffer(let subset, let id):
      LocalizedText(
        en: "\(id.label) has a subset '\(subset)' with other labels", zh: "\(id.label) 的子集 '\(subset)' 标签不同")
    }
  }

  package var hint: LocalizedText? {
    switch self {
    case .unknownService(_, let meant?):
      LocalizedText(en: "did you mean '\(meant)'?", zh: "是否指 '\(meant)'？")
    case .underWay:
      LocalizedText(
        en: "finish it with 'drydock release teardown', or give this one a --name",
        zh: "请用 'drydock release teardown' 结束它，或用 --name 另起名称")
    case .labelsDiffer: LocalizedText(en: "leave its labels away, or name another subset", zh: "请省略标签，或使用其他子集名")
    case .unknownService, .sameVersion, .badStep, .fallingSteps, .noWay, .onlyHTTP, .sourceAtGateway, .unknownGateway,
      .hostNeeded, .noRule, .alreadyMirrors, .askedTwice, .taken:
      nil
    }
  }
}
