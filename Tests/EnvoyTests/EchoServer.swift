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
    var rest = Loopback.receive(from: connection)
    while let first = rest {
      // Bytes that are no HTTP request get a word back and the end.
      guard let letter = first.first, (65...90).contains(letter) else {
        Loopback.send(Array("echo".utf8), to: connection)
        return
      }
      guard let message = HTTPMessage(startingWith: first, receive: { Loopback.receive(from: connection) }) else {
        return
      }
      let head = ([message.firstLine] + message.headers.map { $0.name + ": " + $0.value }).joined(separator: "\n")
      let body = Latin1.bytes(head)
      let answer =
        "HTTP/1.1 200 OK\r\nx-upstream: echo\r\nx-powered-by: echo\r\ncontent-length: \(body.count)\r\n\r\n"
      let hasBody = !message.firstLine.hasPrefix("HEAD ")
      Loopback.send(Array(answer.utf8) + (hasBody ? body : []), to: connection)
      rest = Loopback.receive(from: connection)
    }
  }
}
