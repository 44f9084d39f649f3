internal import Claims
internal import Columns
internal import Networks
package import Payments
package import Tracing

/// One sum followed through accounts by every rule, side by side.
package struct FollowReport: Report {
  /// What is asked.
  package struct Request: TrailRequest {
    /// Who paid the sum, as a position among the parties.
    package var party: Int
    /// How much, in minor units.
    package var amount: Int64
    /// When: a moment, or the seconds of a day.
    package var times: ClosedRange<Int>
    /// The last moment to follow it to.
    package var until = Int.max
    /// The rules, in the order in which they are told.
    package var rules = TracingRule.allCases
    /// Whether to tell how far it can have spread.
    package var tellsPoison = true
    /// What parties are stated to have held at first, in minor units.
    package var openings: [Int: Int64] = [:]

    /// Follows `amount` that `party` paid at `times`.
    package init(_ amount: Int64, from party: Int, at times: ClosedRange<Int>) {
      (self.amount, self.party, self.times) = (amount, party, times)
    }
  }

  /// What a party has.
  struct Share: Encodable, Sendable {
    let id: String
    let name: String?
    let amount: Double
  }

  /// What a payment moved of the sum.
  struct Step: Encodable, Sendable {
    let line: Int
    let file: String?
    let payer: String
    let payee: String
    let time: String
    let amount: Double
    let traced: Double
  }

  /// What one rule says.
  struct Answer: Encodable, Sendable {
    private enum CodingKeys: String, CodingKey {
      case rule, held, payments
      case cameBack = "came_back"
      case repaid = "repaid_overdrafts"
    }

    let rule: String
    let held: [Share]
    let cameBack: Double
    let repaid: [Share]
    let payments: [Step]
  }

  /// Whom it can have touched.
  struct Spread: Encodable, Sendable {
    let parties: [Step]
    let paid: Double
  }

  private enum CodingKeys: String, CodingKey {
    case measure, from, at, amount, currency, rules, poison, notes
    case assumed = "assumed_openings"
  }

  private let measure = "follow"
  let from: String
  private let at: String
  private let amount: Double
  @Nullable private var currency: String?
  let rules: [Answer]
  let poison: Spread?
  let assumed: [Share]
  let notes: [String]
  private let table: [[String]]
  private let header: [String]
  let title: String
  /// The files.
  let files: [PaymentSource]

  /// Follows a sum.
  ///
  /// - Parameters:
  ///   - payments: The payments, in one currency.
  ///   - request: What is asked.
  /// - Throws: ``TracingError``.
  package init(of payments: Payments, _ request: Request) throws(TracingError) {
    let ledger = try TracingLedger(payments, stated: request.openings)
    let sum = try ledger.sum(
      request.amount,
      from: request.party,
      at: request.times,
      until: request.until
    )
    let words = TrailWords(payments)
    let trails = request.rules.map { (rule: $0, trail: ledger.follow(sum, by: $0)) }
    rules = trails.map { words.answer($0.rule, $0.trail) }
    poison = request.tellsPoison ? words.spread(ledger.poison(sum)) : nil
    assumed = ledger.assumed.map(words.share)
    (from, amount) = (payments.parties[request.party], words.whole(request.amount))
    (at, currency) = (PaymentTime.text(request.times.lowerBound), payments.currency)
    files = payments.sources
    notes = Self.notes(ledger.assumed.count)
    (header, table) = words.table(trails.map(\.rule), trails.map(\.trail))
    title =
      "\(words.amount(request.amount)) that \(words.called(request.party)) paid on \(at), "
      + "followed by \(Figures.count(trails.count, "rule"))."
  }

  static func notes(_ assumed: Int) -> [String] {
    guard assumed > 0 else { return [] }
    return [
      "assumed: \(Figures.count(assumed, "account")) whose opening balance nobody states held the least that keeps "
        + "them from going below zero (--openings FILE states them)"
    ]
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    var lines = [title] + notes.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    if !table.isEmpty { lines += [""] + TextTable.figures(header, table) }
    if let poison {
      lines += [
        "",
        "Poison, which conserves nothing: it can have touched "
          + "\(Figures.count(poison.parties.count, "party", "parties")), and "
          + "\(Figures.amount(poison.paid)) of payments.",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
