import Foundation

/// How far long work is, on standard error, where that is a terminal.
final class Progress: @unchecked Sendable {
  private let isShown = isatty(2) == 1
  private let began = Date()
  private var told = Date()
  private var hasTold = false

  /// Tells the share done and the time left, once a second at most.
  ///
  /// To be called by one thread.
  func show(_ share: Double) {
    guard isShown, share > 0, Date().timeIntervalSince(told) >= 1 else { return }
    told = Date()
    hasTold = true
    let left = Int(told.timeIntervalSince(began) * (1 - share) / share)
    let time = left < 90 ? "\(left) s" : left < 5_400 ? "\(left / 60) min" : "\(left / 3_600) h"
    write("\r\(Int(share * 100)) % done, about \(time) left   ")
  }

  /// Clears the line.
  func end() {
    if hasTold { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
