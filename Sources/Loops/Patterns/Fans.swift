extension PaymentPatterns {
  /// The fewest counterparties of a fan, and payments just below a threshold.
  private static let leastFan = 3

  /// Parties with more payers, payees, or payments just below the threshold in one window than in any other that does not overlap it.
  func fans(_ kind: Kind) -> [Finding] {
    let isIn = kind == .fanIn || kind == .structuredIn
    let isStructured = kind == .structuredIn || kind == .structuredOut
    var tally = PartyTally()
    return (0..<Int32(rows.nodeCount)).compactMap { party in
      var row = Array(isIn ? rows.arriving(party) : rows.leaving(party))
      if isStructured, let range = rules.justBelow {
        row = row.filter { range.contains(rows.amount[Int($0)]) }
      }
      guard row.count >= Self.leastFan else { return nil }
      // Of payments just below a threshold each counts by itself.
      func key(_ place: Int32) -> Int32 {
        isStructured ? place : isIn ? rows.payer[Int(place)] : rows.payee[Int(place)]
      }
      let (range, most) = fullest(row, key, &tally)
      let before = fullest(Array(row[..<range.lowerBound]), key, &tally).1
      let after = fullest(Array(row[range.upperBound...]), key, &tally).1
      let measure = most - max(before, after)
      guard most >= Self.leastFan, measure > 0 else { return nil }
      let places = Array(row[range])
      let others = places.map { isIn ? rows.payer[Int($0)] : rows.payee[Int($0)] }
      let group = Set(others).sorted()
      return finding(
        kind,
        party,
        Double(measure),
        layers: isIn ? [group, [party]] : [[party], group],
        places
      )
    }
  }

  /// The stretch of a row within the window with the most different keys, the earliest of several.
  private func fullest(
    _ row: [Int32],
    _ key: (Int32) -> Int32,
    _ tally: inout PartyTally
  ) -> (Range<Int>, Int) {
    tally.removeAll()
    var best = (range: 0..<0, count: 0)
    var begin = 0
    for end in row.indices {
      tally.add(key(row[end]))
      while PatternRows.span(rows.time[Int(row[begin])], rows.time[Int(row[end])]) > rules.window {
        tally.remove(key(row[begin]))
        begin += 1
      }
      if tally.count > best.count { best = (begin..<end + 1, tally.count) }
    }
    return best
  }

  /// Parties that many pay, and that then pay many others, within half the window each.
  func gatherScatters() -> [Finding] {
    var (payers, payees) = (PartyTally(), PartyTally())
    let half = rules.window / 2
    return (0..<Int32(rows.nodeCount)).compactMap { party in
      let (arriving, leaving) = (Array(rows.arriving(party)), Array(rows.leaving(party)))
      guard arriving.count > 1, leaving.count > 1 else { return nil }
      payers.removeAll()
      payees.removeAll()
      var best = (measure: 1, middle: 0)
      var (first, next, end) = (0, 0, 0)
      for (place, payment) in arriving.enumerated() {
        let moment = rows.time[Int(payment)]
        payers.add(rows.payer[Int(payment)])
        while PatternRows.span(rows.time[Int(arriving[first])], moment) > half {
          payers.remove(rows.payer[Int(arriving[first])])
          first += 1
        }
        while end < leaving.count,
          rows.time[Int(leaving[end])] <= PatternRows.later(moment, half)
        {
          payees.add(rows.payee[Int(leaving[end])])
          end += 1
        }
        while next < end, rows.time[Int(leaving[next])] <= moment {
          payees.remove(rows.payee[Int(leaving[next])])
          next += 1
        }
        guard min(payers.count, payees.count) > best.measure else { continue }
        let both = payers.parties.count { payees.has($0) }
        let measure = min(payers.count, payees.count) - both
        if measure > best.measure { best = (measure, place) }
      }
      guard best.measure > 1 else { return nil }
      return gathered(party, rows.time[Int(arriving[best.middle])], half, Double(best.measure))
    }
  }

  private func gathered(
    _ party: Int32,
    _ moment: Int,
    _ half: Int,
    _ measure: Double
  ) -> Finding {
    let into = rows.within(rows.arriving(party), PatternRows.sooner(moment, half)...moment)
    let after = PatternRows.later(moment, 1)
    let out = rows.within(
      rows.leaving(party),
      after...max(after, PatternRows.later(moment, half))
    )
    let payers = Set(into.map { rows.payer[Int($0)] })
    let payees = Set(out.map { rows.payee[Int($0)] })
    let both = payers.intersection(payees)
    return finding(
      .gatherScatter,
      party,
      measure,
      layers: [payers.subtracting(both).sorted(), [party], payees.subtracting(both).sorted()],
      into.filter { !both.contains(rows.payer[Int($0)]) },
      out.filter { !both.contains(rows.payee[Int($0)]) }
    )
  }
}
