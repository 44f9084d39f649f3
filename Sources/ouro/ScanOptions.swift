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
