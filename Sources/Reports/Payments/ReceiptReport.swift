internal import Claims
internal import Columns
internal import Networks
package import Payments
package import Tracing

/// Whose money a receipt is, by every rule side by side, and where it is now.
package struct ReceiptReport: Report {
  /// What is asked.
  package struct Request: TrailRequest {
    /// Who received it, as a position among the parties.
    package var party: Int
    /// How much, in minor units; all that it received then where nothing is said.
    package var amount: Int64?
    /// When: a moment, or the seconds of a day.
    package var times: ClosedRange<Int>
    /// The last moment to follow it on to.
    package var until = Int.max
    /// The rules, in the order in which they are told.
    package var rules = TracingRule.allCases
    /// Whether to tell who can have fed it.
    package var tellsPoison = true
    /// What parties are stated to have held at first, in minor units.
    package var openings: [Int: Int64] = [:]

    /// Traces what `party` received at `times`.
    package init(to party: Int, at times: ClosedRange<Int>) {
      (self.party, self.times) = (party, times)
    }
  }

  /// Money that began with somebody.
  struct Origin: Encodable, Sendable {
    let id: String
    let name: String?
    let amount: Double
    /// What it was: what the party held at first, what its bank lent it, or the receiver's own come back.
    let kind: String
  }

  /// What one rule says.
  struct Answer: Encodable, Sendable {
    let rule: String
    let origins: [Origin]
    @Nullable var unclaimed: Double?
    let cameBack: Double
    let now: [FollowReport.Share]
    let payments: [FollowReport.Step]

    private enum CodingKeys: String, CodingKey {
      case rule, origins, unclaimed, now, payments
      case cameBack = "came_back"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case measure, to, at, amount, currency, rules, poison, notes
    case assumed = "assumed_openings"
  }

  private let measure = "trace"
  let to: String
  private let at: String
  private let amount: Double
  @Nullable private var currency: String?
  let rules: [Answer]
  let poison: [FollowReport.Step]?
  let assumed: [FollowReport.Share]
  let notes: [String]
  private let origins: (header: [String], rows: [[String]])
  private let places: (header: [String], rows: [[String]])
  let title: String
  /// The files.
  let files: [PaymentSource]

  /// Traces a receipt.
  ///
  /// - Parameters:
  ///   - payments: The payments, in one currency.
  ///   - request: What is asked.
  /// - Throws: ``TracingError``.
  package init(of payments: Payments, _ request: Request) throws(TracingError) {
    let ledger = try TracingLedger(payments, stated: request.openings)
    let receipt = try ledger.receipt(request.amount, to: request.party, at: request.times)
    let words = TrailWords(payments)
    let trails = request.rules.map { rule in
      (
        rule: rule, back: ledger.trace(receipt, by: rule),
        on: ledger.followOn(receipt, by: rule, until: request.until)
      )
    }
    rules = trails.map { words.answer($0.rule, $0.back, $0.on, receipt) }
    let feeders = request.tellsPoison ? ledger.feeders(receipt) : nil
    poison = feeders?.map { words.step($0.payment, payments.amountMinorUnits[$0.payment]) }
    assumed = ledger.assumed.map(words.share)
    (to, amount) = (payments.parties[request.party], words.whole(receipt.amount))
    (at, currency) = (PaymentTime.text(request.times.lowerBound), payments.currency)
    files = payments.sources
    notes =
      Self.notes(trails.map(\.back), trails.map(\.rule))
      + FollowReport.notes(ledger.assumed.count)
    origins = words.origins(trails.map(\.rule), trails.map(\.back), receipt)
    places = words.table(trails.map(\.rule), trails.map(\.on))
    title =
      "\(words.amount(receipt.amount)) that \(words.called(request.party)) received on \(at), "
      + "traced back by \(Figures.count(trails.count, "rule"))."
  }

  private static func notes(_ trails: [ReceiptTrail], _ rules: [TracingRule]) -> [String] {
    guard rules.contains(.lowestBalance) else { return [] }
    let cut = trails.contains { $0.isCut }
    return [
      "by the lowest balance each claim stands for itself, as though all other money had left first: claims may overlap"
    ]
      + (cut
        ? ["by the lowest balance only the hundred largest claims pro rata were looked at"] : [])
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    var lines = [title] + notes.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    if !origins.rows.isEmpty { lines += [""] + TextTable.figures(origins.header, origins.rows) }
    if !places.rows.isEmpty {
      lines += ["", "Where it is now:"] + TextTable.figures(places.header, places.rows)
    }
    if let poison {
      let fed = Figures.count(poison.count, "party", "parties")
      lines += ["", "Poison, which conserves nothing: \(fed) can have fed it."]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension TrailWords {
  func answer(
    _ rule: TracingRule,
    _ back: ReceiptTrail,
    _ on: MoneyTrail,
    _ receipt: TracedReceipt
  ) -> ReceiptReport.Answer {
    let claimed = back.origins.reduce(0) { $0 + $1.amount }
    let own = back.origins.first { $0.party == receipt.party && !$0.isOverdraft }?.amount ?? 0
    return ReceiptReport.Answer(
      rule: rule.rawValue,
      origins: back.origins.map { origin($0, receipt) },
      unclaimed: rule == .lowestBalance ? whole(max(0, receipt.amount - claimed)) : nil,
      cameBack: whole(own),
      now: on.held.map(share),
      payments: back.steps.map { step($0.payment, $0.amount) }
    )
  }

  private func origin(
    _ origin: ReceiptTrail.Origin,
    _ receipt: TracedReceipt
  ) -> ReceiptReport.Origin {
    let own = origin.party == receipt.party ? "came-back" : "opening"
    return ReceiptReport.Origin(
      id: id(origin.party),
      name: label(origin.party),
      amount: whole(origin.amount),
      kind: origin.isOverdraft ? "overdraft" : own
    )
  }

  /// Where the receipt began, a row a place, a column a rule.
  func origins(
    _ rules: [TracingRule],
    _ trails: [ReceiptTrail],
    _ receipt: TracedReceipt
  ) -> (header: [String], rows: [[String]]) {
    struct Place: Hashable {
      let party: Int
      let isOverdraft: Bool
    }
    let places = Set(
      trails.flatMap { $0.origins.map { Place(party: $0.party, isOverdraft: $0.isOverdraft) } }
    )
    let rows = places.map { place -> (most: Int64, place: Place, cells: [String]) in
      let amounts = trails.map { trail in
        trail.origins.first { $0.party == place.party && $0.isOverdraft == place.isOverdraft }?
          .amount ?? 0
      }
      let name = called(place.party)
      let what =
        place.isOverdraft
        ? "lent to \(name) by its bank"
        : place.party == receipt.party ? "\(name)'s own, come back" : "began with \(name)"
      return (
        amounts.max() ?? 0, place, [what] + amounts.map { $0 == 0 ? "–" : amount($0) }
      )
    }
    .sorted {
      if $0.most != $1.most { return $0.most > $1.most }
      return $0.place.party != $1.place.party
        ? $0.place.party < $1.place.party : !$0.place.isOverdraft
    }
    return ([""] + rules.map(\.rawValue), rows.map(\.cells))
  }
}
