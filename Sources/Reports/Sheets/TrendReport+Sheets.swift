extension TrendReport: TabularReport {
  private struct Told {
    let period: String
    let account: Account

    static func columns() -> [SheetColumn<Told>] {
      [.text("period") { $0.period }, .day("as known on") { $0.account.asOf }]
    }
  }

  /// Every period as known now and as known then: footings, real dollars, and loops.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    let told = points.flatMap { point in
      [point.now, point.then].compactMap(\.self).map { Told(period: point.period, account: $0) }
    }
    return [
      Sheet(
        "Trend",
        told.flatMap { told in told.account.footings.map { (told: told, line: $0) } },
        Told.columns().of { $0.told } + Self.footingColumns
      ),
      Sheet(
        "Real dollars",
        told.flatMap { told in told.account.realDollars.lines.map { (told: told, line: $0) } },
        Told.columns().of { $0.told } + SheetColumn.realDollars.of { $0.line }
      ),
      Sheet(
        "Loops",
        told.flatMap { told in
          told.account.footings.flatMap { line in
            line.loops.map { (told: told, footing: line.footing.rawValue, loop: $0) }
          }
        },
        Told.columns().of { $0.told } + [.text("footing") { $0.footing }]
          + SheetColumn.loop(names).of { $0.loop }
      ),
    ]
  }

  private static var footingColumns: [SheetColumn<(told: Told, line: FootingLine)>] {
    let shares = { (row: (told: Told, line: FootingLine)) in
      row.told.account.isWithheld ? nil : row.line
    }
    return [
      .text("footing") { $0.line.footing.rawValue },
      .amount("paid inside, dollars") { $0.line.total },
      .amount("at least") { $0.line.totalRange.low },
      .amount("at most") { $0.line.totalRange.high },
      .amount("on loops, dollars") { $0.line.circulation },
      .amount("on loops, at least") { $0.line.circulationRange.low },
      .amount("on loops, at most") { $0.line.circulationRange.high },
      .share("of each dollar") { shares($0)?.share },
      .share("share, at least") { shares($0)?.shareRange.low },
      .share("share, at most") { shares($0)?.shareRange.high },
      .share("told so far") { $0.told.account.coverage },
      .flag("withheld") { $0.told.account.isWithheld },
      .rows("assumptions") { $0.line.assumptions },
    ]
  }
}
