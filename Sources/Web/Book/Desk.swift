internal import Columns
internal import NIOCore
internal import NIOPosix

/// The threads on which answers are worked out, few and their own, so that pages that are ready never wait for them.
///
/// Who asks for what is being worked out already waits for that.
actor Desk {
  /// The most questions at work or waiting.
  private static let most = 128

  private let threads = NIOThreadPool(numberOfThreads: 2)
  private var running: [String: Task<Reply, any Error>] = [:]

  init() { threads.start() }

  /// Works out the reply for a key, once for all who ask for it at one time.
  ///
  /// - Parameters:
  ///   - key: What is asked.
  ///   - body: How it is worked out.
  /// - Returns: The reply.
  /// - Throws: What `body` throws, or ``Refusal/busy``.
  func work(_ key: String, _ body: @escaping @Sendable () throws -> Reply) async throws -> Reply {
    if let task = running[key] { return try await task.value }
    guard running.count < Self.most else { throw Refusal.busy }
    let task = Task { [threads] in try await threads.runIfActive(body) }
    running[key] = task
    defer { running[key] = nil }
    return try await task.value
  }

  /// Does something short that may read the disk.
  nonisolated func read<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async throws
    -> Value
  {
    try await threads.runIfActive(body)
  }

  /// Does something that is not shared with others who ask for the same: a change, or a look at what changes.
  nonisolated func change<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await threads.runIfActive(body)
  }

  /// Ends the threads once they have done what they were given.
  func close() async throws { try await threads.shutdownGracefully() }
}
