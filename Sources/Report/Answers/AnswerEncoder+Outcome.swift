import Evaluation
import ProxyModel

extension AnswerEncoder {
  mutating func write(_ outcome: Outcome) {
    writer.beginObject()
    writer.key("probability")
    writer.write(outcome.probability)
    writer.key("action")
    switch outcome.effect {
    case .forward: writer.string("forward")
    case .respond: writer.string("respond")
    case .redirect: writer.string("redirect")
    case .close: writer.string("close")
    }
    if let target = outcome.target { writeMembers(of: target) }
    switch outcome.effect {
    case .forward(let forwarded): writer.write(forwarded)
    case .respond(let reply), .redirect(let reply): writer.write(reply)
    case .close(let closed): writer.write(closed)
    }
    if !outcome.arrivals.isEmpty { write(outcome.arrivals) }
    writer.endObject()
  }
}

extension JSONWriter {
  mutating func write(_ fraction: Fraction) {
    if fraction.denominator == 1 {
      raw(fraction.numerator == 1 ? [34, 49, 34] : Array("\"\(fraction.numerator)\"".utf8))
    } else {
      string(fraction.text)
    }
  }

  fileprivate mutating func write(_ forwarded: Forwarded) {
    if let request = forwarded.request {
      key("request")
      beginObject()
      key("authority")
      variable(request.authority)
      key("path")
      variable(request.path)
      if let method = request.method {
        key("method")
        text(method)
      }
      key("headers")
      write(request.headers)
      endObject()
    }
    if let headers = forwarded.responseHeaders {
      key("responseHeaders")
      write(headers)
    }
  }

  fileprivate mutating func write(_ reply: LocalReply) {
    key("status")
    integer(reply.status)
    key("flags")
    string(reply.flags)
    key("details")
    string(reply.details)
    if let status = reply.grpcStatus {
      key("grpcStatus")
      integer(status)
    }
    if let body = reply.body {
      key("body")
      if body.allSatisfy({ $0 < 128 }) {
        text(body)
      } else {
        // A body is bytes: one character each, as raw bytes travel in JSON.
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: body.map { Unicode.Scalar($0) })
        string(String(scalars))
      }
    }
    if let location = reply.location {
      key("location")
      text(location)
    }
    key("responseHeaders")
    write(reply.responseHeaders)
  }

  fileprivate mutating func write(_ closed: Closed) {
    if let flags = closed.flags {
      key("flags")
      string(flags)
    }
    if let reason = closed.reason {
      key("reason")
      string(reason.rawValue)
    }
  }

  fileprivate mutating func write(_ headers: [HeaderDifference]) {
    beginObject()
    for header in headers {
      key(header.name)
      if let values = header.values {
        beginArray()
        let isVariable = header.name == AnswerShape.originalPath
        for value in values { isVariable ? variable(value) : text(value) }
        endArray()
      } else {
        null()
      }
    }
    endObject()
  }
}
