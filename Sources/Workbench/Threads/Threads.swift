import Glibc
import Synchronization

/// Plain threads: Dispatch and libyaml cannot be imported together on Linux.
package enum Threads {
  /// Cores that this process may use.
  package static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Runs the body once for each number below `count`, all at the same time, and waits for the last.
  package static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for index in 1..<max(1, count) {
      let work = Unmanaged.passRetained(Work { body(index) })
      // OpenSSL's headers bring the same C type along, so its initialiser has two homes: memory does without it.
      let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
      defer { attributes.deallocate() }
      pthread_attr_init(attributes)
      pthread_attr_setstacksize(attributes, 8 << 20)
      var thread = pthread_t()
      let code = pthread_create(
        &thread, attributes,
        { argument in
          guard let argument else { return nil }
          Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
          return nil
        }, work.toOpaque())
      pthread_attr_destroy(attributes)
      if code == 0 {
        threads.append(thread)
      } else {
        // No thread to be had: this one does the work.
        work.takeRetainedValue().body()
      }
    }
    if count > 0 { body(0) }
    for thread in threads { pthread_join(thread, nil) }
  }

  /// What the body makes of each number below `count`, in that order. The cores take stretches in turn, as some take longer
  /// than others.
  package static func map<R: Sendable>(
    _ count: Int, stretch: Int = 1, _ body: @escaping @Sendable (Int) -> R
  ) -> [R] {
    let stretches = (count + stretch - 1) / stretch
    guard stretches > 1, coreCount > 1 else { return (0..<count).map(body) }
    let next = Atomic(0)
    let results = Mutex([[R]](repeating: [], count: stretches))
    run(min(stretches, coreCount)) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < stretches else { return }
        let made = (place * stretch..<min(count, (place + 1) * stretch)).map(body)
        results.withLock { $0[place] = made }
      }
    }
    return results.withLock { $0.flatMap(\.self) }
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
      self.body = body
    }
  }
}
