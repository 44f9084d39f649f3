internal import Networks

extension SheetColumn {
  /// The same column of what holds a value.
  func of<Whole>(_ part: @escaping (Whole) -> Value) -> SheetColumn<Whole> {
    SheetColumn<Whole>(heading) { cell(part($0)) }
  }

  /// A party by its name, and by its id beside it.
  static func party(
    _ title: String,
    _ names: PartyNames,
    _ id: @escaping (Value) -> String?
  ) -> [Self] {
    [.text(title) { id($0).map(names.name) }, .text("\(title) id", id)]
  }
}

extension Array {
  /// The same columns of what holds a value.
  func of<Whole, Value>(_ part: @escaping (Whole) -> Value) -> [SheetColumn<Whole>]
  where Element == SheetColumn<Value> {
    map { $0.of(part) }
  }
}

extension SheetColumn<FlowLine> {
  /// Who pays whom how much, by grade, and the rows behind it.
  static func flow(_ names: PartyNames) -> [Self] {
    let grades = Grade.allCases.map { grade in
      Self.amount("of it \(grade.words)") { $0.grades[grade.rawValue] ?? nil }
    }
    return party("payer", names) { $0.payer } + party("payee", names) { $0.payee }
      + [
        .amount("dollars") { $0.amount }, .amount("at least") { $0.low },
        .amount("at most") { $0.high }, .text("grade") { $0.gradeWords },
      ] + grades
      + [
        .flag("disputed") { $0.disputed }, .flag("filled in or assumed") { $0.assumed },
        .text("deals") { $0.deals.joined(separator: " ") }, .rows("rests on") { $0.evidence },
        .rows("confirmed by") { $0.agrees },
      ]
  }
}

extension SheetColumn<DealLine> {
  /// A deal as it stands, and the claims that count.
  static func deal(_ names: PartyNames) -> [Self] {
    [.text("deal") { $0.id }, .text("title") { $0.title }]
      + party("payer", names) { $0.payer } + party("payee", names) { $0.payee }
      + [
        .text("kind") { $0.kind }, .text("status") { $0.status },
        .flag("in force") { $0.inForce }, .text("measured as") { $0.level },
        .amount("at least") { $0.low }, .amount("at most") { $0.high },
        .text("currency") { $0.currency }, .day("from") { $0.start }, .day("until") { $0.end },
        .flag("disputed") { $0.disputed }, .rows("rests on") { $0.claims },
      ]
  }
}

extension SheetColumn<EconomyReport.Loop> {
  /// A loop, and what goes round on it.
  static func loop(_ names: PartyNames) -> [Self] {
    [
      .text("loop") { names.round($0.parties) }, .count("parties") { $0.parties.count },
      .amount("goes round, dollars") { $0.bottleneck }, .amount("at least") { $0.low },
      .amount("at most") { $0.high }, .amount("all paid on it") { $0.total },
      .flag("disputed") { $0.disputed }, .flag("filled in or assumed") { $0.assumed },
      .rows("rests on") { loop in
        var seen: Set<String> = []
        return loop.payments.flatMap(\.evidence).filter { seen.insert($0).inserted }
      },
    ]
  }
}

extension SheetColumn<ClaimLine> {
  /// A claim, and where it stands.
  static var claim: [Self] {
    [
      .rows("claim") { [$0.id] }, .day("reported") { $0.reported }, .text("teller") { $0.teller },
      .text("trust") { $0.trust }, .text("says") { $0.says }, .text("words") { $0.words },
      .text("publisher") { $0.publisher }, .text("document") { $0.title },
      .text("address") { $0.url },
    ]
  }
}

/// The payments of loops, each beside its loop's number.
struct LoopPayments {
  private struct Row {
    let loop: Int
    let step: Int
    let flow: FlowLine
  }

  let sheet: Sheet

  init(_ loops: [EconomyReport.Loop], _ names: PartyNames) {
    let rows = loops.enumerated().flatMap { number, loop in
      loop.payments.enumerated().map { Row(loop: number + 1, step: $0 + 1, flow: $1) }
    }
    sheet = Sheet(
      "Payments on loops",
      rows,
      [.count("loop") { $0.loop }, .count("step") { $0.step }]
        + SheetColumn.flow(names).of { $0.flow }
    )
  }
}
