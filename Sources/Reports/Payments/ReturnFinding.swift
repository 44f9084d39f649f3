internal import Columns
internal import Claims
internal import Loops
internal import Networks
internal import Payments

/// One return in full, by the names of the file.
package struct ReturnFinding: Encodable, Sendable {
  /// One payment, and how much of it the money can have been.
  package struct Payment: Encodable, Sendable {
    let amount: Double
    let carried: Double
    @Nullable var currency: String?
    /// The file, where there are several.
    let file: String?
    let line: Int
    let payee: String
    let payer: String
    let time: String
    /// Amounts as files write them.
    let exactAmount: String
    let exactCarried: String

    private enum CodingKeys: CodingKey {
      case amount, carried, currency, file, line, payee, payer, time
    }
  }

  private enum CodingKeys: String, CodingKey {
    case id, party, name, returned, left, currency, most, first, last, duration, hands, ways,
      payments
    case throughOthers = "through_others"
    case betweenTwo = "between_two"
    case beyondTwo = "beyond_two"
    case windowFrom = "window_from"
    case fewestHops = "fewest_hops"
    case mostHops = "most_hops"
  }

  /// The number of the finding, by its content.
  package let id: String
  /// Whose money it is.
  package let party: String
  /// What people call it, where it is known by its account.
  let name: String?
  /// How much came back.
  let returned: Double
  /// What the payments add up to by which it left.
  let left: Double
  @Nullable private(set) var currency: String?
  /// Of the whole window that begins here: the most by any way, through others, between two, and what cannot have been
  /// between two.
  let most: Double
  let throughOthers: Double
  let betweenTwo: Double
  let beyondTwo: Double
  let windowFrom: String
  /// When the first left, and the last came back.
  let first: String
  let last: String
  /// From the first payment to the last, in seconds.
  let duration: Int
  /// The others through whose hands it went.
  let hands: [String]
  let ways: Int
  let fewestHops: Int
  let mostHops: Int
  /// The payments that can have carried it.
  package let payments: [Payment]
  /// What stands in a table for people.
  let cells: [String]
}

/// Turns what was found into findings in full.
struct FindingWriter {
  private let payments: Payments
  private let search: PaymentSearch
  private let returns: MoneyReturns
  private let request: ReturnReport.Request

  init(
    _ payments: Payments,
    _ search: PaymentSearch,
    _ returns: MoneyReturns,
    _ request: ReturnReport.Request
  ) {
    (self.payments, self.search, self.returns, self.request) = (payments, search, returns, request)
  }

  /// The first findings that are asked for, and how many there are.
  ///
  /// - Parameters:
  ///   - found: What was found.
  ///   - ways: By which ways.
  ///   - consume: Is given every one of them.
  /// - Returns: The first, and the number.
  func tell(
    _ found: [MoneyReturns.Found],
    _ ways: MoneyReturns.Ways,
    _ consume: ((ReturnFinding) throws -> Void)?
  ) rethrows -> ([ReturnFinding], Int) {
    let wanted = found.filter(wants)
    var told: [ReturnFinding] = []
    var count = 0
    // All of them only where somebody wants them in full, or must know which are new.
    let isAll = consume != nil || !request.known.isEmpty
    for begin in stride(from: 0, to: wanted.count, by: 256) {
      guard isAll || told.count < request.top else { break }
      let some = wanted[
        begin..<min(begin + 256, wanted.count, isAll ? .max : max(begin, request.top))
      ]
      for (one, whole) in zip(some, returns.returns(some, by: ways)) {
        let finding = finding(one, whole, ways)
        guard !request.known.contains(finding.id) else { continue }
        count += 1
        if told.count < request.top { told.append(finding) }
        try consume?(finding)
      }
    }
    return (told, isAll ? count : wanted.count)
  }

  /// Whether it is of a party that is asked for.
  func wants(_ found: MoneyReturns.Found) -> Bool {
    request.parties.isEmpty || request.parties.contains(party(found.party))
  }

  /// An amount and whose it is, for people.
  func told(_ found: MoneyReturns.Found, _ units: Int64) -> String {
    "\(Figures.amount(minorUnits: units, digits: payments.digits)) to \(called(found.party))"
  }

  private func party(_ node: Int) -> String { payments.parties[search.party(of: node)] }

  private func called(_ node: Int) -> String {
    payments.label(of: search.party(of: node)) ?? party(node)
  }

  private func whole(_ units: Int64) -> Double { payments.unit.whole(Double(units)) }

  func finding(
    _ found: MoneyReturns.Found,
    _ whole: MoneyReturn,
    _ ways: MoneyReturns.Ways
  ) -> ReturnFinding {
    let name = party(found.party)
    let own = Set(whole.payments.map { payments.currency(of: $0.payment) })
    let currency = search.base ?? (own.count == 1 ? own.first ?? nil : nil)
    let (first, last) = (PaymentTime.text(whole.firstTime), PaymentTime.text(whole.lastTime))
    let returned = Figures.exact(minorUnits: whole.returned, digits: payments.digits)
    let kind = ways == .all ? "return" : "split"
    return ReturnFinding(
      id: FindingNumber.of(kind, [name, first, last, returned, currency ?? ""]),
      party: name,
      name: payments.label(of: search.party(of: found.party)),
      returned: self.whole(whole.returned),
      left: self.whole(whole.left),
      currency: currency,
      most: self.whole(found.most),
      throughOthers: self.whole(found.throughOthers),
      betweenTwo: self.whole(found.betweenTwo),
      beyondTwo: self.whole(found.beyondTwo),
      windowFrom: PaymentTime.text(found.time),
      first: first,
      last: last,
      duration: whole.lastTime - whole.firstTime,
      hands: whole.hands.map(party),
      ways: whole.ways,
      fewestHops: whole.hops.lowerBound,
      mostHops: whole.hops.upperBound,
      payments: whole.payments.map(payment),
      cells: cells(found, whole, first, last)
    )
  }

  private func payment(_ carried: MoneyReturn.Carried) -> ReturnFinding.Payment {
    let index = carried.payment
    func exact(_ units: Int64) -> String {
      Figures.exact(minorUnits: units, digits: payments.digits)
    }
    return ReturnFinding.Payment(
      amount: whole(payments.amountMinorUnits[index]),
      carried: whole(carried.amount),
      currency: payments.currency(of: index),
      file: payments.source(of: index)?.path,
      line: payments.line(of: index),
      payee: payments.parties[Int(payments.payee[index])],
      payer: payments.parties[Int(payments.payer[index])],
      time: PaymentTime.text(payments.time[index]),
      exactAmount: exact(payments.amountMinorUnits[index]),
      exactCarried: exact(carried.amount)
    )
  }

  private func cells(
    _ found: MoneyReturns.Found,
    _ whole: MoneyReturn,
    _ first: String,
    _ last: String
  ) -> [String] {
    let names = whole.hands.prefix(4).map(called)
    let rest = whole.hands.count - names.count
    let hands = names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    let lines = whole.payments.prefix(12).map { String(payments.line(of: $0.payment)) }
    let more = whole.payments.count - lines.count
    func amount(_ units: Int64) -> String {
      Figures.amount(minorUnits: units, digits: payments.digits)
    }
    return [
      "\(called(found.party)) by way of \(hands)", amount(whole.returned), amount(whole.left),
      amount(found.beyondTwo), first, last,
      lines.joined(separator: " ") + (more > 0 ? " and \(more) more" : ""),
    ]
  }
}
