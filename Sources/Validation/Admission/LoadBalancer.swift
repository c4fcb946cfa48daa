// DR-11 to DR-34: which endpoint gets a request.
extension Admission {
  func checkLoadBalancer(_ balancer: Part, hasOutliers: Bool) {
    guard balancer.isPresent else { return }
    checkConsistentHash(balancer["consistentHash"])
    checkLocalities(balancer["localityLbSetting"], hasOutliers: hasOutliers)
    let warmup = balancer["warmup"]
    guard warmup.isPresent else { return }
    if warmup["duration"].isAbsent { report(.warmupWithoutDuration, warmup) }
    checkDuration(warmup["duration"])
    if warmup["minimumPercent"].decimal > 100 { report(.warmupPercent, warmup["minimumPercent"]) }
    if warmup["aggression"].isPresent, warmup["aggression"].decimal < 1 {
      report(.warmupAggression, warmup["aggression"])
    }
  }

  private func checkConsistentHash(_ hash: Part) {
    guard hash.isPresent else { return }
    checkHashCookie(hash["httpCookie"])
    let ring = hash["minimumRingSize"]
    if ring.decimal != 0 {
      report(.oldRingSize, ring)
      if hash["ringHash"].isPresent || hash["maglev"].isPresent { report(.twoRingSizes, ring) }
    }
    guard hash["maglev"].isPresent else { return }
    let size = hash["maglev"]["tableSize"]
    let value = size.decimal < 0 ? 0 : UInt64(min(size.decimal, 1.8e19))
    if value == 0 { report(.tableSizeMissing, size) }
    if value >= 5_000_011 { report(.tableSizeTooLarge, size, String(value)) }
    if !Self.isTableSizePrime(value) { report(.tableSizeNotPrime, size, String(value)) }
  }

  private func checkHashCookie(_ cookie: Part) {
    guard cookie.isPresent else { return }
    if !cookie["name"].hasText { report(.cookieWithoutName, cookie["name"]) }
    var names: Set<String> = []
    for name in cookie["attributes"].items.map({ $0["name"] }) {
      if !name.hasText {
        report(.attributeWithoutName, name)
      } else if !names.insert(name.text).inserted {
        report(.attributeTwice, name, name.text)
      }
    }
  }

  /// As Envoy tells: 1 counts as prime, 0 does not.
  private static func isTableSizePrime(_ value: UInt64) -> Bool {
    if value != 0, value < 4 { return true }
    if value.isMultiple(of: 2) { return false }
    // What is beyond the limit is refused anyway.
    if value > 1 << 44 { return false }
    var factor: UInt64 = 3
    while factor * factor <= value {
      if value.isMultiple(of: factor) { return false }
      factor += 2
    }
    return true
  }

  // DR-19 to DR-30
  private func checkLocalities(_ settings: Part, hasOutliers: Bool) {
    guard settings.isPresent else { return }
    let distribute = settings["distribute"]
    let failover = settings["failover"]
    let priority = settings["failoverPriority"]
    if !distribute.isEmpty, !failover.isEmpty {
      report(.distributeAndFailover, settings)
      return
    }
    let topology = ["topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone"]
    if !failover.isEmpty, let bad = priority.items.first(where: { topology.contains($0.text) }) {
      report(.failoverAndTopology, bad, bad.text)
      return
    }
    for share in distribute.items {
      guard checkShares(share["to"]) else { return }
      checkOverlap(share["to"].members.map { ($0.key, $0.value) })
    }
    checkOverlap(distribute.items.map { ($0["from"].text, $0["from"]) })
    if !failover.isEmpty || !priority.isEmpty, !hasOutliers { report(.failoverWithoutOutliers, settings) }
    for way in failover.items { checkFailover(way) }
  }

  private func checkShares(_ shares: Part) -> Bool {
    var total: Int64 = 0
    for (_, value) in shares.members {
      guard (1...100).contains(value.number) else {
        report(.localityWeight, value, String(value.number))
        return false
      }
      total += value.number
    }
    if total != 100 { report(.localityTotal, shares, String(total)) }
    return total == 100
  }

  private func checkFailover(_ way: Part) {
    let (from, to) = (way["from"].text, way["to"].text)
    if from.utf8.elementsEqual(to.utf8) { report(.failoverToItself, way, from) }
    if from.utf8.contains(UInt8(ascii: "/")) || to.utf8.contains(UInt8(ascii: "/")) {
      report(.failoverBelowRegion, way)
    }
    if Self.hasStar(from) || Self.hasStar(to) { report(.failoverStar, way) }
  }

  /// DR-23 to DR-26; only the first problem is told.
  private func checkOverlap(_ localities: [(text: String, part: Part)]) {
    var known = KnownLocalities()
    for (text, part) in localities {
      let stars = text.utf8.count { $0 == UInt8(ascii: "*") }
      if stars > 1 || (stars == 1 && text.utf8.last != UInt8(ascii: "*")) {
        report(.localityStar, part, text)
        return
      }
      if known.coversAll {
        report(.localityOverlap, part, text)
        return
      }
      guard let names = KnownLocalities.names(text) else {
        report(.localityEmptyPart, part, text)
        return
      }
      if !known.insert(names) {
        report(.localityOverlap, part, text)
        return
      }
    }
  }
}

/// The localities named so far, as Istio remembers them.
private struct KnownLocalities {
  private var zones: [String: [String: Set<String>]] = [:]

  var coversAll: Bool { zones["*"] != nil }

  /// `region/zone/subzone`; nil when one is empty.
  static func names(_ text: String) -> [String]? {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    return parts.contains(where: \.utf8.isEmpty) ? nil : parts
  }

  /// False when something known covers this already, or the other way round.
  mutating func insert(_ names: [String]) -> Bool {
    let region = names[0]
    if names.count == 1 {
      if zones[region] != nil { return false }
      zones[region] = ["*": ["*"]]
      return true
    }
    let zone = names[1]
    if zones[region]?["*"] != nil { return false }
    if names.count == 2 {
      if zones[region]?[zone] != nil { return false }
      zones[region, default: [:]][zone] = ["*"]
      return true
    }
    if zones[region]?[zone]?.contains("*") == true { return false }
    return zones[region, default: [:]][zone, default: []].insert(names[2]).inserted
  }
}

extension Rule {
  static let cookieWithoutName = refusal(131, "the cookie has no name", "cookie 没有名称")
  static let attributeWithoutName = refusal(132, "the attribute has no name", "属性没有名称")
  static let attributeTwice = refusal(133, "attribute '{0}' stands twice; remove one", "属性 '{0}' 重复；请删除其中一个")
  static let oldRingSize = remark(
    134, "'minimumRingSize' is deprecated here; use 'ringHash.minimumRingSize'",
    "此处的 'minimumRingSize' 已弃用；请使用 'ringHash.minimumRingSize'")
  static let twoRingSizes = refusal(
    135, "'minimumRingSize' does not go with ringHash or maglev; remove it",
    "'minimumRingSize' 不能与 ringHash 或 maglev 同用；请删除")
  static let tableSizeMissing = refusal(136, "maglev needs 'tableSize'", "maglev 需要 'tableSize'")
  static let tableSizeTooLarge = refusal(
    137, "{0} is too large; the table has less than 5000011 places", "{0} 过大；表的大小必须小于 5000011")
  static let tableSizeNotPrime = refusal(
    138, "{0} is no prime number; use one such as 65537", "{0} 不是素数；请使用素数，例如 65537")
  static let distributeAndFailover = refusal(
    139, "distribute and failover exclude each other; keep one", "distribute 与 failover 互斥；请只保留一个")
  static let failoverAndTopology = refusal(
    140, "failover does not go with '{0}' in failoverPriority; remove one",
    "failover 不能与 failoverPriority 中的 '{0}' 同用；请删除其中一个")
  static let localityWeight = refusal(141, "weight {0} is not valid; use 1 to 100", "权重 {0} 无效；请使用 1 到 100")
  static let localityTotal = refusal(142, "the weights add up to {0}; make it 100", "权重之和为 {0}；应为 100")
  static let localityStar = refusal(143, "'{0}' has a '*' that is not the end", "'{0}' 中的 '*' 不在末尾")
  static let localityEmptyPart = refusal(
    144, "'{0}' has an empty part; write 'region/zone/subzone'", "'{0}' 有空的部分；请写作 '地域/可用区/子区'")
  static let localityOverlap = refusal(145, "'{0}' is covered by a locality named before", "'{0}' 与前面的位置重叠")
  static let failoverWithoutOutliers = remark(
    147, "failover needs outlierDetection to notice failures; add it", "failover 需要 outlierDetection 才能发现故障；请添加")
  static let failoverToItself = refusal(148, "'{0}' fails over to itself; name another region", "'{0}' 故障转移到自身；请指定其他地域")
  static let failoverBelowRegion = refusal(149, "failover is between regions; name no zones", "故障转移只在地域之间；请勿指定可用区")
  static let failoverStar = refusal(150, "failover names one region each; remove the '*'", "故障转移须指明地域；请删除 '*'")
  static let warmupWithoutDuration = refusal(151, "warmup needs 'duration'", "warmup 需要 'duration'")
  static let warmupPercent = refusal(153, "'minimumPercent' is above 100", "'minimumPercent' 大于 100")
  static let warmupAggression = refusal(154, "'aggression' is below 1", "'aggression' 小于 1")

  static let loadBalancerRules: [Rule] = [
    cookieWithoutName, attributeWithoutName, attributeTwice, oldRingSize, twoRingSizes, tableSizeMissing,
    tableSizeTooLarge, tableSizeNotPrime, distributeAndFailover, failoverAndTopology, localityWeight, localityTotal,
    localityStar, localityEmptyPart, localityOverlap, failoverWithoutOutliers, failoverToItself, failoverBelowRegion,
    failoverStar, warmupWithoutDuration, warmupPercent, warmupAggression,
  ]
}
