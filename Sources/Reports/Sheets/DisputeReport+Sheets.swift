extension DisputeReport: TabularReport {
  private struct Row {
    let deal: DealLine
    let aspect: String
    let role: String
    let side: Side
  }

  /// Both sides of each dispute, and everything that was said of the deals.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    let rows = deals.flatMap { entry in
      entry.disputes.flatMap { dispute in
        [("stands", dispute.standing), ("against", dispute.contesting)].map {
          Row(deal: entry.deal, aspect: dispute.aspect, role: $0, side: $1)
        }
      }
    }
    let said = deals.flatMap { entry in entry.claims.map { (deal: entry.deal, claim: $0) } }
    return [
      Sheet(
        "Disputes",
        rows,
        Self.deal(names).of { $0.deal } + [
          .text("disputed") { $0.aspect }, .text("this side") { $0.role },
          .text("account") { $0.side.account?.account ?? "denied" },
          .amount("at least") { $0.side.account?.low },
          .amount("at most") { $0.side.account?.high },
          .text("currency") { $0.side.account?.currency },
        ] + SheetColumn.claim.of { $0.side.claim }
      ),
      Sheet(
        "All that was said",
        said,
        Self.deal(names).of { $0.deal } + SheetColumn.claim.of { $0.claim }
      ),
    ]
  }

  private static func deal(_ names: PartyNames) -> [SheetColumn<DealLine>] {
    [
      .text("deal") { $0.id }, .text("title") { $0.title },
      .text("payer") { names($0.payer) }, .text("payee") { names($0.payee) },
    ]
  }
}
