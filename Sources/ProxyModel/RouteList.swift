import Synchronization

/// Routes that are there, or that are made when they are first looked at: of a thousand hosts on a port, a question
/// looks at the routes of one.
package enum RouteList: Sendable {
  case made([Route])
  case onDemand(Deferred)

  package final class Deferred: Sendable {
    private let make: @Sendable () -> [Route]
    private let result = AtomicLazyReference<Result>()

    private final class Result: Sendable {
      let routes: [Route]

      init(_ routes: [Route]) { self.routes = routes }
    }

    fileprivate init(_ make: @escaping @Sendable () -> [Route]) {
      self.make = make
    }

    fileprivate var routes: [Route] {
      if let result = result.load() { return result.routes }
      return result.storeIfNil(Result(make())).routes
    }
  }

  /// The closure gives the same routes whenever it is called.
  package static func onDemand(_ make: @escaping @Sendable () -> [Route]) -> RouteList { .onDemand(Deferred(make)) }

  package var routes: [Route] {
    switch self {
    case .made(let routes): routes
    case .onDemand(let deferred): deferred.routes
    }
  }
}
