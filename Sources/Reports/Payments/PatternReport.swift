internal import Columns
package import Loops
internal import Networks
package import Payments

/// The shapes of payments that people who hide money make, by kind, the least usual among the file's own parties first.
package struct PatternReport: Report {
  /// What is asked of payments.
  package struct Request: Sendable {
    /// What counts; amounts are in minor units.
    package var rules: PaymentPatterns.Rules
    /// The window as its user wrote it.
    package var within: String
    /// How many of each kind to tell.
    package var top: Int
    /// The kinds to look for.
    package var kinds = PaymentPatterns.Kind.allCases
    /// The number of threads; the answer is the same for any.
    package var threads = 1
    /// Whether to tell of money that goes back and forth between two as well.
    package var tellsBackAndForth = false
    /// The parties to tell of, by what the file calls them; all where there are none.
    package var parties: Set<String> = []
    /// The numbers of findings that are known already.
    package var known: Set<String> = []
    /// What currencies are worth, where that is given; without, money stays within one.
    package var rates: PaymentRates?

    /// Asks for what there is by `rules`.
    package init(_ rules: PaymentPatterns.Rules, within: String, top: Int) {
      (self.rules, self.within, self.top) = (rules, within, top)
    }
  }

  /// What was found of one kind.
  struct Group: Encodable, Sendable {
    let kind: String
    let measured: String
    let count: Int
    let complete: Bool
    let findings: [PatternFinding]
  }

  private enum CodingKeys: CodingKey { case measure, patterns, count, complete, notes }

  private let measure = "patterns"
  let scanned: ScannedPayments
  let groups: [Group]
  /// How many there are of all kinds that are told.
  let count: Int
  private let isComplete: Bool
  /// How many pairs go back and forth, where they are not told.
  private let hiddenPairs: Int
  /// What a reader has to know, a sentence each.
  package let notes: [String]

  /// Finds patterns among `payments`.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - request: What is asked.
  ///   - consume: Is given every finding.
  /// - Throws: What `consume` throws.
  package init(
    of payments: Payments,
    _ request: Request,
    each consume: ((PatternFinding) throws -> Void)? = nil
  ) rethrows {
    let search = payments.search(request.rates)
    let patterns = PaymentPatterns(of: search.columns, rules: request.rules)
    var question = PaymentPatterns.Request()
    (question.kinds, question.threads) = (request.kinds, request.threads)
    let answer = patterns.answer(question)
    scanned = ScannedPayments(
      payments,
      search,
      within: request.rules.window,
      request.within,
      hasRates: request.rates != nil
    )
    let writer = PatternWriter(payments, search, among: answer.partyCount)
    var groups: [Group] = []
    var hidden = 0
    for kind in PaymentPatterns.Kind.allCases {
      guard let all = answer.findings[kind] else { continue }
      let found = all.filter { writer.holds($0, request.parties) }
      guard kind != .backAndForth || request.tellsBackAndForth else {
        hidden = found.count
        continue
      }
      let isWhole = !answer.givenUp.contains(kind)
      groups.append(try Self.group(kind, found, isWhole, request, writer, consume))
    }
    (self.groups, hiddenPairs) = (groups, hidden)
    count = groups.reduce(0) { $0 + $1.count }
    isComplete = answer.givenUp.isEmpty
    notes = Self.notes(answer) + scanned.currencyNotes
  }

  private static func group(
    _ kind: PaymentPatterns.Kind,
    _ found: [PaymentPatterns.Finding],
    _ isWhole: Bool,
    _ request: Request,
    _ writer: PatternWriter,
    _ consume: ((PatternFinding) throws -> Void)?
  ) rethrows -> Group {
    // All of them in full only where somebody wants them, or must know which are new.
    let isAll = consume != nil || !request.known.isEmpty
    var told: [PatternFinding] = []
    var count = 0
    for one in isAll ? found : Array(found.prefix(request.top)) {
      let finding = writer.finding(one)
      guard !request.known.contains(finding.id) else { continue }
      count += 1
      if told.count < request.top { told.append(finding) }
      try consume?(finding)
    }
    return Group(
      kind: kind.rawValue,
      measured: kind.measured,
      count: isAll ? count : found.count,
      complete: isWhole,
      findings: told
    )
  }

  private static func notes(_ answer: PaymentPatterns.Answer) -> [String] {
    let given = answer.givenUp.map {
      "INCOMPLETE: too many payments within the window make pairs for \($0.rawValue); try a shorter --within or a larger --min"
    }
    return [
      "a pattern is no proof: each is ranked by how many of the \(Figures.count(answer.partyCount, "party", "parties")) of "
        + "these payments have as much of the same measure"
    ] + given
  }

  /// Writes what was searched and what was found side by side.
  package func encode(to encoder: any Encoder) throws {
    try scanned.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(measure, forKey: .measure)
    try container.encode(count, forKey: .count)
    try container.encode(isComplete, forKey: .complete)
    try container.encode(groups, forKey: .patterns)
    try container.encode(notes, forKey: .notes)
  }

  /// The answer for a person; parties go by what the file calls them.
  package func text(_: PartyNames) -> String {
    var lines = [scanned.summary(Figures.count(count, "pattern"))]
    lines += scanned.remarks.filter { !notes.contains($0) }
    lines += notes.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    for group in groups where group.count > 0 {
      lines += ["", "\(group.kind): \(Figures.grouped(group.count)), by \(group.measured)"]
      let header = ["who", "measure", "as many have", "paid", "kept", "from", "to", "on lines"]
      lines += TextTable.figures(header, group.findings.map(\.cells))
    }
    if hiddenPairs > 0 {
      let pairs = Figures.count(hiddenPairs, "pair")
      lines += [
        "", "\(pairs) paid each other at least twice each way; --back-and-forth lists them.",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension PatternReport: TabularReport {
  private struct Row {
    let finding: String
    let payment: ScanReport.Payment
  }

  /// The patterns that are told, their payments, and the files.
  package func sheets(_: PartyNames) -> [Sheet] {
    let findings = groups.flatMap(\.findings)
    let rows = findings.flatMap { finding in
      finding.payments.map { Row(finding: finding.id, payment: $0) }
    }
    return [
      Sheet("Patterns", findings, Self.columns),
      Sheet(
        "Payments of patterns",
        rows,
        [.text("pattern") { $0.finding }] + ScanReport.columns.of { $0.payment }
      ),
      scanned.files,
    ]
  }

  /// What was searched, what was found, and what a reader has to know.
  package func paragraphs(_: PartyNames) -> [String] {
    [scanned.summary(Figures.count(count, "pattern"))] + scanned.remarks + notes
  }

  private static var columns: [SheetColumn<PatternFinding>] {
    [
      .text("number") { $0.id }, .text("kind") { $0.kind }, .text("party") { $0.name ?? $0.party },
      .text("known by") { $0.party }, .number("measure") { $0.measure },
      .count("parties with as much") { $0.asUnusual }, .count("of") { $0.among },
      .text("who") {
        $0.layers.map { $0.joined(separator: ", ") }.joined(separator: " → ")
      },
      .fine("paid in") { $0.paidIn }, .fine("paid out") { $0.paidOut }, .share("kept") { $0.loss },
      .text("currency") { $0.currency }, .moment("from", text: { $0.first }),
      .moment("to", text: { $0.last }), .count("payments") { $0.payments.count },
    ]
  }
}
