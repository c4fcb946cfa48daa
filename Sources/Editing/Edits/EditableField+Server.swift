/// One server of a Gateway: a port with hosts and TLS.
extension EditableField {
  package static let server: [EditableField] = [
    EditableField("number", "port.number", .count(least: 1, most: 65_535), "the port", "端口号"),
    EditableField("port-name", "port.name", .text, "the port's name", "端口名"),
    EditableField(
      "protocol", "port.protocol", .word(["HTTP", "HTTPS", "GRPC", "HTTP2", "MONGO", "TCP", "TLS", "GRPC-WEB"]),
      "what is spoken there", "协议"),
    EditableField("host", "hosts", .texts, "a host, or NAMESPACE/HOST; may be repeated", "主机，或 命名空间/主机；可重复"),
    EditableField("bind-address", "bind", .text, "the address to listen on", "监听地址"),
    EditableField("server-name", "name", .text, "the server's own name", "server 的名称"),
    EditableField(
      "tls-mode", "tls.mode",
      .word(["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "ISTIO_MUTUAL", "PASSTHROUGH", "AUTO_PASSTHROUGH"]),
      "how TLS ends", "TLS 模式"),
    EditableField(
      "credential-name", "tls.credentialName", .text, excludes: ["tls.credentialNames"],
      "the Secret with key and certificate", "含密钥与证书的 Secret"),
    EditableField(
      "ca-credential-name", "tls.caCertCredentialName", .text, "the Secret with the clients' authority",
      "含客户端 CA 的 Secret"),
    EditableField("server-certificate", "tls.serverCertificate", .text, "a certificate's file", "证书文件"),
    EditableField("private-key", "tls.privateKey", .text, "its key's file", "私钥文件"),
    EditableField("ca-certificates", "tls.caCertificates", .text, "the file of the clients' authority", "客户端 CA 文件"),
    EditableField(
      "subject-alt-name", "tls.subjectAltNames", .texts, "a name that clients' certificates have; may be repeated",
      "客户端证书须含的名称；可重复"),
    EditableField("min-tls", "tls.minProtocolVersion", .word(versions), "the oldest TLS version", "最低 TLS 版本"),
    EditableField("max-tls", "tls.maxProtocolVersion", .word(versions), "the newest TLS version", "最高 TLS 版本"),
    EditableField("cipher-suite", "tls.cipherSuites", .texts, "a cipher suite; may be repeated", "加密套件；可重复"),
    EditableField(
      "https-redirect", "tls.httpsRedirect", .flag, "answer plain HTTP with a redirect to HTTPS", "将 HTTP 重定向到 HTTPS"),
  ]

  private static let versions = ["TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3", "TLS_AUTO"]
}
