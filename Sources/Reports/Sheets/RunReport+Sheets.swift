internal import Projection

extension RunReport: TabularReport {
  /// Who fails, cash month by month, losses, what goes round, and what the answer rests on.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    let parties = result?.parties ?? []
    let cash = parties.flatMap { party in party.cash.map { (id: party.id, band: $0) } }
    return [
      failures(parties, names),
      Sheet(
        "Cash",
        cash,
        SheetColumn.party("party", names) { $0.id } + [
          .text("month") { $0.band.month }, .amount("1 path in 20 has less") { $0.band.p05 },
          .amount("1 in 4 has less") { $0.band.p25 }, .amount("half have less") { $0.band.p50 },
          .amount("3 in 4 have less") { $0.band.p75 },
          .amount("19 in 20 have less") { $0.band.p95 },
          .share("failed by then") { $0.band.failed },
        ]
      ),
      Sheet(
        "Losses",
        result?.losses ?? [],
        SheetColumn.party("party", names) { $0.party }
          + [.amount("loses on average, dollars") { $0.amount }]
      ),
      loops, driverSheet(names), assumptionSheet(names), missingSheet(names),
    ]
  }

  /// The answer in sentences.
  package func paragraphs(_: PartyNames) -> [String] {
    file.answerWords.isEmpty ? [] : [file.answerWords]
  }

  private func failures(_ parties: [ProjectionReport.Party], _ names: PartyNames) -> Sheet {
    Sheet(
      "Who fails",
      parties,
      SheetColumn.party("party", names) { $0.id } + [
        .share("fails on") { $0.fails }, .share("fails first on") { $0.failsFirst },
        .text("half by") { $0.failsBy }, .amount("owes then, dollars") { $0.owedAtFailure },
        .share("of it got back") { $0.recovery },
      ]
    )
  }

  private var loops: Sheet {
    Sheet(
      "On loops",
      result?.closedLoop ?? [],
      [
        .text("months") { $0.period }, .share("1 path in 20 has less") { $0.p05 },
        .share("1 in 4 has less") { $0.p25 }, .share("half have less") { $0.p50 },
        .share("3 in 4 have less") { $0.p75 }, .share("19 in 20 have less") { $0.p95 },
      ]
    )
  }

  private func driverSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "What moves it",
      drivers,
      SheetColumn.party("of", names) { $0.subject } + [
        .text("what") { $0.name }, .amount("outside money, fifth with least") { $0.low },
        .amount("fifth with most") { $0.high }, .amount("all paths") { $0.mean },
      ]
    )
  }

  private func assumptionSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "Assumptions",
      assumptions,
      SheetColumn.party("of", names) { $0.subject } + [
        .text("says") { $0.words }, .text("because") { $0.because },
        .rows("rests on") { $0.evidence },
      ]
    )
  }

  private func missingSheet(_ names: PartyNames) -> Sheet {
    Sheet(
      "Not known",
      missing,
      SheetColumn.party("party", names) { $0.party } + [
        .text("not known") { $0.figures.joined(separator: ", ") },
        .text("so that") { $0.consequence },
      ]
    )
  }
}
