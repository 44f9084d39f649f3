private import Synchronization

/// A value that one thread at a time may look at or change, and that closures may share.
public final class Guarded<Value>: Sendable {
  /// What the lock holds or gives back: only those look at it who hold the lock.
  private struct Held<Content>: @unchecked Sendable {
    var content: Content
  }

  private let mutex: Mutex<Held<Value>>

  /// Guards `value`.
  public init(_ value: Value) { mutex = Mutex(Held(content: value)) }

  /// Gives `body` the value to itself.
  ///
  /// - Parameter body: What to do with it.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public func with<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try mutex.withLock { held throws(Failure) in
      Held(content: try body(&held.content))
    }.content
  }
}
