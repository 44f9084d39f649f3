import Foundation

/// Whether somebody pressed Ctrl-C: long runs look at it, stop, and keep what is done.
enum Interrupt {
  /// Set by the signal handler alone.
  nonisolated(unsafe) private static var count: sig_atomic_t = 0

  /// From here on the first Ctrl-C only sets a mark; the second ends the program.
  static func watch() {
    signal(SIGINT) { _ in
      Interrupt.count &+= 1
      if Interrupt.count > 1 { _exit(130) }
    }
  }

  /// Whether the mark is set.
  static var isAsked: Bool { count > 0 }
}
