package import Claims
internal import Networks
internal import Tables

/// Where the sources of a book contradict each other, and where its promises do not fit the accounts: both sides of each.
package struct CheckReport: Report, Codable {
  /// A figure of one party and period of which two accounts cannot both be true.
  package struct ContestedFact: Codable, Sendable {
    /// The party.
    package let party: String
    /// The other side, where it is about one.
    package let counterparty: String?
    /// What is measured.
    package let metric: String
    /// The days.
    package let period: String
    /// What stands, first, and what contests it.
    package let accounts: [Account]
  }

  /// What one row says.
  package struct Account: Codable, Sendable {
    /// The row.
    package let row: String
    /// What it says, in words.
    package let words: String
    /// Who says so.
    package let teller: String
  }

  /// Promises cut to what a stated total leaves.
  package struct ClipLine: Codable, Sendable {
    /// The party whose total it is.
    package let party: String
    /// Whether it was to pay, and not to be paid.
    package let isPayer: Bool
    /// The days of the total.
    package let period: String
    /// What was promised, in dollars.
    package let planned: Double
    /// What there was room for.
    package let room: Double
    /// The rows of both sides.
    package let evidence: [String]
  }

  /// The day.
  package let asOf: String
  /// Totals and parts that cannot both be right.
  package let contradictions: [ContradictionLine]
  /// Figures of one period that cannot both be true.
  package let facts: [ContestedFact]
  /// Deals that tellers disagree about, by id.
  package let disputes: [DealLine]
  /// Promises that do not fit the accounts.
  package let clips: [ClipLine]

  /// Checks everything that a view knows, up to its day.
  ///
  /// - Parameter view: The book, seen on a day.
  package init(_ view: View) {
    let first = Day(year: 1900, month: 1, day: 1) ?? view.request.asOf
    let days = Period(first: min(first, view.request.asOf), last: view.request.asOf)
    let ledger = days.map { Ledger(view, Ledger.Request(period: $0)) }
    asOf = view.request.asOf.description
    contradictions =
      ledger.map { ledger in
        ledger.contradictions.map { ContradictionLine($0, ledger.unit) }
      } ?? []
    clips =
      ledger.map { ledger in
        ledger.clips.map { clip in
          ClipLine(
            party: clip.party,
            isPayer: clip.isPayer,
            period: clip.period.description,
            planned: ledger.unit.whole(clip.planned),
            room: ledger.unit.whole(clip.room),
            evidence: clip.evidence.map(\.id)
          )
        }
      } ?? []
    disputes = view.deals.filter(\.isDisputed).map { DealLine($0) }
    facts = view.factSeries().sorted { $0.key < $1.key }.flatMap { key, readings in
      readings.filter(\.isContested).map { ContestedFact(key, $0, view) }
    }
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var sections = [["Checked as of \(asOf): \(summary)"]]
    if !contradictions.isEmpty {
      sections.append(
        ["Totals that their parts do not add up to"]
          + contradictions.flatMap { $0.lines(names) }
      )
    }
    if !facts.isEmpty {
      sections.append(
        ["Figures of one period that cannot both be true"] + facts.flatMap { $0.lines(names) }
      )
    }
    if !disputes.isEmpty {
      var table = TextTable([.left, .left, .left])
      for deal in disputes {
        table.add(deal.id, "\(names(deal.payer)) → \(names(deal.payee))", deal.account)
      }
      sections.append(["Deals that tellers disagree about  [ouro disputes]"] + table.lines())
    }
    if !clips.isEmpty {
      sections.append(
        ["Promises that do not fit the accounts, cut to what these leave"]
          + clips.flatMap { $0.lines(names) }
      )
    }
    return sections.map(\.legibleText).joined(separator: "\n\n") + "\n"
  }

  private var summary: String {
    let counts = [
      counted(contradictions.count, "total"), counted(facts.count, "figure"),
      counted(disputes.count, "deal"), counted(clips.count, "promise"),
    ]
    return counts.joined(separator: ", ") + " with two sides"
  }
}

extension CheckReport.ContestedFact {
  fileprivate init(_ key: FactKey, _ reading: FactReading, _ view: View) {
    party = key.party
    counterparty = key.counterparty
    metric = key.metric.rawValue
    period = reading.period.description
    accounts = reading.facts.map { fact in
      CheckReport.Account(
        row: fact.id,
        words: Self.words(fact),
        teller: fact.teller.map(view.name) ?? view.source(fact.source)?.publisher ?? fact.source
      )
    }
  }

  private static func words(_ fact: Fact) -> String {
    if let amount = fact.amount { return Figures.money(amount) }
    let ends = [fact.low, fact.high].compactMap { $0?.description }
    return Set(ends).count == 1
      ? "\(ends[0]) \(fact.unit)" : "\(ends.joined(separator: " – ")) \(fact.unit)"
  }

  fileprivate func lines(_ names: PartyNames) -> [String] {
    let from = counterparty.map { " from \(names($0))" } ?? ""
    return ["  \(metric) of \(names(party))\(from), \(period)"]
      + accounts.enumerated().map { index, account in
        "    \(index == 0 ? "stands" : "against"): \(account.words)  \(account.teller)  [\(account.row)]"
      }
  }
}

extension CheckReport.ClipLine {
  fileprivate func lines(_ names: PartyNames) -> [String] {
    let whose = isPayer ? "promised by" : "promised to"
    let cited = evidence.prefix(12).joined(separator: ", ")
    return [
      "  \(whose) \(names(party)), \(period): \(Figures.dollars(planned)); the accounts leave "
        + "\(Figures.dollars(room))  [\(cited)]"
    ]
  }
}

extension FactReading {
  /// Whether somebody says otherwise in the same unit; a share and a count of shares contradict nothing.
  fileprivate var isContested: Bool { contested.contains { $0.unit == standing.unit } }
}
