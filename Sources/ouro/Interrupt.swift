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

/// A line on a terminal that says how far a long run is, and how long it still takes.
struct Progress {
  private let total: Int
  private let began = Date()
  private let isShown = isatty(2) == 1

  init(total: Int) { self.total = total }

  func show(_ done: Int) {
    guard isShown, done > 0 else { return }
    let left = Date().timeIntervalSince(began) / Double(done) * Double(total - done)
    let words = "\r\(done * 100 / max(1, total)) %  \(Int(left.rounded(.up))) s left   "
    FileHandle.standardError.write(Data(words.utf8))
  }

  func clear() {
    guard isShown else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
