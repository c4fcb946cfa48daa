/// What `istioctl analyze` was timed on: services with a VirtualService and a DestinationRule each.
struct CheckedMesh: Sendable {
  var services: Int
  /// HTTP rules of each VirtualService.
  var rules = 2

  /// One file for each of ten namespaces.
  func files() -> [(name: String, bytes: [UInt8])] {
    (0..<10).map { space in
      let numbers = stride(from: space, to: services, by: 10)
      let text = numbers.map { Self.service($0) + virtualService($0) + Self.destinationRule($0) }.joined()
      return (name: "ns\(space).yaml", bytes: Array(text.utf8))
    }
  }

  func write(to folder: String) throws {
    for file in files() { try ScratchFolder.write(file.bytes, to: "\(folder)/\(file.name)") }
  }

  private static func host(_ number: Int) -> String { "svc\(number).ns\(number % 10).svc.cluster.local" }

  private static func service(_ number: Int) -> String {
    """
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: svc\(number)
      namespace: ns\(number % 10)
    spec:
      selector: {app: svc\(number)}
      ports:
      - name: http
        port: 8080
      - name: grpc
        port: 9090

    """
  }

  private func virtualService(_ number: Int) -> String {
    let host = Self.host(number)
    var text = """
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: svc\(number)
        namespace: ns\(number % 10)
      spec:
        hosts:
        - \(host)
        http:

      """
    for rule in 0..<rules - 1 {
      text += """
          - name: rule\(rule)
            match:
            - headers:
                end-user:
                  exact: jason
              uri:
                prefix: /api/v\(rule)
            route:
            - destination:
                host: \(host)
                subset: v2
                port:
                  number: 8080
            timeout: 5s
            retries:
              attempts: 3
              perTryTimeout: 2s
              retryOn: 5xx

        """
    }
    return text + """
        - route:
          - destination:
              host: \(host)
              subset: v1
              port:
                number: 8080
            weight: 90
          - destination:
              host: \(host)
              subset: v2
              port:
                number: 8080
            weight: 10

      """
  }

  private static func destinationRule(_ number: Int) -> String {
    """
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata:
      name: svc\(number)
      namespace: ns\(number % 10)
    spec:
      host: \(host(number))
      trafficPolicy:
        connectionPool:
          tcp:
            maxConnections: 100
          http:
            http1MaxPendingRequests: 50
        outlierDetection:
          consecutive5xxErrors: 5
          interval: 30s
          baseEjectionTime: 30s
      subsets:
      - name: v1
        labels:
          version: v1
      - name: v2
        labels:
          version: v2

    """
  }
}
