import Dispatch
import Foundation

/// How far long work is, on standard error, where that is a terminal.
final class Progress: @unchecked Sendable {
  private static let isShown = isatty(2) == 1
  /// What clears the line that tells how far work is: nothing where none is shown.
  static let clearing = isShown ? "\r\u{1B}[K" : ""

  private let began = Date()
  private var told = Date()
  private var hasTold = false

  /// Tells the share done and the time left, once a second at most.
  ///
  /// To be called by one thread.
  func show(_ share: Double) {
    guard Self.isShown, share > 0, Date().timeIntervalSince(told) >= 1 else { return }
    told = Date()
    hasTold = true
    let left = Int(told.timeIntervalSince(began) * (1 - share) / share)
    let time = left < 90 ? "\(left) s" : left < 5_400 ? "\(left / 60) min" : "\(left / 3_600) h"
    Self.write("\r\(Int(share * 100)) % done, about \(time) left   ")
  }

  /// Clears the line.
  func end() {
    if hasTold { Self.write(Self.clearing) }
  }

  /// Does work of which nobody knows how long it takes, and tells once a second for how long it has.
  static func during<Answer>(_ what: String, _ work: () throws -> Answer) rethrows -> Answer {
    guard isShown else { return try work() }
    let began = Date()
    let clock = DispatchSource.makeTimerSource(queue: .global())
    clock.schedule(deadline: .now() + 1, repeating: 1)
    clock.setEventHandler { write("\r\(what), \(Int(Date().timeIntervalSince(began))) s   ") }
    clock.resume()
    defer {
      clock.cancel()
      write(clearing)
    }
    return try work()
  }

  private static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
