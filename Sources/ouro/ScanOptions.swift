internal import ArgumentParser
import Payments
public import Reports
import Tables

extension LoopListing.Format: ExpressibleByArgument {}

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

/// A stretch of time: `30d`, `12h`, `90m`, `3600s`, or plain seconds.
struct Stretch: ExpressibleByArgument, CustomStringConvertible {
  let seconds: Int
  /// As it was written.
  let description: String

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
    let unit = argument.last.flatMap { units[$0] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(digits)
    else { return nil }
    let (seconds, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !overflow else { return nil }
    self.seconds = seconds
    description = argument
  }
}
