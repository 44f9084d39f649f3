internal import Tables
package import Payments

/// What is said of payments as they were read: how they were understood, and what of them is none.
extension Payments {
  /// How the files were understood, a line each; of many files of one kind the first is told.
  package var understandingLines: [String] {
    var (lines, told) = ([String](), Set<String>())
    for source in sources {
      let own = source.understanding.told
      if told.insert(own[0]).inserted { lines += ["\(source.path): \(own[0])"] + own.dropFirst() }
      lines += source.notes.map { "\(source.path): \($0)" }
    }
    guard twiceTold > 0 else { return lines }
    let words = twiceTold == 1 ? "counts" : "count"
    return lines + ["\(Figures.count(twiceTold, "transfer")) told by both accounts \(words) once"]
  }

  /// Which rows are no payments, a line each, and how many more.
  package var rejectionLines: [String] {
    guard rejected.count > 0 else { return [] }
    var lines: [String] = []
    if count > 0, rejected.count * 9 > count {
      let share = Figures.tenths(Double(rejected.count) / Double(rejected.count + count))
      lines.append("MORE THAN A TENTH of the rows are no payments: \(share) of them are left out")
    }
    lines += rejected.first.map { "ouro: \($0)" }
    let rest = rejected.count - rejected.first.count
    let further = rest > 0 && !rejected.first.isEmpty ? ", \(rest) of them not shown" : ""
    let words = rejected.count == 1 ? "is" : "are"
    return lines + [
      "left out \(Figures.count(rejected.count, "row")) that \(words) no payments\(further)"
    ]
  }

  /// An answer that rests on nothing is no answer: why there are no payments.
  ///
  /// - Parameters:
  ///   - path: The file, or the first of them.
  ///   - currency: The only currency that was asked for.
  /// - Returns: The error, with the three most frequent reasons.
  package func nothingRead(_ path: String, currency: String?) -> PaymentError {
    guard rejected.count > 0 else {
      let isOfOthers = currency != nil && otherCurrencyRows > 0
      return .unreadable(
        path: path,
        reason: isOfOthers
          ? "none of its payments is in \(currency ?? "")"
          : "it has no payments; add rows below the header"
      )
    }
    let reasons = rejected.reasons.prefix(3).map { reason in
      let column = reason.first.column.map { "column \($0): " } ?? ""
      return "\(Figures.count(reason.count, "row")), as line \(reason.first.line): \(column)"
        + reason.first.reason
    }
    let rows = Figures.count(rejected.count, "row")
    return .unreadable(
      path: path,
      reason: "none of its \(rows) is a payment; \(reasons.joined(separator: "; "))"
    )
  }

  /// Why amounts cannot be added up: they are of several currencies.
  ///
  /// - Parameter path: The file, or the first of them.
  /// - Returns: The error; `nil` for those of one.
  package func severalCurrencies(_ path: String) -> PaymentError? {
    let parts = byCurrency
    guard parts.count > 1 else { return nil }
    let told = parts.map {
      "\($0.currency ?? "no currency") (\(Figures.count($0.payments.count, "row")))"
    }
    let first = parts.compactMap(\.currency).first ?? "CODE"
    return .unreadable(
      path: path,
      reason:
        "amounts of different currencies cannot be added: \(told.joined(separator: ", ")); read those "
        + "of one alone: --currency \(first), or convert them: --rates FILE"
    )
  }
}

extension Payments.LeftOut {
  /// What was left out of one party's, in words.
  ///
  /// - Parameter digits: The digits of its amounts after the point.
  /// - Returns: The words.
  package func words(digits: Int) -> String {
    let money = totals.map { total in
      let amount = Figures.exact(
        minorUnits: Int64(clamping: total.minorUnits),
        digits: digits
      )
      return total.currency.map { "\(amount) \($0)" } ?? amount
    }
    let told = money.isEmpty ? "" : ", \(money.joined(separator: " and "))"
    return "left out \(Figures.count(payments, "payment")) of \(name)\(told)"
  }
}
