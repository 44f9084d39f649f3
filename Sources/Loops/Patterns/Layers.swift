extension PaymentPatterns {
  /// Parties that pay several others, all of whom pass it on to one.
  func scatterGathers(_ limit: Int) -> (findings: [Finding], isWhole: Bool) {
    var gathering = PairGathering(limit: limit)
    for party in 0..<Int32(rows.nodeCount) { gathering.pass(through: party, rows, rules) }
    var findings: [Finding] = []
    gathering.forEachPair { records in
      guard let best = records.fullest(rules.window, rows), best.others.count > 1 else { return }
      let kept = records.filter {
        rows.time[Int($0.begin)] >= best.span.lowerBound
          && rows.time[Int($0.end)] <= best.span.upperBound
      }
      let (from, to) = (records[records.startIndex].first, records[records.startIndex].second)
      findings.append(
        finding(
          .scatterGather,
          from,
          Double(best.others.count),
          layers: [[from], best.others, [to]],
          Set(kept.map(\.begin)).sorted(),
          Set(kept.map(\.end)).sorted()
        )
      )
    }
    return (findings, gathering.isWhole)
  }

  /// Groups each of whom pays each of another group.
  func bipartites(_ limit: Int) -> (findings: [Finding], isWhole: Bool) {
    var gathering = PairGathering(limit: limit)
    pairPayers(&gathering, span: rules.window)
    var findings: [Finding] = []
    var seen: Set<[Int32]> = []
    gathering.forEachPair { records in
      guard let best = records.fullest(rules.window, rows), best.others.count > 1 else { return }
      let payers = common(best.others, best.span) {
        rows.arriving($0)
      } _: {
        rows.payer[$0]
      }
      let groups = [payers, best.others]
      guard payers.count > 1, Set(payers).isDisjoint(with: best.others),
        seen.insert(payers + [-1] + best.others).inserted
      else { return }
      findings.append(
        finding(
          .bipartite,
          payers[0],
          Double(payers.count * best.others.count),
          layers: groups,
          payments(from: payers, to: best.others, best.span)
        )
      )
    }
    return (findings, gathering.isWhole)
  }

  /// Groups each of whom pays each of a second, each of whom then pays each of a third.
  func stacks(_ limit: Int) -> (findings: [Finding], isWhole: Bool) {
    var (into, out) = (PairGathering(limit: limit), PairGathering(limit: limit))
    pairPayees(&into, span: rules.window)
    pairPayers(&out, span: rules.window)
    var paying: [UInt64: [PairRecord]] = [:]
    out.forEachPair { records in paying[Self.key(records)] = Array(records) }
    var findings: [Finding] = []
    var seen: Set<[Int32]> = []
    into.forEachPair { records in
      guard let after = paying[Self.key(records)], let stack = stack(records, after) else { return }
      let (first, middle, last) = (stack.layers[0], stack.layers[1], stack.layers[2])
      guard seen.insert(first + [-1] + middle + [-1] + last).inserted else { return }
      findings.append(
        finding(
          .stack,
          middle[0],
          Double(middle.count * (first.count + last.count)),
          layers: stack.layers,
          payments(from: first, to: middle, stack.into),
          payments(from: middle, to: last, stack.out)
        )
      )
    }
    return (findings, into.isWhole && out.isWhole)
  }

  private static func key(_ records: ArraySlice<PairRecord>) -> UInt64 {
    let record = records[records.startIndex]
    return UInt64(UInt32(bitPattern: record.first)) << 32
      | UInt64(UInt32(bitPattern: record.second))
  }

  /// The stack that two lie in the middle of with the most payments, of what comes within half the window and then leaves within half
  /// of it.
  private func stack(
    _ into: ArraySlice<PairRecord>,
    _ out: [PairRecord]
  ) -> (layers: [[Int32]], into: ClosedRange<Int>, out: ClosedRange<Int>)? {
    let half = rules.window / 2
    var best: (count: Int, middle: Int) = (0, 0)
    for middle in Set(into.map { rows.time[Int($0.end)] }).sorted() {
      let (before, after) = spans(middle, half)
      let payers = Set(into.filter { holds(before, $0) }.map(\.by))
      guard payers.count > 1 else { continue }
      let payees = Set(out.filter { holds(after, $0) }.map(\.by))
      guard payees.count > 1, payers.count + payees.count > best.count else { continue }
      best = (payers.count + payees.count, middle)
    }
    guard best.count > 0 else { return nil }
    let (before, after) = spans(best.middle, half)
    let payers = Set(into.filter { holds(before, $0) }.map(\.by)).sorted()
    let payees = Set(out.filter { holds(after, $0) }.map(\.by)).sorted()
    let paid = common(payers, before) {
      rows.leaving($0)
    } _: {
      rows.payee[$0]
    }
    let paying = Set(
      common(payees, after) {
        rows.arriving($0)
      } _: {
        rows.payer[$0]
      }
    )
    let middle = paid.filter { paying.contains($0) }
    let all = payers + middle + payees
    guard middle.count > 1, Set(all).count == all.count else { return nil }
    return ([payers, middle, payees], before, after)
  }

  private func spans(_ middle: Int, _ half: Int) -> (ClosedRange<Int>, ClosedRange<Int>) {
    let after = PatternRows.later(middle, 1)
    return (
      PatternRows.sooner(middle, half)...middle,
      after...max(after, PatternRows.later(middle, half))
    )
  }

  private func holds(_ span: ClosedRange<Int>, _ record: PairRecord) -> Bool {
    rows.time[Int(record.begin)] >= span.lowerBound && rows.time[Int(record.end)] <= span.upperBound
  }

  private func pairPayers(_ gathering: inout PairGathering, span: Int) {
    for party in 0..<Int32(rows.nodeCount) {
      gathering.pair(rows.arriving(party), party, span: span, hub: rules.hub, rows) {
        rows.payer[Int($0)]
      }
    }
  }

  private func pairPayees(_ gathering: inout PairGathering, span: Int) {
    for party in 0..<Int32(rows.nodeCount) {
      gathering.pair(rows.leaving(party), party, span: span, hub: rules.hub, rows) {
        rows.payee[Int($0)]
      }
    }
  }

  /// Those whom all of some parties have in common within a span of time, in order.
  private func common(
    _ parties: [Int32],
    _ span: ClosedRange<Int>,
    _ row: (Int32) -> ArraySlice<Int32>,
    _ other: (Int) -> Int32
  ) -> [Int32] {
    let sets = parties.map { party in Set(rows.within(row(party), span).map { other(Int($0)) }) }
    return (sets.first ?? []).filter { one in sets.allSatisfy { $0.contains(one) } }.sorted()
  }

  /// What each of some parties pays each of others within a span of time.
  private func payments(
    from payers: [Int32],
    to payees: [Int32],
    _ span: ClosedRange<Int>
  ) -> [Int32] {
    let wanted = Set(payees)
    return payers.flatMap { payer in
      rows.within(rows.leaving(payer), span).filter { wanted.contains(rows.payee[Int($0)]) }
    }
    .sorted()
  }

  /// Pairs that pay each other both ways at least twice within the window.
  func backAndForths() -> [Finding] {
    let places = (0..<Int32(rows.count)).sorted { left, right in
      let (one, other) = (pair(left), pair(right))
      return one != other ? one < other : left < right
    }
    var findings: [Finding] = []
    var begin = 0
    while begin < places.count {
      var end = begin + 1
      while end < places.count, pair(places[end]) == pair(places[begin]) { end += 1 }
      if end - begin >= 4, let found = backAndForth(places[begin..<end]) { findings.append(found) }
      begin = end
    }
    return findings
  }

  private func pair(_ place: Int32) -> UInt64 {
    let (one, other) = (rows.payer[Int(place)], rows.payee[Int(place)])
    return UInt64(UInt32(bitPattern: min(one, other))) << 32
      | UInt64(UInt32(bitPattern: max(one, other)))
  }

  private func backAndForth(_ places: ArraySlice<Int32>) -> Finding? {
    let first = min(
      rows.payer[Int(places[places.startIndex])],
      rows.payee[Int(places[places.startIndex])]
    )
    var counts = (out: 0, back: 0)
    var best = (measure: 1, range: 0..<0)
    var begin = places.startIndex
    func add(_ place: Int32, _ number: Int) {
      if rows.payer[Int(place)] == first { counts.out += number } else { counts.back += number }
    }
    for end in places.indices {
      add(places[end], 1)
      let last = rows.time[Int(places[end])]
      while PatternRows.span(rows.time[Int(places[begin])], last) > rules.window {
        add(places[begin], -1)
        begin += 1
      }
      let measure = min(counts.out, counts.back)
      if measure > best.measure { best = (measure, begin..<end + 1) }
    }
    guard best.measure > 1 else { return nil }
    let kept = places[best.range]
    let payer = rows.payer[Int(kept[kept.startIndex])]
    let other = rows.payee[Int(kept[kept.startIndex])]
    return finding(
      .backAndForth,
      payer,
      Double(best.measure),
      layers: [[payer], [other]],
      kept.filter { rows.payer[Int($0)] == payer },
      kept.filter { rows.payer[Int($0)] == other }
    )
  }
}
