extension BacktestReport: TabularReport {
  /// Every figure with its forecast, the summaries, and what could not have been assumed.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    [
      figureSheet(names), summarySheet("By figure", kinds), summarySheet("By party", parties),
      hindsightSheet,
    ]
  }

  private func figureSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "Figures",
      lines,
      [.text("figure") { $0.figure.rawValue }] + SheetColumn.party("party", names) { $0.party } + [
        .text("payee") { $0.payee.map { names($0) } }, .text("period") { $0.period },
        .amount("1 path in 10 has less, dollars") { $0.forecast.p10 },
        .amount("1 in 4 has less") { $0.forecast.p25 },
        .amount("half have less") { $0.forecast.p50 },
        .amount("3 in 4 have less") { $0.forecast.p75 },
        .amount("9 in 10 have less") { $0.forecast.p90 },
        .amount("came, at least") { $0.cameLow }, .amount("came, at most") { $0.cameHigh },
        .flag("in the half") { $0.inHalf }, .flag("in four fifths") { $0.inFourFifths },
        .amount("interval score") { $0.score },
        .amount("interval score as before") { $0.scoreAsBefore },
        .rows("evidence") { $0.evidence }, .rows("told since") { $0.told.map(\.claim) },
      ]
    )
  }

  private func summarySheet(_ title: String, _ rows: [Summary]) -> Sheet {
    Sheet(
      title,
      rows,
      [
        .text("of") { $0.of }, .count("figures") { $0.figures },
        .count("in the half") { $0.inHalf }, .count("in four fifths") { $0.inFourFifths },
        .number("score as a share of what came") { $0.score },
        .number("the same where there is a before") { $0.scoreBeside },
        .number("score as before") { $0.scoreAsBefore },
      ]
    )
  }

  private var hindsightSheet: Sheet {
    Sheet(
      "Hindsight",
      hindsight,
      [.text("of") { $0.subject }, .text("says") { $0.words }, .rows("cites") { $0.rows }]
    )
  }
}
