internal import Columns

/// The balance that runs along the rows of one account, followed from row to row.
struct RunningBalance {
  /// A row: what it moved, and what the account held after it, where that is told.
  struct Row {
    let line: Int
    let time: Int
    let moved: Int64
    let balance: Int64?
  }

  /// The rows from the earliest to the latest.
  private let rows: [Row]
  /// The rows with a balance, and what moved since the one before.
  private let told: [(row: Int, moved: Int64, balance: Int64)]

  /// Takes the rows as a file has them, whichever way they go.
  init(_ rows: [Row]) {
    let (down, up) = (Self.told(rows), Self.told(rows.reversed()))
    let faults = (Self.faults(down), Self.faults(up))
    let fallsBack = (rows.first?.time ?? 0) > (rows.last?.time ?? 0)
    let isTurned = faults.0 == faults.1 ? fallsBack : faults.1 < faults.0
    (self.rows, told) = isTurned ? (rows.reversed(), up) : (rows, down)
  }

  private static func told(_ rows: [Row]) -> [(row: Int, moved: Int64, balance: Int64)] {
    var told: [(row: Int, moved: Int64, balance: Int64)] = []
    var moved: Int64 = 0
    for (index, row) in rows.enumerated() {
      moved &+= row.moved
      guard let balance = row.balance else { continue }
      told.append((index, moved, balance))
      moved = 0
    }
    return told
  }

  /// Whether each balance follows from one before, of which there are some.
  var isFollowed: Bool { told.count > 1 && Self.faults(told) == 0 }

  /// How many balances do not follow from the one before.
  private static func faults(_ told: [(row: Int, moved: Int64, balance: Int64)]) -> Int {
    zip(told, told.dropFirst()).count { $0.balance &+ $1.moved != $1.balance }
  }

  /// A statement from before the first row to after the last; `nil` where no balance is told.
  ///
  /// What is wrong on the way is told by ``faults(_:)``, so the whole adds up.
  func statement(of account: String) -> StatementLedger.Statement? {
    guard let first = told.first, let last = told.last else { return nil }
    var statement = StatementLedger.Statement(account: account)
    let rest = rows[(last.row + 1)...].reduce(Int64(0)) { $0 &+ $1.moved }
    (statement.opening, statement.closing) = (first.balance &- first.moved, last.balance &+ rest)
    (statement.openingTime, statement.closingTime) = (rows.first?.time, rows.last?.time)
    statement.moved = last.balance &+ rest &- (first.balance &- first.moved)
    statement.movements = rows.count
    return statement
  }

  /// A sentence for each balance that does not follow: which line is wrong, or between which rows are missing.
  func faults(_ words: BalanceWords) -> [String] {
    var faults: [String] = []
    for index in told.indices.dropFirst() {
      let (last, own) = (told[index - 1], told[index])
      let due = last.balance &+ own.moved
      guard due != own.balance else { continue }
      let (line, before) = (rows[own.row].line, rows[last.row].line)
      if index + 1 < told.count, due &+ told[index + 1].moved == told[index + 1].balance {
        faults.append(
          "the balance on line \(line) is wrong: \(words.told(own.balance)), where \(words.told(due)) follows; "
            + "the next is right again"
        )
      } else if index > 1, isSlip(index - 1) {
        continue
      } else {
        faults.append(
          "\(words.told(own.balance &- due)) is missing between lines \(min(before, line)) and \(max(before, line)) "
            + "(\(words.day(rows[last.row].time)) to \(words.day(rows[own.row].time))): rows are not there, or an "
            + "amount is wrong"
        )
      }
    }
    return faults
  }

  /// Whether a balance is wrong by itself, so that the one after it follows from the one before.
  private func isSlip(_ index: Int) -> Bool {
    told[index - 1].balance &+ told[index].moved != told[index].balance
      && told[index - 1].balance &+ told[index].moved &+ told[index + 1].moved
        == told[index + 1].balance
  }
}

extension Draft {
  /// How many faults of balances are told one by one.
  private static let toldFaults = 10

  /// Follows the balances of a statement along its rows, and holds them against those it states.
  mutating func reconcile(_ found: Understanding, _ stated: StatedBalances, digits: Int) {
    guard more.balance != nil || stated.opening != nil || stated.closing != nil else { return }
    let words = BalanceWords(digits: digits)
    var faults: [String] = []
    let accounts = rowsByAccount()
    for (account, rows) in accounts {
      let running = RunningBalance(rows)
      var statement = running.statement(of: names[Int(account)])
      faults += running.faults(words)
      if accounts.count == 1, stated.opening != nil || stated.closing != nil {
        statement = held(statement, stated, rows, account)
      }
      if let statement { source.statements.append(statement) }
    }
    source.balanceFaults = Array(faults.prefix(Self.toldFaults))
    if faults.count > Self.toldFaults {
      source.balanceFaults.append("\(faults.count - Self.toldFaults) balances more do not follow")
    }
  }

  /// The rows of each own account, in the order in which accounts come first.
  private func rowsByAccount() -> [(account: Int32, rows: [RunningBalance.Row])] {
    var places: [Int32: Int] = [:]
    var accounts: [(account: Int32, rows: [RunningBalance.Row])] = []
    for row in 0..<count {
      let isOut = more.teller.base[row] == Teller.payer.rawValue
      let own = isOut ? payer.base[row] : payee.base[row]
      let place = places[own] ?? accounts.count
      if place == accounts.count {
        places[own] = place
        accounts.append((own, []))
      }
      let balance = more.balance.map { $0.base[row] }
      accounts[place].rows.append(
        RunningBalance.Row(
          line: Int(more.line.base[row]),
          time: time.base[row],
          moved: isOut ? -amount.base[row] : amount.base[row],
          balance: balance == RowExtras.noBalance ? nil : balance
        )
      )
    }
    return accounts
  }

  /// A statement by the balances that the file states; those that run along stand in for one that it does not.
  private func held(
    _ running: StatementLedger.Statement?,
    _ stated: StatedBalances,
    _ rows: [RunningBalance.Row],
    _ account: Int32
  ) -> StatementLedger.Statement {
    var statement = running ?? StatementLedger.Statement(account: names[Int(account)])
    statement.opening = stated.opening ?? running?.opening
    statement.closing = stated.closing ?? running?.closing
    statement.moved = rows.reduce(0) { $0 &+ $1.moved }
    statement.movements = rows.count
    (statement.openingTime, statement.closingTime) =
      (rows.map(\.time).min(), rows.map(\.time).max())
    return statement
  }
}
