package import Claims
internal import Networks
internal import Tables

/// The deals of a view, or the flows of a period, with the rows each rests on.
package struct DealsReport: Report, Codable {
  /// A deal that carries no flow, and why.
  package struct LeftOutDeal: Codable, Sendable {
    /// The deal.
    package let deal: DealLine
    /// The reason.
    package let reason: String
    /// In plain words.
    package let explanation: String
    /// The money it leaves unplaced, in dollars; `nil` where nobody said how much.
    package let money: Double?
  }

  /// What is listed.
  package enum Subject: String, Codable, Sendable {
    case deals, flows
    case leftOut = "left-out"
  }

  /// What is listed.
  package let subject: Subject
  /// The day.
  package let asOf: String
  /// The deals, by id; empty when flows or what is left out is asked for.
  package let deals: [DealLine]
  /// The flows, the largest first.
  package let flows: [FlowLine]
  /// What the flows are of.
  package let period: String?
  /// What is left out.
  package let leftOut: [LeftOutDeal]
  /// Plans that actuals replaced, with what they would have come to.
  package let replaced: [FlowLine]

  /// The deals of a view that are asked for.
  package init(_ view: View, _ selection: DealSelection = DealSelection()) {
    asOf = view.request.asOf.description
    deals = selection.deals(of: view).map { DealLine($0) }
    (subject, flows, period, leftOut, replaced) = (.deals, [], nil, [], [])
  }

  /// The flows of a footing that are asked for.
  package init(flowsOf footing: Footing, _ selection: DealSelection = DealSelection()) {
    let view = footing.ledger.view
    asOf = view.request.asOf.description
    period = footing.period
    flows = selection.flows(FlowLines(footing).all, in: view)
    replaced = selection.flows(FlowLines(replacedIn: footing).all, in: view)
    (subject, deals, leftOut) = (.flows, [], [])
  }

  /// The deals asked for that a footing leaves out.
  package init(leftOutOf footing: Footing, _ selection: DealSelection = DealSelection()) {
    let view = footing.ledger.view
    let asked = selection.deals(of: view)
    let byID = Dictionary(uniqueKeysWithValues: asked.map { ($0.deal.id, $0) })
    let places = Dictionary(uniqueKeysWithValues: asked.enumerated().map { ($1.deal.id, $0) })
    asOf = view.request.asOf.description
    period = footing.ledger.request.period.description
    let left = footing.leftOut.enumerated().sorted { one, other in
      guard selection.order != nil else { return one.offset < other.offset }
      let (first, second) = (places[one.element.deal] ?? 0, places[other.element.deal] ?? 0)
      return (first, one.offset) < (second, other.offset)
    }
    leftOut = left.map(\.element).compactMap { left in
      byID[left.deal].map { dealView in
        LeftOutDeal(
          deal: DealLine(dealView),
          reason: left.reason.rawValue,
          explanation: left.reason.explanation,
          money: left.money.flatMap(\.most).map(footing.unit.whole)
        )
      }
    }
    (subject, deals, flows, replaced) = (.leftOut, [], [], [])
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    let lines: [String]
    switch subject {
    case .deals: lines = dealLines(names)
    case .flows: lines = flowLines(names)
    case .leftOut: lines = leftOutLines(names)
    }
    return lines.legibleText + "\n"
  }

  private func dealLines(_ names: PartyNames) -> [String] {
    var table = TextTable([.left, .left, .left, .left])
    for deal in deals {
      table.add(
        deal.id,
        "\(names(deal.payer)) → \(names(deal.payee))",
        deal.kind,
        deal.account + (deal.disputed ? "; disputed" : "")
      )
    }
    return ["\(counted(deals.count, "deal")) as of \(asOf)"] + table.lines()
  }

  private func leftOutLines(_ names: PartyNames) -> [String] {
    var table = TextTable([.left, .left, .left, .left])
    for left in leftOut {
      let money = left.money.map { Figures.dollars($0) } ?? ""
      table.add(
        left.deal.id,
        "\(names(left.deal.payer)) → \(names(left.deal.payee))",
        left.explanation,
        money
      )
    }
    let count = counted(leftOut.count, "deal")
    return ["\(count) left out of \(period ?? "the period"), as of \(asOf)"] + table.lines()
  }

  private func flowLines(_ names: PartyNames) -> [String] {
    var table = TextTable([.left, .right, .left, .left, .left])
    if !flows.isEmpty { table.add("", "dollars", "range", "grade", "rows of the book") }
    for flow in flows { table.add(cells: cells(of: flow, names)) }
    let count = counted(flows.count, "pair")
    var lines = ["Flows of \(period ?? "the period"), as of \(asOf): \(count)"] + table.lines()
    if !replaced.isEmpty {
      var table = TextTable([.left, .right, .left, .left, .left])
      for flow in replaced { table.add(cells: cells(of: flow, names)) }
      lines +=
        ["", "Plans that actuals of the same days replaced; they count nowhere"] + table.lines()
    }
    return lines
  }

  private func cells(of flow: FlowLine, _ names: PartyNames) -> [String] {
    let cited = flow.evidence.prefix(8).joined(separator: " ")
    let more = flow.evidence.count > 8 ? " and \(flow.evidence.count - 8) more" : ""
    return [
      "\(names(flow.payer)) → \(names(flow.payee))", flow.amountWords, flow.rangeWords,
      flow.gradeWords + (flow.disputed ? "; disputed" : ""), cited + more,
    ]
  }
}
