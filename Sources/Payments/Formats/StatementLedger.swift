/// The statements of a file with their balances: what they leave open is told.
struct StatementLedger {
  /// One statement: whose it is, where it begins and ends, and what moved.
  struct Statement {
    var account: String
    var currency: String?
    var opening: Int64?
    var closing: Int64?
    var openingTime: Int?
    var closingTime: Int?
    var sequence: String = ""
    var moved: Int64 = 0
    var movements = 0
  }

  private(set) var statements: [Statement] = []
  private let digits: Int

  init(digits: Int) { self.digits = digits }

  mutating func add(_ statement: Statement) { statements.append(statement) }

  /// Sentences on statements that do not add up, and on those that are missing between two of one account.
  var notes: [String] {
    var notes: [String] = []
    let closed = statements.filter { $0.opening != nil && $0.closing != nil }
    for statement in closed {
      guard let opening = statement.opening, let closing = statement.closing else { continue }
      let missing = closing - opening - statement.moved
      if missing != 0 {
        notes.append(
          "the statement of \(statement.account)\(number(statement)) does not add up: \(told(opening)) and "
            + "\(statement.movements) movements of \(told(statement.moved)) are not \(told(closing)); "
            + "\(told(missing)) is missing"
        )
      }
    }
    for (account, own) in Dictionary(grouping: closed, by: \.account).sorted(by: { $0.key < $1.key }
    ) {
      let sorted = own.sorted {
        ($0.openingTime ?? 0, $0.sequence) < ($1.openingTime ?? 0, $1.sequence)
      }
      for (first, next) in zip(sorted, sorted.dropFirst()) where first.closing != next.opening {
        guard first.openingTime != next.openingTime || first.opening != next.opening else {
          notes.append("two statements of \(account) begin alike: one overlaps the other")
          continue
        }
        notes.append(
          "statements of \(account) are missing: one ends\(number(first)) with \(told(first.closing ?? 0)), "
            + "the next begins\(number(next)) with \(told(next.opening ?? 0))"
        )
      }
    }
    if !closed.isEmpty, notes.isEmpty {
      notes.append(
        "\(closed.count) statement\(closed.count == 1 ? "" : "s") with balances: all add up"
      )
    }
    return notes
  }

  private func number(_ statement: Statement) -> String {
    statement.sequence.isEmpty ? "" : " (number \(statement.sequence))"
  }

  /// An amount in whole units.
  private func told(_ units: Int64) -> String {
    guard digits > 0 else { return String(units) }
    let text = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return "\(units < 0 ? "-" : "")\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }
}

/// An amount as a format of banks writes it, in minor units; below nought where it is so written.
func statedUnits(_ text: String, _ mark: DecimalMark, _ hints: ReadingHints) -> Int64? {
  ColumnProfile.withBytes(text.trimmedText) { bytes in
    switch AmountReader(mark, digits: hints.digits, rounds: true).read(bytes) {
    case .units(let units, let isNegative, nil): isNegative ? -units : units
    default: nil
    }
  }
}

/// A moment as a format of banks writes it, in seconds since 1970.
func statedMoment(_ text: String) -> Int? {
  ColumnProfile.moment(text, .dayMonthYear, .form(.yearMonthDay))
}
