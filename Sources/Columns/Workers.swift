#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// Threads that share out numbered pieces of work.
///
/// Which thread does which piece is chance; answers must not depend on it.
public enum Workers {
  /// The number of processors this machine has for us.
  public static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Runs `body` once on each of `count` threads, this one among them, and waits for all.
  ///
  /// - Parameters:
  ///   - count: The number of threads.
  ///   - body: Is given the number of its thread, from 0, which is the calling one.
  public static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let threads = (1..<max(1, count)).compactMap { number in start { body(number) } }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Runs `body` once for each piece of work from 0 to `count`, by at most `threads` threads.
  ///
  /// - Parameters:
  ///   - count: The number of pieces.
  ///   - threads: The number of threads.
  ///   - body: Is given the number of a piece.
  public static func share(
    _ count: Int,
    threads: Int,
    _ body: @escaping @Sendable (Int) -> Void
  ) {
    let next = Guarded(0)
    run(min(threads, count)) { _ in
      while true {
        let piece = next.with { next in
          next += 1
          return next - 1
        }
        guard piece < count else { break }
        body(piece)
      }
    }
  }

  /// What `body` makes of each number from 0 to `count`, worked out by at most `threads` threads.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - threads: The number of threads.
  ///   - body: Is given a number.
  /// - Returns: The results, in the order of the numbers.
  public static func map<Result: Sendable>(
    _ count: Int,
    threads: Int = processorCount,
    _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let results = Guarded([Result?](repeating: nil, count: count))
    share(count, threads: threads) { index in
      let result = body(index)
      results.with { $0[index] = result }
    }
    return results.with { $0 }.compactMap(\.self)
  }

  /// Runs `body` for as many ranges as there are threads, one on each, that make up all from 0 to `count`.
  ///
  /// - Parameters:
  ///   - count: How many there are to share out; where there are few, one thread takes them all.
  ///   - threads: The number of threads.
  ///   - body: Is given the number of a range, and the range.
  /// - Returns: The ranges.
  @discardableResult
  public static func split(
    _ count: Int,
    threads: Int,
    _ body: @escaping @Sendable (Int, Range<Int>) -> Void
  ) -> [Range<Int>] {
    let pieces = max(1, min(threads, count >> 12))
    let ranges = (0..<pieces).map { count * $0 / pieces..<count * ($0 + 1) / pieces }
    run(pieces) { body($0, ranges[$0]) }
    return ranges
  }

  private final class Task {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread; does the work here where the system has none to give.
  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let task = Unmanaged.passRetained(Task(body))
    #if canImport(Glibc)
    var thread = pthread_t()
    #else
    var thread: pthread_t?
    #endif
    let code = pthread_create(&thread, nil, threadBody, task.toOpaque())
    if code == 0 { return thread }
    task.takeRetainedValue().body()
    return nil
  }

  #if canImport(Glibc)
  private static let threadBody:
    @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
      { context in
        if let context { Unmanaged<Task>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }
  #else
  private static let threadBody:
    @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? =
      { context in
        Unmanaged<Task>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }
  #endif
}
