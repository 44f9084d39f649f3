extension DealsReport: TabularReport {
  /// The deals, the flows and the plans that actuals replaced, or the deals left out.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    switch subject {
    case .deals: [Sheet("Deals", deals, SheetColumn.deal(names))]
    case .flows:
      [
        Sheet("Flows", flows, SheetColumn.flow(names)),
        Sheet("Plans replaced", replaced, SheetColumn.flow(names)),
      ]
    case .leftOut:
      [
        Sheet(
          "Left out",
          leftOut,
          SheetColumn.deal(names).of { $0.deal } + [
            .text("left out because") { $0.explanation },
            .amount("unplaced, dollars") { $0.money },
          ]
        )
      ]
    }
  }
}

extension FlowCalendar: TabularReport {
  /// A row a pair, a column a period.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    let columns = periods.enumerated().map { place, period in
      SheetColumn<Row>.amount(period) { $0.amounts[place] == 0 ? nil : $0.amounts[place] }
    }
    return [
      Sheet(
        "Flows",
        rows,
        SheetColumn.party("payer", names) { $0.payer }
          + SheetColumn.party("payee", names) { $0.payee } + columns
          + [.amount("total") { $0.total }]
      )
    ]
  }
}
