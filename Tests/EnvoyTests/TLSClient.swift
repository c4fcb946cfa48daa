import CTLS
import Glibc

/// TLS over a connected socket, as a client that believes every certificate.
final class TLSClient {
  private let context: OpaquePointer
  private let connection: OpaquePointer

  /// nil when the handshake fails.
  init?(over descriptor: Int32, serverName: String, applicationProtocols: [String]) {
    guard let context = SSL_CTX_new(TLS_client_method()) else { return nil }
    guard let connection = SSL_new(context) else {
      SSL_CTX_free(context)
      return nil
    }
    self.context = context
    self.connection = connection
    SSL_set_fd(connection, descriptor)
    if !serverName.isEmpty { _ = drydock_ask_for(connection, serverName) }
    let names = applicationProtocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    if !names.isEmpty { SSL_set_alpn_protos(connection, names, UInt32(names.count)) }
    // A peer that goes away must not end the tests.
    signal(SIGPIPE, SIG_IGN)
    guard SSL_connect(connection) == 1 else { return nil }
  }

  deinit {
    SSL_free(connection)
    SSL_CTX_free(context)
  }

  func send(_ bytes: [UInt8]) {
    _ = SSL_write(connection, bytes, Int32(bytes.count))
  }

  func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = SSL_read(connection, &buffer, Int32(buffer.count))
    return count > 0 ? Array(buffer[..<Int(count)]) : nil
  }
}
