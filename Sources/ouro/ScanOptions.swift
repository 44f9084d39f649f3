import ArgumentParser
import Foundation
import Payments
import Tables

/// A moment: `2026-01-31`, `2026-01-31T23:59:59Z`, or whole seconds since 1970.
struct Moment: ExpressibleByArgument {
  let seconds: Int

  init?(argument: String) {
    guard let seconds = PaymentTime.seconds(argument) else { return nil }
    self.seconds = seconds
  }
}

/// A share of a whole: `5%`, or `5`.
struct Percentage: ExpressibleByArgument {
  let share: Double

  init?(argument: String) {
    let digits = argument.hasSuffix("%") ? argument.dropLast() : argument[...]
    guard let number = StrictDecimal(digits), !number.isNegative else { return nil }
    share = number.double / 100
  }
}

/// An exact amount, `1250.50`.
struct Amount: ExpressibleByArgument {
  let number: StrictDecimal

  init?(argument: String) {
    guard let number = StrictDecimal(argument), !number.isNegative else { return nil }
    self.number = number
  }

  /// The amount in minor units of so many digits, where it is whole and no larger than can be exact.
  func units(digits: Int) -> Int64? {
    number.scaled(by: digits).flatMap { $0 <= 1 << 53 ? $0 : nil }
  }
}

/// How a list of loops is written.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
  case csv
  case jsonl
}

/// How far a long search is, on standard error, where that is a terminal.
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
    write("\r\(Int(share * 100)) % scanned, about \(time) left   ")
  }

  /// Clears the line.
  func end() {
    if hasTold { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
