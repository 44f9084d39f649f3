internal import Networks

extension EconomyReport: TabularReport {
  /// The answer in sentences.
  package func paragraphs(_ names: PartyNames) -> [String] { answerWords(names) }

  /// The footings, the loops, whose money, what moves it, disputes, and what was left out.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    [
      Sheet("How much goes round", footings, footingColumns),
      Sheet("Loops", loops, SheetColumn.loop(names)), LoopPayments(loops, names).sheet,
      loopsByFooting(names), partySheet(names), originSheet(names), swingSheet(names),
      realSheet, Sheet("Disputes", disputes, SheetColumn.deal(names)), leftOutSheet,
      contestedSheet(names), unratedSheet(names), trimmedSheet(names), unplacedSheet(names),
      gapSheet(names), measureSheet,
    ]
  }

  private var footingColumns: [SheetColumn<FootingLine>] {
    let told = { (line: FootingLine) in isWithheld(line) ? nil : line }
    return [
      .text("footing") { $0.footing.rawValue }, .amount("paid inside, dollars") { $0.total },
      .amount("at least") { $0.totalRange.low }, .amount("at most") { $0.totalRange.high },
      .amount("on loops, dollars") { $0.circulation },
      .amount("on loops, at least") { $0.circulationRange.low },
      .amount("on loops, at most") { $0.circulationRange.high },
      .share("of each dollar") { told($0)?.share },
      .share("share, at least") { told($0)?.shareRange.low },
      .share("share, at most") { told($0)?.shareRange.high },
      .share("last year, at least") { told($0)?.lastYear?.low },
      .share("last year, at most") { told($0)?.lastYear?.high },
      .share("at random") { told($0)?.atRandom }, .flag("withheld") { isWithheld($0) },
      .count("amounts") { $0.amounts }, .count("filled in") { $0.completed },
      .share("money filled in or assumed") { $0.assumedShare },
      .rows("assumptions") { $0.assumptions },
    ]
  }

  private func loopsByFooting(_ names: PartyNames) -> Sheet {
    Sheet(
      "Loops by footing",
      footings.flatMap { line in line.loops.map { (footing: line.footing, loop: $0) } },
      [.text("footing") { $0.footing.rawValue }] + SheetColumn.loop(names).of { $0.loop }
    )
  }

  private func partySheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "Whose money",
      parties,
      SheetColumn.party("party", names) { $0.id } + [
        .amount("takes in, dollars") { $0.throughflow },
        .amount("from companies inside") { $0.fromInside },
        .share("comes back to it") { $0.returnProbability },
        .share("explained by no outside money") { $0.unsourced },
        .fine("payers, HHI at least") { $0.payersLow },
        .fine("payers, HHI at most") { $0.payersHigh },
        .fine("sources, HHI at least") { $0.sourcesLow },
        .fine("sources, HHI at most") { $0.sourcesHigh },
      ]
    )
  }

  private func originSheet(_ names: PartyNames) -> Sheet {
    let rows = parties.flatMap { line in
      [("began with", line.origins), ("came through", line.through), ("is paid by", line.payers)]
        .flatMap { how, shares in shares.map { (party: line.id, how: how, share: $0) } }
    }
    return Sheet(
      "Where it came from",
      rows,
      SheetColumn.party("party", names) { $0.party } + [.text("its money") { $0.how }]
        + SheetColumn.party("who", names) { $0.share.id }
        + [.share("share") { $0.share.share }]
    )
  }

  private func swingSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "What moves it",
      swings,
      [.text("footing") { $0.footing.rawValue }]
        + SheetColumn.party("payer", names) { $0.payer }
        + SheetColumn.party("payee", names) { $0.payee } + [
          .text("what") { $0.title ?? $0.what }, .share("share, at least") { $0.low },
          .share("share, at most") { $0.high }, .flag("disputed") { $0.disputed },
          .rows("rests on") { $0.evidence },
        ]
    )
  }

  private var realSheet: Sheet {
    Sheet("Real dollars", realDollars.lines, SheetColumn.realDollars)
  }

  private var measureSheet: Sheet {
    var rows: [(name: String, value: Double?)] = [
      ("closed-loop share", measures.share), ("efficiency", measures.efficiency),
      ("forwarded share", measures.forwardedShare), ("Finn cycling index", measures.finn),
      ("average path length", measures.pathLength),
    ]
    rows += measures.circularShares.sorted { $0.key < $1.key }.map {
      ("circular share, by \($0.key)", $0.value)
    }
    rows += [
      ("reciprocity", measures.reciprocity), ("trophic incoherence", measures.incoherence),
      ("HHI of receipts", measures.hhi), ("loop gain", measures.gain),
    ]
    return Sheet(
      "Measures",
      rows,
      [.text("measure") { $0.name }, .number("value") { $0.value }]
    )
  }
}

/// What is not in the figures, and what contradicts them.
extension EconomyReport {
  private var leftOutSheetRows: [(reason: LeftOutLine, deal: String)] {
    leftOut.flatMap { line in line.deals.map { (line, $0) } }
  }

  private var leftOutSheet: Sheet {
    Sheet(
      "Left out",
      leftOutSheetRows,
      [
        .text("deal") { $0.deal }, .text("reason") { $0.reason.reason },
        .text("in words") { $0.reason.explanation },
        .amount("all of this reason, dollars") { $0.reason.money },
      ]
    )
  }

  private func contestedSheet(_ names: PartyNames) -> Sheet {
    let rows = contradictions.flatMap { line in
      [("whole", line.whole), ("parts", line.parts)].map { (line: line, what: $0, side: $1) }
    }
    return Sheet(
      "Totals contested",
      rows,
      [
        .text("of") { $0.line.of.words(names.name) }, .text("period") { $0.line.period },
        .text("side") { $0.what }, .flag("stands") { $0.line.stands == $0.what },
        .amount("dollars") { $0.side.amount }, .amount("at least") { $0.side.low },
        .amount("at most") { $0.side.high }, .rows("rests on") { $0.side.evidence },
      ]
    )
  }

  private func unratedSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "Without a rate",
      unrated,
      [
        .text("of") { $0.of.words(names.name) }, .amount("at least") { $0.low },
        .amount("at most") { $0.high }, .text("currency") { $0.currency },
        .rows("rests on") { [$0.row] },
      ]
    )
  }

  private func trimmedSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "Plans cut",
      trimmed,
      SheetColumn.party("party", names) { $0.party } + [
        .text("as") { $0.isPayer ? "payer" : "payee" },
        .amount("planned, dollars") { $0.planned }, .amount("room for, dollars") { $0.room },
      ]
    )
  }

  private func unplacedSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "Pairs without an amount",
      unplaced,
      SheetColumn.party("payer", names) { $0.payer }
        + SheetColumn.party("payee", names) { $0.payee } + [.amount("at most") { $0.most }]
    )
  }

  private func gapSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "Not known",
      gaps,
      SheetColumn.party("party", names) { $0.party }
        + [.text("not known") { $0.unknown.joined(separator: ", ") }]
    )
  }
}

extension SheetColumn<RealDollars.Line> {
  /// Buyers' money against funders' money.
  static var realDollars: [Self] {
    [
      .text("companies") { $0.group }, .count("how many") { $0.parties },
      .amount("entered, dollars") { $0.entered }, .share("from buyers") { $0.direct?.buyers },
      .share("from funders") { $0.direct?.funders },
      .share("nobody says") { $0.direct?.undisclosed },
      .share("looked through: buyers") { $0.lookedThrough?.buyers },
      .share("looked through: funders") { $0.lookedThrough?.funders },
      .share("looked through: nobody says") { $0.lookedThrough?.undisclosed },
    ]
  }
}
