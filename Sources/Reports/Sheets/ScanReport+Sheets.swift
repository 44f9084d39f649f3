extension ScanReport: TabularReport {
  private struct Row {
    let loop: String
    let step: Int
    let payment: Payment
  }

  /// The loops that are told, their payments with their lines, the busiest parties, counts, and the files.
  package func sheets(_: PartyNames) -> [Sheet] {
    let rows = largest.flatMap { loop in
      loop.payments.enumerated().map { Row(loop: loop.id, step: $0 + 1, payment: $1) }
    }
    return [
      Sheet("Loops", largest, Self.loopColumns),
      Sheet(
        "Payments on loops",
        rows,
        [.text("loop") { $0.loop }, .count("step") { $0.step }] + Self.columns.of { $0.payment }
      ),
      Sheet(
        "Busiest",
        busiest,
        [
          .text("party") { $0.name ?? $0.id }, .text("known by") { $0.id },
          .count("loops through it") { $0.loops },
        ]
      ),
      Sheet(
        "By length",
        byLength.byNumber,
        [.text("payments in a loop") { $0.key }, .count("loops") { $0.value }]
      ),
      Sheet(
        "By month",
        byMonth.sorted { $0.key < $1.key },
        [.text("first payment in") { $0.key }, .count("loops") { $0.value }]
      ),
      scanned.files,
    ]
  }

  /// What was searched, what was found, and what a reader has to know.
  package func paragraphs(_: PartyNames) -> [String] {
    let words = scanned.summary(Figures.count(count, "loop"))
    let shown = "The \(Figures.count(largest.count, "largest", "largest")) are on the sheets."
    return [isComplete ? words : "INCOMPLETE: there are more. \(words)", shown] + scanned.remarks
      + [tieNote].compactMap(\.self)
  }

  private static var loopColumns: [SheetColumn<Loop>] {
    [
      .text("number") { $0.id },
      .text("loop") { ($0.called + $0.called.prefix(1)).joined(separator: " → ") },
      .count("payments") { $0.payments.count }, .fine("least on it") { $0.bottleneck },
      .fine("in all") { $0.total }, .text("currency") { $0.currency },
      .moment("from", text: { $0.payments.first?.time }),
      .moment("to", text: { $0.payments.last?.time }),
      .share("kept by each hand") { $0.lossPerHop },
    ]
  }

  static var columns: [SheetColumn<Payment>] {
    [
      .text("file") { $0.file }, .count("line") { $0.line }, .moment("time", text: { $0.time }),
      .text("payer") { $0.payer }, .text("payee") { $0.payee }, .fine("amount") { $0.amount },
      .text("currency") { $0.currency },
    ]
  }
}

extension ReturnReport: TabularReport {
  private struct Row {
    let finding: String
    let payment: ReturnFinding.Payment
  }

  /// The returns that are told, the payments that can have carried them, and the files.
  package func sheets(_: PartyNames) -> [Sheet] {
    let told = tellsBackAndForth ? returned : throughOthers
    let rows = told.flatMap { finding in
      finding.payments.map { Row(finding: finding.id, payment: $0) }
    }
    return [
      Sheet("Returns", told, Self.findingColumns),
      Sheet(
        "Payments of returns",
        rows,
        [
          .text("return") { $0.finding }, .text("file") { $0.payment.file },
          .count("line") { $0.payment.line }, .moment("time", text: { $0.payment.time }),
          .text("payer") { $0.payment.payer }, .text("payee") { $0.payment.payee },
          .fine("amount") { $0.payment.amount }, .fine("can have carried") { $0.payment.carried },
          .text("currency") { $0.payment.currency },
        ]
      ),
      scanned.files,
    ]
  }

  /// What was searched, what was found, and what a reader has to know.
  package func paragraphs(_: PartyNames) -> [String] {
    let found = Figures.count(throughCount, "return")
    return [scanned.summary("\(found) through at least two others")] + scanned.remarks + notes
  }

  private static var findingColumns: [SheetColumn<ReturnFinding>] {
    [
      .text("number") { $0.id }, .text("party") { $0.name ?? $0.party },
      .text("known by") { $0.party }, .fine("came back") { $0.returned },
      .fine("had left") { $0.left }, .fine("through others, at most") { $0.throughOthers },
      .fine("between two, at most") { $0.betweenTwo },
      .fine("beyond what two can do") { $0.beyondTwo }, .text("currency") { $0.currency },
      .moment("from", text: { $0.first }), .moment("to", text: { $0.last }),
      .text("through") { $0.hands.joined(separator: ", ") }, .count("ways") { $0.ways },
    ]
  }
}

extension ScannedPayments {
  /// The files, and how each was understood.
  var files: Sheet { read.sheet }
}
