import Synchronization

/// Objects that are made once and then read by all threads, kept as addresses; 0 is none.
///
/// The library's `AtomicLazyReference` looks up metadata whenever it is read, which took half of the time in which a
/// route is chosen.
enum Published {
  @inline(__always)
  static func load<Object: AnyObject>(_ place: borrowing Atomic<UInt>, as type: Object.Type) -> Object? {
    // SAFETY: what was stored is retained until `release`.
    object(place.load(ordering: .acquiring), type)?.takeUnretainedValue()
  }

  /// The object that counts: the first that was stored.
  static func storeIfNil<Object: AnyObject>(_ object: Object, _ place: borrowing Atomic<UInt>) -> Object {
    let own = Unmanaged.passRetained(object)
    let (exchanged, original) = place.compareExchange(
      expected: 0, desired: UInt(bitPattern: own.toOpaque()), ordering: .acquiringAndReleasing)
    guard !exchanged, let first = self.object(original, Object.self) else { return object }
    own.release()
    return first.takeUnretainedValue()
  }

  /// When the place goes away.
  static func release<Object: AnyObject>(_ place: borrowing Atomic<UInt>, as type: Object.Type) {
    object(place.load(ordering: .acquiring), type)?.release()
  }

  @inline(__always)
  private static func object<Object: AnyObject>(_ address: UInt, _ type: Object.Type) -> Unmanaged<Object>? {
    UnsafeRawPointer(bitPattern: address).map { Unmanaged<Object>.fromOpaque($0) }
  }
}
