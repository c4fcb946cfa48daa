import MeshModel

extension LoadBalancerSettings: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("simple", &simple)
    fields("consistentHash", &consistentHash)
    fields.exclusive("simple", "consistentHash")
    fields("localityLbSetting", &localityLbSetting)
    fields("warmupDurationSecs", &warmupDurationSecs)
    fields("warmup", &warmup)
  }
}

extension SimpleLoadBalancer: FieldEnumeration {}

extension ConsistentHash: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields.choice("httpHeaderName", &key, HashKey.httpHeaderName) {
      if case .httpHeaderName(let name) = $0 { name } else { nil }
    }
    fields.choice("httpCookie", &key, HashKey.httpCookie) {
      if case .httpCookie(let cookie) = $0 { cookie } else { nil }
    }
    fields.choice("useSourceIp", &key, HashKey.useSourceIP) {
      if case .useSourceIP(let isOn) = $0 { isOn } else { nil }
    }
    fields.choice("httpQueryParameterName", &key, HashKey.httpQueryParameterName) {
      if case .httpQueryParameterName(let name) = $0 { name } else { nil }
    }
    fields.choice("ringHash", &algorithm, { HashAlgorithm.ringHash(minimumRingSize: $0.minimumRingSize) }) {
      if case .ringHash(let size) = $0 { RingHash(minimumRingSize: size) } else { nil }
    }
    fields.choice("maglev", &algorithm, { HashAlgorithm.maglev(tableSize: $0.tableSize) }) {
      if case .maglev(let size) = $0 { Maglev(tableSize: size) } else { nil }
    }
    fields("minimumRingSize", &minimumRingSize)
  }

  private struct RingHash: FieldMapped {
    var minimumRingSize: Int64 = 0

    mutating func map(_ fields: inout FieldMap) {
      fields("minimumRingSize", &minimumRingSize)
    }
  }

  private struct Maglev: FieldMapped {
    var tableSize: Int64 = 0

    mutating func map(_ fields: inout FieldMap) {
      fields("tableSize", &tableSize)
    }
  }
}

extension HashCookie: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("path", &path)
    fields("ttl", &ttl)
    fields("attributes", &attributes)
  }
}

extension HashCookieAttribute: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("value", &value)
  }
}

extension WarmupConfiguration: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("duration", &duration)
    fields("minimumPercent", &minimumPercent)
    fields("aggression", &aggression)
  }
}

extension LocalityLoadBalancerSetting: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("distribute", &distribute)
    fields("failover", &failover)
    fields("failoverPriority", &failoverPriority)
    fields("enabled", &enabled)
  }
}

extension LocalityDistribute: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("from", &from)
    fields("to", &to)
  }
}

extension LocalityFailover: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("from", &from)
    fields("to", &to)
  }
}
