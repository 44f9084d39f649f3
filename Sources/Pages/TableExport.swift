package import Reports
internal import Tables

/// Answers as tables for a spreadsheet: dollars as bare numbers, parties and rows by id, lists with blanks between.
package enum TableExport {
  /// How much goes round on each footing.
  package static func footings(_ lines: [FootingLine]) -> [UInt8] {
    csv(
      [
        "footing", "paid_inside", "paid_low", "paid_high", "on_loops", "on_loops_low",
        "on_loops_high",
        "share", "share_low", "share_high", "last_year_low", "last_year_high", "at_random",
      ],
      lines.map { line in
        [
          line.footing.rawValue, number(line.total), number(line.totalRange.low),
          number(line.totalRange.high), number(line.circulation), number(line.circulationRange.low),
          number(line.circulationRange.high), number(line.share), number(line.shareRange.low),
          number(line.shareRange.high), number(line.lastYear?.low), number(line.lastYear?.high),
          number(line.atRandom),
        ]
      }
    )
  }

  private static let flowColumns = [
    "payer", "payee", "amount", "low", "high", "grades", "disputed", "assumed", "deals", "evidence",
    "agrees",
  ]

  private static func cells(_ flow: FlowLine) -> [String] {
    [
      flow.payer, flow.payee, number(flow.amount), number(flow.low), number(flow.high),
      flow.gradeWords, word(flow.disputed), word(flow.assumed), list(flow.deals),
      list(flow.evidence), list(flow.agrees),
    ]
  }

  /// Who pays whom.
  package static func flows(_ flows: [FlowLine]) -> [UInt8] { csv(flowColumns, flows.map(cells)) }

  /// The loops, a payment a line.
  package static func loops(_ loops: [EconomyReport.Loop]) -> [UInt8] {
    csv(
      ["loop", "bottleneck", "bottleneck_low", "bottleneck_high"] + flowColumns,
      loops.enumerated().flatMap { index, loop in
        loop.payments.map { flow in
          [String(index + 1), number(loop.bottleneck), number(loop.low), number(loop.high)]
            + cells(flow)
        }
      }
    )
  }

  private static let dealColumns = [
    "id", "title", "payer", "payee", "kind", "status", "level", "low", "high", "currency", "start",
    "end", "disputed", "claims",
  ]

  private static func cells(_ deal: DealLine) -> [String] {
    [
      deal.id, deal.title, deal.payer, deal.payee, deal.kind, deal.status ?? "", deal.level ?? "",
      number(deal.low), number(deal.high), deal.currency ?? "", deal.start ?? "", deal.end ?? "",
      word(deal.disputed), list(deal.claims),
    ]
  }

  /// The deals as they stand.
  package static func deals(_ deals: [DealLine]) -> [UInt8] { csv(dealColumns, deals.map(cells)) }

  /// Deals that carry no flow, and why.
  package static func leftOut(_ deals: [DealsReport.LeftOutDeal]) -> [UInt8] {
    csv(
      dealColumns + ["reason", "money"],
      deals.map { cells($0.deal) + [$0.reason, number($0.money)] }
    )
  }

  /// What each party lives on.
  package static func parties(_ parties: [EconomyReport.PartyLine]) -> [UInt8] {
    let shares = { (shares: [EconomyReport.PartyLine.Share]) in
      list(shares.map { "\($0.id)=\(number($0.share))" })
    }
    return csv(
      [
        "party", "throughflow", "from_inside", "return_probability", "unsourced", "through",
        "origins",
        "payers", "payers_low", "payers_high", "sources_low", "sources_high",
      ],
      parties.map { party in
        [
          party.id, number(party.throughflow), number(party.fromInside),
          number(party.returnProbability), number(party.unsourced), shares(party.through),
          shares(party.origins), shares(party.payers), number(party.payersLow),
          number(party.payersHigh), number(party.sourcesLow), number(party.sourcesHigh),
        ]
      }
    )
  }

  /// Both sides of each dispute, a side a line.
  package static func disputes(_ report: DisputeReport) -> [UInt8] {
    csv(
      [
        "deal", "title", "payer", "payee", "aspect", "side", "account", "claim", "reported",
        "teller", "trust", "says", "words", "source",
      ],
      report.deals.flatMap { entry in
        entry.disputes.flatMap { dispute in
          [("stands", dispute.standing), ("against", dispute.contesting)].map { word, side in
            [
              entry.deal.id, entry.deal.title, entry.deal.payer, entry.deal.payee, dispute.aspect,
              word, side.account?.account ?? "", side.claim.id, side.claim.reported,
              side.claim.teller, side.claim.trust, side.claim.says, side.claim.words,
              side.claim.source,
            ]
          }
        }
      }
    )
  }

  /// Rows that hold some words.
  package static func hits(_ hits: [SearchReport.Hit]) -> [UInt8] {
    csv(["table", "id", "words"], hits.map { [$0.table, $0.id, $0.words] })
  }

  private static func csv(_ header: [String], _ rows: [[String]]) -> [UInt8] {
    var writer = CSVWriter(header: header)
    for row in rows { writer.append(row) }
    return writer.bytes
  }

  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    let rounded = value.rounded()
    return value == rounded && value.magnitude < 1e15 ? String(Int64(rounded)) : "\(value)"
  }

  private static func word(_ value: Bool) -> String { value ? "yes" : "no" }
  private static func list(_ values: [String]) -> String { values.joined(separator: " ") }
}
