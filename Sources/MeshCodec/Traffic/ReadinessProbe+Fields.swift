import MeshModel

extension ReadinessProbe: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("initialDelaySeconds", &initialDelaySeconds)
    fields("timeoutSeconds", &timeoutSeconds)
    fields("periodSeconds", &periodSeconds)
    fields("successThreshold", &successThreshold)
    fields("failureThreshold", &failureThreshold)
    fields.choice("httpGet", &method, HealthCheckMethod.httpGet) {
      if case .httpGet(let check) = $0 { check } else { nil }
    }
    fields.choice("tcpSocket", &method, HealthCheckMethod.tcpSocket) {
      if case .tcpSocket(let check) = $0 { check } else { nil }
    }
    fields.choice("exec", &method, { HealthCheckMethod.exec($0.command) }) {
      if case .exec(let command) = $0 { Command(command: command) } else { nil }
    }
    fields.choice("grpc", &method, HealthCheckMethod.grpc) {
      if case .grpc(let check) = $0 { check } else { nil }
    }
  }

  private struct Command: FieldMapped {
    var command: [String] = []

    mutating func map(_ fields: inout FieldMap) { fields("command", &command) }
  }
}

extension HTTPHealthCheck: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("path", &path)
    fields("port", &port)
    fields("host", &host)
    fields("scheme", &scheme)
    fields("httpHeaders", &httpHeaders)
  }
}

extension HealthCheckHeader: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("value", &value)
  }
}

extension TCPHealthCheck: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("host", &host)
    fields("port", &port)
  }
}

extension GRPCHealthCheck: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("port", &port)
    fields("service", &service)
  }
}
