package import Claims

/// One claim as a reader meets it: when, who, what, where.
package struct ClaimLine: Codable, Sendable, Equatable {
  /// The claim's id.
  package let id: String
  /// The day, or the range of days, it was reported.
  package let reported: String
  /// Who says it.
  package let teller: String
  /// How far the teller is trusted.
  package let trust: String
  /// What is said, in a few words.
  package let says: String
  /// The claim spoken of.
  package let about: String?
  /// The words of the source, or the editor's.
  package let words: String
  /// The source's id, publisher, title and address.
  package let source: String
  /// Who published it.
  package let publisher: String
  /// The title of the document.
  package let title: String
  /// Its address.
  package let url: String

  /// Takes a claim of a view.
  package init(_ claim: Claim, in deal: Deal, view: View) {
    id = claim.id
    reported = claim.reported.description
    teller = view.teller(of: claim)
    trust = view.trust(of: claim, in: deal).description
    says = Self.summary(of: claim, view)
    about = claim.about
    words = claim.quote.isEmpty ? claim.note : "“\(claim.quote)”"
    source = claim.source
    let document = view.source(claim.source)
    publisher = document?.publisher ?? ""
    title = document?.title ?? ""
    url = document?.url ?? ""
  }

  private static func summary(of claim: Claim, _ view: View) -> String {
    var parts: [String] = []
    if let status = claim.status { parts.append(status.rawValue) }
    if let relation = claim.says, let about = claim.about,
      claim.status?.rawValue != relation.rawValue
    {
      let verbs: [Claim.Relation: String] = [
        .confirm: "confirms", .deny: "denies", .amend: "amends", .supersede: "replaces",
        .novate: "moves",
      ]
      parts.append("\(verbs[relation] ?? relation.rawValue) \(about)")
    } else if let about = claim.about {
      parts.append(about)
    }
    if let amount = claim.amount, let level = claim.level {
      parts.append("\(Figures.money(amount)) \(level.rawValue)")
    }
    if let payer = claim.newPayer { parts.append("new payer \(view.name(payer))") }
    if let start = claim.start, let end = claim.end {
      parts.append(start == end ? "\(start)" : "\(start) to \(end)")
    } else if let only = claim.start ?? claim.end {
      parts.append(claim.start == nil ? "until \(only)" : "from \(only)")
    }
    return parts.isEmpty ? "speaks of it" : parts.joined(separator: ", ")
  }

  /// Two lines or more for a person.
  func lines(indent: Int) -> [String] {
    let blanks = String(repeating: " ", count: indent)
    let head = "\(blanks)\(reported)  \(id)  \(teller) (\(trust)): \(says)"
    let place = "[\(publisher): \(title)]"
    return [head] + wrapped(words.isEmpty ? place : "\(words) \(place)", indent: indent + 4)
  }
}

/// A deal as it stands, in one line.
package struct DealLine: Codable, Sendable, Equatable {
  /// The deal's id.
  package let id: String
  /// What it is.
  package let title: String
  /// What the money is for.
  package let kind: String
  /// Who pays, by id.
  package let payer: String
  /// Who is paid, by id.
  package let payee: String
  /// How far it has come; `nil` when nobody said.
  package let status: String?
  /// Whether it runs, or ran to its end.
  package let inForce: Bool
  /// What the amount measures.
  package let level: String?
  /// The amount in words.
  package let amount: String
  /// The least of the amount, in whole units of its currency.
  package let low: Double?
  /// The most of the amount.
  package let high: Double?
  /// The currency.
  package let currency: String?
  /// Where the term begins.
  package let start: String?
  /// Where the term ends.
  package let end: String?
  /// Whether anything about it is contested.
  package let disputed: Bool
  /// The claims that count, by id.
  package let claims: [String]

  /// Takes a deal of a view as it stands, or by another of its readings.
  package init(_ dealView: DealView, reading: Reading? = nil) {
    let deal = dealView.deal
    let reading = reading ?? dealView.standing
    let quoted =
      reading.quoted.map { (level: $0.level, range: $0.amount.range) } ?? Self.paid(reading)
    (id, title, kind) = (deal.id, deal.title, deal.kind.rawValue)
    (payer, payee) = (reading.newPayer ?? deal.payer, deal.payee)
    status = reading.status?.rawValue
    inForce = reading.isInForce
    level = quoted?.level.rawValue
    amount = quoted.map { Figures.money($0.range) } ?? "no amount"
    let unit = quoted.map { Double($0.range.currency.minorUnitsPerUnit) } ?? 1
    low = quoted?.range.low.map { Double($0) / unit }
    high = quoted?.range.high.map { Double($0) / unit }
    currency = quoted?.range.currency.code
    start = reading.term.start?.description
    end = reading.term.end?.description
    disputed = dealView.isDisputed
    claims = dealView.claims.map(\.id)
  }

  private static func paid(_ reading: Reading) -> (level: Claim.Level, range: AmountRange)? {
    let ranges = reading.payments.map(\.amount.range)
    guard let first = ranges.first, ranges.allSatisfy({ $0.currency == first.currency }),
      let sum = AmountRange(
        low: ranges.reduce(0) { $0 + ($1.low ?? 0) },
        high: ranges.reduce(0) { $0 + ($1.high ?? $1.point) },
        currency: first.currency
      )
    else { return nil }
    return (.paid, sum)
  }

  /// `signed, $11.9bn`.
  package var shortAccount: String {
    [status, level == nil ? nil : amount].compactMap(\.self).joined(separator: ", ")
  }

  /// `signed, $11.9bn binding, 2025-03 to 2030`.
  package var account: String {
    var parts = [status ?? "status not said"]
    parts.append(level.map { "\(amount) \($0)" } ?? amount)
    if let start { parts.append(end.map { "\(start) to \($0)" } ?? "from \(start)") }
    return parts.joined(separator: ", ")
  }
}
