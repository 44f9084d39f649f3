package import Claims
package import Drawing
package import Reports

/// Charts of a network or a book: whose money, all measures, ranges, and deals over time.
package enum ChartPictures {
  /// Whose money the parties with the most of it live on.
  ///
  /// - Parameters:
  ///   - parties: What each lives on.
  ///   - top: How many to show.
  ///   - subtitle: The period, and what the flows are.
  ///   - view: The book, where there is one.
  ///   - amount: How an amount is written.
  ///   - links: Where marks lead.
  /// - Returns: The chart.
  package static func provenance(
    of parties: [EconomyReport.PartyLine],
    top: Int,
    subtitle: String,
    view: View?,
    amount: (Double) -> String,
    links: FlowPictures.Links
  ) -> ProvenanceBars {
    let names = view.map { PartyNames($0) }
    let name = { (id: String) in names?.shortName(id) ?? id }
    let shown = parties.filter { !$0.origins.isEmpty }.prefix(top)
    var origins: [ProvenanceBars.Origin] = []
    var seen: Set<String> = []
    for share in shown.flatMap(\.origins) where seen.insert(share.id).inserted {
      origins.append(
        ProvenanceBars.Origin(id: share.id, label: name(share.id), group: group(of: share.id, view))
      )
    }
    let bars = shown.map { party in
      ProvenanceBars.Party(
        label: name(party.id),
        amount: amount(party.throughflow),
        shares: party.origins.map { ProvenanceBars.Share($0.id, $0.share) },
        through: party.through.prefix(3).map { ProvenanceBars.Through(name($0.id), $0.share) },
        href: links.party(party.id)
      )
    }
    return ProvenanceBars(
      Caption("Whose money each lives on", subtitle: subtitle),
      origins: origins,
      parties: Array(bars)
    )
  }

  /// What sort of origin an id names.
  private static func group(of id: String, _ view: View?) -> String {
    if id.hasPrefix("reserves:") { return "own reserves" }
    if let people = PartyNames.people(of: id) { return people }
    guard let view else { return "from outside" }
    return view.party(id)?.kind.rawValue ?? "other"
  }

  /// All measures of the same network side by side, the closed-loop share on each footing first.
  ///
  /// - Parameters:
  ///   - measures: The measures.
  ///   - footings: The closed-loop share with its ranges; none for a network without a book.
  ///   - subtitle: The period, and what the flows are.
  /// - Returns: The chart.
  package static func panel(
    of measures: EconomyReport.Measures,
    footings: [FootingLine] = [],
    subtitle: String
  ) -> MeasuresPanel {
    let shares = footings.map { line in
      MeasuresPanel.Measure(
        label: line.footing.rawValue,
        detail:
          "\(Figures.dollars(line.circulation)) of \(Figures.dollars(line.total))",
        share: line.share,
        range: line.shareRange.low...line.shareRange.high
      )
    }
    let rows = measures.rows.map { row in
      MeasuresPanel.Measure(label: row.name, detail: row.meaning, share: row.share, text: row.value)
    }
    let first = MeasuresPanel.Section("closed-loop share", measures: shares)
    let rest = MeasuresPanel.Section(
      shares.isEmpty ? "" : "other measures",
      measures: Array(rows.dropFirst(shares.isEmpty ? 0 : 1))
    )
    return MeasuresPanel(
      Caption("All measures side by side", subtitle: subtitle),
      sections: shares.isEmpty ? [rest] : [first, rest]
    )
  }

  /// What moves the closed-loop share, footing by footing.
  package static func swings(
    of report: EconomyReport,
    _ names: PartyNames,
    links: FlowPictures.Links
  ) -> RangeChart {
    var footing = ""
    let rows = report.toldSwings.map { swing in
      let section = swing.footing.rawValue == footing ? "" : swing.footing.rawValue
      footing = swing.footing.rawValue
      let standing = report.footings.first { $0.footing == swing.footing }?.share
      return RangeChart.Row(
        section: section,
        label: swing.words(names),
        detail: swing.disputed ? "disputed" : "",
        value: standing,
        range: swing.low...swing.high,
        text: standing.map { Figures.percent($0) },
        href: swing.evidence.first.flatMap(links.row)
      )
    }
    return RangeChart(
      Caption(
        "What moves the closed-loop share",
        subtitle: "one thing at a time, all else standing"
      ),
      rows: rows,
      format: { Figures.percent($0) }
    )
  }
}

extension ChartPictures {
  /// Deals over their terms, with what was said of them.
  ///
  /// - Parameters:
  ///   - view: The book as seen.
  ///   - party: Only deals of this party, where given.
  ///   - chosenDeal: Only this deal, where given.
  ///   - top: How many deals: the disputed first, then those of the largest amounts.
  ///   - window: The days shown; all that are named by default.
  ///   - links: Where marks lead.
  /// - Returns: The chart.
  package static func timeline(
    of view: View,
    party: String? = nil,
    deal chosenDeal: String? = nil,
    top: Int,
    window: Period? = nil,
    links: FlowPictures.Links
  ) -> Timeline {
    let names = PartyNames(view)
    let size = { (deal: DealView) in
      deal.standing.quoted?.amount.range.point
        ?? deal.standing.payments.reduce(0) { $0 + $1.amount.range.point }
    }
    let asked = view.deals.filter { deal in
      (party == nil || [deal.deal.payer, deal.deal.payee].contains(party))
        && (chosenDeal == nil || deal.deal.id == chosenDeal)
    }
    .filter { deal in
      guard let window else { return true }
      return deal.claims.contains {
        $0.reported.last >= window.first && $0.reported.first <= window.last
      }
    }
    let chosen = asked.sorted {
      ($0.isDisputed ? 1 : 0, size($0), $1.deal.id) > ($1.isDisputed ? 1 : 0, size($1), $0.deal.id)
    }
    .prefix(top).sorted { firstDay($0) < firstDay($1) }
    return Timeline(
      Caption(
        "Deals over time",
        subtitle: "as known on \(view.request.asOf)",
        note: chosen.count < asked.count ? "\(chosen.count) of \(asked.count) deals" : ""
      ),
      deals: chosen.map { deal($0, view, names, links) },
      asOf: day(view.request.asOf),
      window: window.map { day($0.first)...day($0.last) }
    )
  }

  private static func firstDay(_ deal: DealView) -> (Day) {
    deal.claims.map(\.reported.last).min() ?? Day(ordinal: 0)
  }

  private static func day(_ day: Day) -> ChartDay { ChartDay(number: day.ordinal) }

  private static func deal(
    _ dealView: DealView,
    _ view: View,
    _ names: PartyNames,
    _ links: FlowPictures.Links
  ) -> Timeline.Deal {
    let deal = dealView.deal
    let readings = dealView.readings.map { reading in
      Timeline.Reading(
        text: DealLine(dealView, reading: reading).shortAccount,
        start: reading.term.start.map { day($0.first) },
        end: reading.term.end.map { day($0.last) },
        standing: standing(reading, deal)
      )
    }
    let claims = dealView.claims.map { claim in
      Timeline.Claim(
        reported: day(claim.reported.last),
        act: act(claim),
        trust: trust(view.trust(of: claim, in: deal)),
        label:
          "\(view.teller(of: claim)): \(claim.status?.rawValue ?? claim.says?.rawValue ?? "says")",
        href: links.row(claim.id)
      )
    }
    return Timeline.Deal(
      label: deal.title,
      group: "\(names.shortName(deal.payer)) → \(names.shortName(deal.payee))",
      kind: deal.kind.rawValue,
      readings: readings,
      claims: claims,
      href: links.deal(deal.id) ?? dealView.claims.first.flatMap { links.row($0.id) }
    )
  }

  private static func standing(_ reading: Reading, _ deal: Deal) -> Timeline.Standing {
    guard reading.isInForce else { return .ended }
    if deal.kind.isContingent { return .contingent }
    return reading.status?.isBinding == true ? .firm : .planned
  }

  private static func act(_ claim: Claim) -> Timeline.Act {
    if claim.status == .denied { return .denies }
    switch claim.says {
    case .confirm: return .confirms
    case .deny: return .denies
    case .amend, .supersede: return .amends
    case .novate: return .novates
    case nil: return claim.status?.isWayOut == true ? .ends : .says
    }
  }

  private static func trust(_ trust: Trust) -> Timeline.Trust {
    switch trust {
    case .filing: .filing
    case .statement: .statement
    case .news: .news
    case .analysis: .analysis
    case .rumour: .rumour
    }
  }
}
