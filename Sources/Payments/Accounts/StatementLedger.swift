internal import Tables

/// The statements of files with their balances: what they leave open is told.
struct StatementLedger {
  /// One statement: whose it is, where it begins and ends, and what moved.
  struct Statement: Sendable, Equatable {
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

  mutating func add(_ statement: Statement) { statements.append(statement) }

  /// Checks the statements of files, each by itself and those of one account against each other, and notes what they leave open.
  ///
  /// - Parameters:
  ///   - sources: The files; what is wrong is noted on the one in which it shows.
  ///   - digits: How many digits after the point a minor unit is.
  static func reconcile(_ sources: inout [PaymentSource], digits: Int) {
    let words = BalanceWords(digits: digits, tellsFiles: sources.count > 1)
    var notes = sources.map { words.sums($0.statements) }
    var ofAccount: [String: [BalanceWords.Placed]] = [:]
    for (index, source) in sources.enumerated() {
      for statement in source.statements where statement.isClosed {
        let key = "\(statement.account)|\(statement.currency ?? "")"
        let placed = BalanceWords.Placed(statement: statement, file: source.path, source: index)
        ofAccount[key, default: []].append(placed)
      }
    }
    for (_, own) in ofAccount.sorted(by: { $0.key < $1.key }) {
      let sorted = own.enumerated().sorted {
        let (one, other) = ($0.element.statement, $1.element.statement)
        return (one.openingTime ?? 0, one.sequence, $0.offset)
          < (other.openingTime ?? 0, other.sequence, $1.offset)
      }.map(\.element)
      for (first, next) in zip(sorted, sorted.dropFirst()) {
        if let note = words.seam(first, next) { notes[next.source].append(note) }
      }
    }
    for index in sources.indices {
      let closed = sources[index].statements.count(where: \.isClosed)
      if closed > 0, notes[index].isEmpty, sources[index].balanceFaults.isEmpty {
        let count = "\(closed) statement\(closed == 1 ? "" : "s")"
        notes[index] = ["\(count) with balances: all add up"]
      }
      sources[index].notes = sources[index].balanceFaults + notes[index] + sources[index].notes
    }
  }
}

extension StatementLedger.Statement {
  /// Whether it says with what it begins and ends.
  var isClosed: Bool { opening != nil && closing != nil }
}

/// What is said of balances.
struct BalanceWords {
  /// A statement in its file.
  struct Placed {
    let statement: StatementLedger.Statement
    let file: String
    let source: Int
  }

  let digits: Int
  /// Whether to name files.
  var tellsFiles = false

  /// What does not add up by itself.
  func sums(_ statements: [StatementLedger.Statement]) -> [String] {
    statements.compactMap { statement in
      guard let opening = statement.opening, let closing = statement.closing else { return nil }
      let missing = closing - opening - statement.moved
      guard missing != 0 else { return nil }
      return
        "the statement of \(statement.account)\(number(statement)) does not add up: \(told(opening)) and "
        + "\(statement.movements) movements of \(told(statement.moved)) are not \(told(closing)); "
        + "\(told(missing)) is missing"
    }
  }

  /// What is wrong between two statements of one account, the second of which begins no earlier.
  func seam(_ one: Placed, _ other: Placed) -> String? {
    let (first, next) = (one.statement, other.statement)
    if first.openingTime == next.openingTime, first.opening == next.opening,
      first.closing != next.opening
    {
      return "two statements of \(first.account) begin alike: one overlaps the other"
        + (one.source == other.source ? "" : "; the rows of \(one.file) count again")
    }
    if let end = first.closingTime, let begin = next.openingTime, begin < end {
      return
        "statements of \(first.account) overlap: \(name(one)) ends on \(day(end)), \(name(other)) begins on "
        + "\(day(begin)); rows that both tell count twice"
    }
    guard first.closing != next.opening else { return nil }
    return
      "statements of \(first.account) are missing: \(name(one)) ends\(number(first))\(on(first.closingTime)) with "
      + "\(told(first.closing ?? 0)), \(tellsFiles ? other.file : "the next") begins\(number(next))"
      + "\(on(next.openingTime)) with \(told(next.opening ?? 0))"
  }

  private func name(_ placed: Placed) -> String { tellsFiles ? placed.file : "one" }

  private func number(_ statement: StatementLedger.Statement) -> String {
    statement.sequence.isEmpty ? "" : " (number \(statement.sequence))"
  }

  private func on(_ time: Int?) -> String { time.map { " on \(day($0))" } ?? "" }

  func day(_ time: Int) -> String { String(PaymentTime.text(time).prefix(10)) }

  /// An amount in whole units.
  func told(_ units: Int64) -> String { exactAmount(units, digits: digits) }
}
