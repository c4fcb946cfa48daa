import Foundation
import Glibc

/// Stands in for every endpoint: answers each HTTP request with its head, and keeps the connection.
final class EchoServer: Sendable {
  let port: UInt16
  private let descriptor: Int32

  init?() {
    guard let (descriptor, port) = Loopback.listen() else { return nil }
    self.descriptor = descriptor
    self.port = port
    Thread.detachNewThread {
      while true {
        let connection = accept(descriptor, nil, nil)
        if connection < 0 { return }
        Thread.detachNewThread { Self.serve(connection) }
      }
    }
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  private static func serve(_ connection: Int32) {
    defer { close(connection) }
    while let message = HTTPMessage(from: connection) {
      let head = ([message.firstLine] + message.headers.map { $0.name + ": " + $0.value }).joined(separator: "\n")
      let body = Array(head.utf8)
      let answer =
        "HTTP/1.1 200 OK\r\nx-upstream: echo\r\nx-powered-by: echo\r\ncontent-length: \(body.count)\r\n\r\n"
      Loopback.send(Array(answer.utf8) + body, to: connection)
    }
  }
}
