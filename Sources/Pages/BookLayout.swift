internal import Reports

/// What pages about a book share: parties by name, deals by title, and flows with the rows behind them.
protocol BookLayout: PageLayout {
  /// What people call the parties.
  var names: PartyNames { get }
}

extension BookLayout {
  /// A party by its name.
  func named(_ id: String) -> HTML { link(names.name(id), to: addresses.party(id)) }

  /// A deal by its title.
  func deal(_ deal: DealLine) -> HTML { link(deal.title, to: addresses.deal(deal.id)) }

  /// Who pays whom.
  func pair(_ payer: String, _ payee: String) -> HTML {
    link("\(names.name(payer)) → \(names.name(payee))", to: addresses.pair(payer, payee))
  }

  /// Flows, the largest first, each with its grades and the rows behind it.
  func flowTable(_ flows: [FlowLine]) -> HTML {
    let rows = flows.map { flow in
      Row([
        pair(flow.payer, flow.payee), "\(flow.amountWords)", "\(flow.rangeWords)",
        grades(flow), cited(flow),
      ])
    }
    return table(
      [
        .words("who pays whom"), .figure("dollars"), .figure("range"), .words("grade"),
        .words("rows of the book"),
      ],
      rows
    )
  }

  /// The rows behind a flow; where they are many and the flow has a view of its own, the first of them.
  private func cited(_ flow: FlowLine) -> HTML {
    let most = 8
    guard flow.evidence.count > most, let all = addresses.pair(flow.payer, flow.payee) else {
      return links(flow.evidence)
    }
    let more = link("and \(flow.evidence.count - most) more", to: all)
    return "\(plainLinks(flow.evidence.prefix(most))) \(more)"
  }

  private func grades(_ flow: FlowLine) -> HTML {
    "\(flow.gradeWords)\(flow.disputed ? ", disputed" : "")"
  }
}
