internal import Networks
internal import Tables

/// How the report reads: plain words first, figures that line up, and the way to the evidence.
extension EconomyReport {
  /// The report for a person.
  package func text(_ names: PartyNames) -> String { text(names, withMeasures: false) }

  /// The report for a person, with or without the measures that go by technical names.
  package func text(_ names: PartyNames, withMeasures: Bool) -> String {
    let sections = [
      opening(names), footingLines, swingLines(names), loopLines(names), returnLines(names),
      moneyLines(names),
      concentrationLines(names), withMeasures ? measureLines : [], PlanLine.section(plans, names),
      MarketMove.section(marketMoves, names),

      disputeLines(names),
      contradictionLines(names),
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
    let head =
      "\(header.book) in \(header.period), as known on \(header.asOf) · "
      + "\(header.parties) companies · policy: \(header.policy)\(told) · book "
      + header.head.prefix(8)
    let answer = answerWords(names).map { wrapped($0, indent: 0) }
    return wrapped(head, indent: 0) + answer.flatMap { [""] + $0 }
  }

  private func range(_ range: FootingLine.Range) -> String { money(range.low, range.high) }

  /// A share as cents of a dollar.
  private func cents(_ range: FootingLine.Range) -> String { Figures.cents(range.low, range.high) }

  private var footingLines: [String] {
    var table = TextTable([.left, .right, .right, .right, .right, .right])
    table.add("", "paid inside", "on loops", "of a dollar", "last year", "at random")
    for line in footings {
      table.add(
        line.footing.rawValue,
        range(line.totalRange),
        range(line.circulationRange),
        isWithheld(line) ? "withheld" : "\(cents(line.shareRange)) ct",
        isWithheld(line) ? "" : line.lastYear.map(cents) ?? "",
        isWithheld(line) ? "" : line.atRandom.map(Figures.cents) ?? ""
      )
    }
    return [
      "How much goes round (middle nine tenths of the draws, and every reading)"
    ] + table.lines() + (toDateWords.map { wrapped($0) } ?? [])
  }

  /// Whether too little is told of a period that is not over for its share to mean anything.
  package func isWithheld(_ line: FootingLine) -> Bool {
    !line.footing.isPromised && Economy.isTooLittle(header.coverage)
  }

  /// Of a period that is not over: how much of it is told, and what falls due in the rest.
  package var toDateWords: String? {
    guard let coverage = header.coverage else { return nil }
    let due = header.dueLater.map { "\(money($0)) more falls due in the rest of it." } ?? ""
    guard coverage < 0.9 else { return "To date: \(due)" }
    let why = Economy.isTooLittle(coverage) ? ", too little for a share" : ""
    return
      "To date: \(Figures.percent(coverage)) of last year's money lies on pairs of which somebody says "
      + "what moved up to the day\(why). \(due)"
  }

  /// What moves the shares that are told.
  package var toldSwings: [Sensitivity] {
    swings.filter { swing in
      footings.first { $0.footing == swing.footing }.map { !isWithheld($0) } ?? true
    }
  }

  private func swingLines(_ names: PartyNames) -> [String] {
    let swings = toldSwings
    guard !swings.isEmpty else { return [] }
    var table = TextTable([.left, .right, .left])
    for swing in swings {
      let cited = swing.evidence.prefix(6).joined(separator: ", ")
      table.add(
        swing.footing.rawValue,
        Figures.percent(swing.low, swing.high),
        "\(swing.words(names))\(swing.disputed ? " (disputed)" : "")  [\(cited)]"
      )
    }
    return ["What moves the share most, all else standing"] + table.lines()
  }

  /// The loops of each footing that the ones before have not.
  private func loopLines(_ names: PartyNames) -> [String] {
    var seen: Set<[String]> = []
    var table = TextTable([.right, .left, .left, .left])
    for line in footings {
      for loop in line.loops where seen.insert(loop.parties).inserted {
        table.add(
          "\(seen.count)",
          names.round(loop.parties),
          loop.amountWords,
          "\(loop.gradeWords)  \(loop.rowWords)"
        )
      }
    }
    guard !seen.isEmpty else { return ["No loops"] }
    let counted = loopsComplete ? "\(loopCount)" : "more than \(loopCount), not all counted,"
    return [
      "The loops, by the least amount on each, those that rest on least first  [ouro loops]"
    ] + table.lines() + ["  \(counted) \(loopCount == 1 ? "loop" : "loops") in all, \(footingName)"]
  }

  /// What the sections below the footings are about.
  package var footingName: String {
    switch (header.basis, header.completion) {
    case ("commitments", _): "of what is promised if all is met"
    case (_, "none"): "with what was spread"
    case (_, "sample"): "with unknown flows drawn at random"
    default: "with what was filled in"
    }
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
  package var paidFromInside: [PartyLine] {
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
  package static func effectiveCount(_ low: Double?, _ high: Double?) -> String {
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

extension Sensitivity {
  /// Whose money it is about, and the deal where it is one.
  package func words(_ names: PartyNames) -> String {
    "\(names.name(payer)) → \(names.name(payee))\(title.map { ": \($0)" } ?? "")"
  }
}

extension EconomyReport.Loop {
  /// The least amount on it as people read it, with its range.
  package var amountWords: String {
    let isPromise = payments.contains { $0.grades.keys.contains(Grade.conditional.rawValue) }
    guard let high else { return "\(Figures.dollars(bottleneck)) or more" }
    if isPromise { return "at most \(Figures.dollars(high))" }
    let range = Figures.range(low, high)
    return Figures.dollars(bottleneck) + (range.isEmpty ? "" : " (\(range))")
  }

  /// What its weakest payment is worth.
  package var gradeWords: String {
    let worst = Grade.allCases.last { grade in
      payments.contains { $0.grades.keys.contains(grade.rawValue) }
    }
    return (worst?.words ?? "") + (disputed ? ", disputed" : "")
  }

  /// The first rows behind its least amount.
  fileprivate var rowWords: String {
    payments.min { $0.worked < $1.worked }?.evidence.prefix(4).joined(separator: " ") ?? ""
  }
}
