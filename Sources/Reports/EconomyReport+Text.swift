internal import Tables

/// How the report reads: plain words first, figures that line up, and the way to the evidence.
extension EconomyReport {
  /// The report for a person.
  public func text(_ names: PartyNames) -> String {
    let sections = [
      opening(names), footingLines, swingLines, loopLines(names), returnLines(names),
      moneyLines(names),
      concentrationLines(names), measureLines, disputeLines(names), contradictionLines(names),
      unratedLines(names), leftOutLines(names), closing,
    ]
    return sections.filter { !$0.isEmpty }.map(\.legibleText)
      .joined(separator: "\n\n") + "\n"
  }

  /// Dollars as figures are printed.
  private func money(_ dollars: Double) -> String { Figures.dollars(dollars) }
  private func money(_ low: Double, _ high: Double) -> String {
    Figures.dollars(low, high)
  }

  private func opening(_ names: PartyNames) -> [String] {
    let told = header.toldBy.isEmpty ? "" : " · told by \(header.toldBy.joined(separator: ", "))"
    return [
      "\(header.book) in \(header.period), as known on \(header.asOf) · "
        + "\(header.parties) parties inside · policy: \(header.policy)\(told) · book "
        + header.head.prefix(8)
    ] + [""] + wrapped(answerWords(names), indent: 0)
  }

  /// The answer in a few sentences: what is known, what comes with weaker evidence, what is promised.
  public func answerWords(_ names: PartyNames) -> String {
    let inside = footings.filter { $0.total > 0 || $0.totalRange.high > 0 }
    guard !inside.isEmpty else {
      return
        "Nothing is known to have moved between these companies in this period, or to be promised."
    }
    return [knownWords(names), weakerWords, promisedWords(names)].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private func knownWords(_ names: PartyNames) -> String {
    guard let known = self[.known], known.total > 0 else {
      return "Nobody says what these companies paid one another in \(header.period)."
    }
    let loops = known.loops.prefix(2).map { loop in
      "\(range(loop.low, loop.high ?? loop.bottleneck)) went from \(path(loop, names)) and back"
    }
    let told =
      loops.isEmpty
      ? "None of it is known to have come back." : loops.joined(separator: ", and ") + "."
    return "In \(header.period) these companies are known to have paid one another "
      + "\(range(known.totalRange)): \(told) "
      + (known.share > 0 && !isWithheld(known)
        ? "\(cents(known.shareRange)) of each dollar lie on a loop." : "")
  }

  private var weakerWords: String {
    guard let filled = self[.completed], let known = self[.known], filled.total > known.total else {
      return ""
    }
    let share =
      isWithheld(filled) ? "" : ", of which \(cents(filled.shareRange)) of a dollar lie on loops"
    return
      "Counting what is estimated, laid on days by a rule, or known only by its total, they paid "
      + "one another \(range(filled.totalRange))\(share)."
  }

  private func promisedWords(_ names: PartyNames) -> String {
    guard let bound = self[.bound], let met = self[.promised], met.totalRange.high > 0 else {
      return ""
    }
    let must =
      bound.circulationRange.high > 0
      ? "\(range(bound.circulationRange)) must come back by contract"
      : "nothing must come back by contract"
    let most = Self.most
    return "Of \(range(bound.totalRange)) that is promised without condition \(must); if every "
      + "condition were met, \(most(met.circulationRange)) would, of \(most(met.totalRange))."
  }

  private static func most(_ range: FootingLine.Range) -> String {
    range.high > 0 ? "at most \(Figures.dollars(range.high))" : "nothing"
  }

  private func range(_ range: FootingLine.Range) -> String { money(range.low, range.high) }
  private func range(_ low: Double, _ high: Double) -> String { money(low, high) }

  private func path(_ loop: Loop, _ names: PartyNames) -> String {
    loop.parties.map(names.shortName).joined(separator: " to ")
  }

  /// A share as cents of a dollar.
  private func cents(_ range: FootingLine.Range) -> String {
    let (low, high) = (Figures.cents(range.low), Figures.cents(range.high))
    return low == high ? "\(low) ct" : "\(low) – \(high) ct"
  }

  private var footingLines: [String] {
    var table = TextTable([.left, .right, .right, .right, .left])
    table.add("", "paid inside", "on loops", "of a dollar", "rests on")
    for line in footings {
      let filled = line.completed > 0 ? " (\(line.completed) filled in)" : ""
      let assumed =
        line.assumedShare >= 0.0005
        ? ", \(Figures.percent(line.assumedShare)) filled in or assumed" : ""
      table.add(
        line.footing.rawValue,
        range(line.totalRange),
        range(line.circulationRange),
        isWithheld(line) ? "withheld" : cents(line.shareRange),
        "\(counted(line.amounts, "amount"))\(filled)\(assumed)"
      )
    }
    return ["How much goes round (middle nine tenths of the draws, and every reading)"]
      + table.lines() + toDateLines
  }

  /// Whether too little is told of a period that is not over for its share to mean anything.
  private func isWithheld(_ line: FootingLine) -> Bool {
    !line.footing.isPromised && header.coverage.map { $0 < 0.5 } == true
  }

  /// Of a period that is not over: how much of it is told, and what falls due in the rest.
  private var toDateLines: [String] {
    guard let coverage = header.coverage else { return [] }
    let due = header.dueLater.map { "\(money($0)) more falls due in the rest of it." } ?? ""
    guard coverage < 0.9 else { return wrapped("To date: \(due)") }
    let why = coverage < 0.5 ? ", too little for a share" : ""
    return wrapped(
      "To date: \(Figures.percent(coverage)) of last year's money lies on pairs of which somebody says "
        + "what moved up to the day\(why). \(due)"
    )
  }

  private var swingLines: [String] {
    guard !swings.isEmpty else { return [] }
    var table = TextTable([.left, .right, .left])
    for swing in swings {
      let cited = swing.evidence.prefix(6).joined(separator: ", ")
      table.add(
        swing.footing.rawValue,
        Figures.percent(swing.low, swing.high),
        "\(swing.what)\(swing.disputed ? " (disputed)" : "")  [\(cited)]"
      )
    }
    return ["What moves the share most, all else standing"] + table.lines()
  }

  private func loopLines(_ names: PartyNames) -> [String] {
    guard !loops.isEmpty else { return ["No loops"] }
    let counted = loopsComplete ? "\(loopCount)" : "more than \(loopCount), not all counted"
    var table = TextTable([.right, .left, .right, .left])
    for (index, loop) in loops.enumerated() {
      let path = (loop.parties + loop.parties.prefix(1)).map(names.name).joined(separator: " → ")
      let marks = [
        loop.disputed ? "disputed" : "", loop.assumed ? "partly filled in or assumed" : "",
      ]
      .filter { !$0.isEmpty }.joined(separator: ", ")
      let ends = loop.high.map { Figures.range(loop.low, $0) } ?? ""
      let range = ends.isEmpty ? "" : " (\(ends))"
      table.add("\(index + 1)", path, money(loop.bottleneck) + range, marks)
    }
    return [
      "Loops by the least amount on them: \(counted) · \(footingName)  [ouro loops]",
      "  What goes round in all counts a loop's amount on each of its payments.",
    ] + table.lines()
  }

  /// What the sections below the footings are about.
  private var footingName: String {
    header.basis == "commitments" ? "commitments" : "cash, unknown flows: \(header.completion)"
  }

  private func returnLines(_ names: PartyNames) -> [String] {
    let returning = parties.filter { ($0.returnProbability ?? 0) > 0.0005 }
      .sorted { ($1.returnProbability ?? 0, $0.id) < ($0.returnProbability ?? 0, $1.id) }
    guard !returning.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right])
    for party in returning.prefix(8) {
      let chance = party.returnProbability ?? 0
      table.add(
        names(party.id),
        Figures.percent(chance),
        "\(money(chance * party.throughflow)) of it back"
      )
    }
    return ["Who returns money to itself: the chance that a dollar passing through comes back"]
      + table.lines()
  }

  /// Parties by what inside parties pay them.
  public var paidFromInside: [PartyLine] {
    parties.sorted { ($1.fromInside, $0.id) < ($0.fromInside, $1.id) }
  }

  private func moneyLines(_ names: PartyNames) -> [String] {
    let shown = paidFromInside.filter { !$0.through.isEmpty || !$0.origins.isEmpty }.prefix(10)
    guard !shown.isEmpty else { return [] }
    var lines = ["Whose money each lives on, those paid most from inside first  [ouro trace]"]
    for party in shown {
      let through = party.through.prefix(3).map {
        "\(Figures.percent($0.share)) through \(names($0.id))"
      }
      let origins = party.origins.prefix(4).map { "\(names($0.id)) \(Figures.percent($0.share))" }
      let unsourced =
        party.unsourced > 0.0005
        ? ["no outside source \(Figures.percent(party.unsourced))"] : []
      let words =
        (through.isEmpty ? "" : through.joined(separator: ", ") + " · ")
        + "started as: " + (origins + unsourced).joined(separator: ", ")
      lines.append("  \(names(party.id))  \(money(party.throughflow))")
      lines += wrapped(words, indent: 6)
    }
    return lines
  }

  private func concentrationLines(_ names: PartyNames) -> [String] {
    let shown = paidFromInside.filter { $0.payersHigh != nil && $0.sourcesHigh != nil }.prefix(10)
    guard !shown.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right, .left])
    table.add("", "direct payers", "looked through", "largest direct payer")
    for party in shown {
      let largest = party.payers.first.map { "\(names($0.id)) \(Figures.percent($0.share))" } ?? ""
      table.add(
        names(party.id),
        Self.effectiveCount(party.payersLow, party.payersHigh),
        Self.effectiveCount(party.sourcesLow, party.sourcesHigh),
        largest
      )
    }
    return [
      "How concentrated: as many equal payers would be as concentrated (unnamed as one, or as many)"
    ] + table.lines()
  }

  /// As how many equal ones, from the greatest concentration to the least.
  public static func effectiveCount(_ low: Double?, _ high: Double?) -> String {
    let count = { (hhi: Double?) in
      hhi.map { $0 > 0.01 ? Figures.decimal(1 / $0, digits: 1) : "many" } ?? "–"
    }
    return count(low) == count(high) ? count(low) : "\(count(high)) – \(count(low))"
  }

  private var measureLines: [String] {
    var table = TextTable([.left, .right, .left])
    for row in measures.rows { table.add(row.name, row.value, row.meaning) }
    return ["All measures of the same network, side by side · \(footingName)"] + table.lines()
  }

  private func disputeLines(_ names: PartyNames) -> [String] {
    guard !disputes.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left])
    for deal in disputes.prefix(12) {
      table.add(deal.id, "\(names(deal.payer)) → \(names(deal.payee))", deal.account)
    }
    let more = disputes.count > 12 ? ["  and \(disputes.count - 12) more"] : []
    let stand = disputes.count == 1 ? "as it stands" : "as they stand"
    return ["Disputed: \(counted(disputes.count, "deal")), \(stand)  [ouro disputes]"]
      + table.lines() + more
  }

  private func leftOutLines(_ names: PartyNames) -> [String] {
    var table = TextTable([.right, .left, .left])
    for line in leftOut {
      let money = line.money > 0 ? "\(money(line.money)) unplaced, as far as anybody said" : ""
      table.add("\(line.deals.count)", line.explanation, money)
    }
    let count = leftOut.reduce(0) { $0 + $1.deals.count }
    var lines = ["Left out: \(counted(count, "deal"))  [ouro deals --left-out]"] + table.lines()
    for line in trimmed {
      let whose = line.isPayer ? "promised by" : "promised to"
      lines.append(
        "  cut: \(whose) \(names(line.party)) \(money(line.planned)), its accounts leave "
          + money(line.room)
      )
    }
    for pair in unplaced {
      let most = pair.most.map { ", at most \(money($0))" } ?? ", no total says how much"
      lines.append("  unknown: \(names(pair.payer)) → \(names(pair.payee))\(most)")
    }
    if !gaps.isEmpty {
      lines.append("  Not known for nine tenths of \(header.period):")
      lines += wrapped(
        gaps.map { "\(names($0.party)) \($0.unknown.joined(separator: ", "))" }
          .joined(separator: " · "),
        indent: 4
      )
    }
    return lines
  }

  private var closing: [String] {
    let assumed = Set(footings.flatMap(\.assumptions)).sorted()
    let used = assumed.isEmpty ? "" : " · assumptions \(assumed.joined(separator: ", "))"
    return [
      "ouro \(header.version) · book \(header.head) · seed \(header.seed) · "
        + "\(header.samples) draws\(used)"
    ]
  }
}
