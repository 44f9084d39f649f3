extension PaymentPatterns {
  /// The fewest receipts by which an account is told to be one that money only passes.
  private static let leastReceipts = 3

  /// Some of a receipt that left again.
  private struct Passing {
    let receipt: Int32
    let payment: Int32
    let amount: Int64
  }

  /// Accounts by the share of what they are paid that leaves them within hours for others, the first that came first.
  func passThroughs() -> [Finding] {
    (0..<Int32(rows.nodeCount)).compactMap { party in
      let received = rows.arriving(party)
      guard received.count >= Self.leastReceipts, !rows.leaving(party).isEmpty else { return nil }
      let passings = passings(party)
      let passed = passings.reduce(0.0) { $0 + Double($1.amount) }
      let all = received.reduce(0.0) { $0 + Double(rows.amount[Int($1)]) }
      guard passed > 0 else { return nil }
      let best = fullest(passings)
      let into = Set(best.map(\.receipt)).sorted()
      let out = Set(best.map(\.payment)).sorted()
      let payers = Set(into.map { rows.payer[Int($0)] }).sorted()
      let payees = Set(out.map { rows.payee[Int($0)] }).sorted()
      return finding(
        .passThrough,
        party,
        passed / all,
        layers: [payers, [party], payees],
        into,
        out
      )
    }
  }

  private func passings(_ party: Int32) -> [Passing] {
    let (received, paid) = (Array(rows.arriving(party)), rows.leaving(party))
    var passings: [Passing] = []
    var left: [Int64] = received.map { rows.amount[Int($0)] }
    var first = 0
    for payment in paid {
      let moment = rows.time[Int(payment)]
      while first < received.count,
        left[first] == 0
          || rows.time[Int(received[first])] < PatternRows.sooner(moment, rules.passing)
      {
        first += 1
      }
      var rest = rows.amount[Int(payment)]
      var place = first
      while rest > 0, place < received.count, rows.time[Int(received[place])] < moment {
        defer { place += 1 }
        // What goes straight back passes nobody.
        guard left[place] > 0, rows.payer[Int(received[place])] != rows.payee[Int(payment)] else {
          continue
        }
        let units = min(rest, left[place])
        left[place] -= units
        rest -= units
        passings.append(Passing(receipt: received[place], payment: payment, amount: units))
      }
    }
    return passings
  }

  /// The stretch within the window in which most passed.
  private func fullest(_ passings: [Passing]) -> ArraySlice<Passing> {
    var best = (range: 0..<0, sum: 0.0)
    var (begin, sum) = (0, 0.0)
    for (end, passing) in passings.enumerated() {
      sum += Double(passing.amount)
      let last = rows.time[Int(passing.payment)]
      while PatternRows.span(rows.time[Int(passings[begin].receipt)], last) > rules.window,
        begin < end
      {
        sum -= Double(passings[begin].amount)
        begin += 1
      }
      if sum > best.sum { best = (begin..<end + 1, sum) }
    }
    return passings[best.range]
  }
}
