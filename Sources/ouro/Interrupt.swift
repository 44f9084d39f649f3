import Foundation

/// Whether somebody pressed Ctrl-C: long runs look at it, stop, and keep what is done.
enum Interrupt {
  /// Set by the signal handler alone.
  nonisolated(unsafe) private static var count: sig_atomic_t = 0

  /// From here on the first Ctrl-C only sets a mark; the second ends the program.
  private static func watch() {
    signal(SIGINT) { _ in
      Interrupt.count &+= 1
      if Interrupt.count > 1 { _exit(130) }
    }
  }

  /// Does long work that is told whether to go on whenever it tells its share.
  static func during<Answer>(
    _ work: (_ goesOn: (Double) -> Bool) throws -> Answer
  ) rethrows -> Answer {
    watch()
    let progress = Progress()
    defer { progress.end() }
    return try work {
      progress.show($0)
      return !isAsked
    }
  }

  /// Whether the mark is set.
  static var isAsked: Bool { count > 0 }
}
