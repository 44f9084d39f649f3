internal import Claims
internal import Columns
internal import Loops
internal import Networks
internal import Payments

/// One pattern in full, by the names of the file.
package struct PatternFinding: Encodable, Sendable {
  private enum CodingKeys: String, CodingKey {
    case id, kind, party, name, measure, among, layers, first, last, duration, currency, loss,
      payments
    case asUnusual = "as_unusual"
    case paidIn = "paid_in"
    case paidOut = "paid_out"
  }

  /// The number of the finding, by its content.
  package let id: String
  let kind: String
  /// Whom it is about.
  package let party: String
  let name: String?
  let measure: Double
  /// How many parties have at least as much, of how many.
  let asUnusual: Int
  let among: Int
  /// Those who take part, in the order in which money goes.
  let layers: [[String]]
  let first: String
  let last: String
  /// From the first payment to the last, in seconds.
  let duration: Int
  @Nullable private(set) var currency: String?
  let paidIn: Double
  @Nullable private(set) var paidOut: Double?
  /// The share that stayed with those in the middle.
  @Nullable private(set) var loss: Double?
  /// The payments, in the order of time.
  package let payments: [ScanReport.Payment]
  /// What stands in a table for people.
  let cells: [String]
}

/// Turns patterns into findings in full.
struct PatternWriter {
  private let payments: Payments
  private let search: PaymentSearch
  private let among: Int

  init(_ payments: Payments, _ search: PaymentSearch, among: Int) {
    (self.payments, self.search, self.among) = (payments, search, among)
  }

  /// Whether any who take part are of these; all where there are none.
  func holds(_ finding: PaymentPatterns.Finding, _ parties: Set<String>) -> Bool {
    parties.isEmpty || finding.layers.joined().contains { parties.contains(party($0)) }
  }

  func finding(_ found: PaymentPatterns.Finding) -> PatternFinding {
    let own = Set(found.payments.map { payments.currency(of: $0) })
    let parts = found.payments.map { FindingNumber.parts($0, payments) }
      .sorted { $0.lexicographicallyPrecedes($1) }
    return PatternFinding(
      id: FindingNumber.of(
        "pattern",
        [found.kind.rawValue, party(found.party)] + parts.joined()
      ),
      kind: found.kind.rawValue,
      party: party(found.party),
      name: payments.label(of: search.party(of: found.party)),
      measure: found.measure,
      asUnusual: found.asUnusual,
      among: among,
      layers: found.layers.map { $0.map(party) },
      first: PaymentTime.text(found.first),
      last: PaymentTime.text(found.last),
      duration: found.last - found.first,
      currency: search.base ?? (own.count == 1 ? own.first ?? nil : nil),
      paidIn: payments.unit.whole(Double(found.paidIn)),
      paidOut: found.paidOut.map { payments.unit.whole(Double($0)) },
      loss: Self.loss(found),
      payments: found.payments.map { ScanReport.Payment($0, payments) },
      cells: cells(found)
    )
  }

  private static func loss(_ found: PaymentPatterns.Finding) -> Double? {
    guard let out = found.paidOut, found.kind != .backAndForth, found.paidIn > 0 else { return nil }
    return 1 - Double(out) / Double(found.paidIn)
  }

  private func party(_ node: Int) -> String { payments.parties[search.party(of: node)] }

  private func called(_ node: Int) -> String {
    payments.label(of: search.party(of: node)) ?? party(node)
  }

  /// Two of a group by name, and how many more, so that a row fits a page.
  private func group(_ nodes: [Int]) -> String {
    let names = nodes.prefix(2).map { node in
      let name = called(node)
      return name.count > 24 ? name.prefix(23) + "…" : name
    }
    let listed = names.joined(separator: ", ")
    return nodes.count > 2 ? "\(listed) and \(nodes.count - 2) more" : listed
  }

  private func cells(_ found: PaymentPatterns.Finding) -> [String] {
    let lines = found.payments.prefix(4).map { String(payments.line(of: $0)) }
    let more = found.payments.count - lines.count
    let amount = Figures.amount(minorUnits: found.paidIn, digits: payments.digits)
    let loss = Self.loss(found).map { Figures.percent(max(0, $0)) } ?? "–"
    return [
      found.layers.map(group).joined(separator: " → "), found.kind.told(found.measure),
      Figures.grouped(found.asUnusual), amount, loss,
      String(PaymentTime.text(found.first).prefix(10)),
      String(PaymentTime.text(found.last).prefix(10)),
      lines.joined(separator: " ") + (more > 0 ? " +\(more)" : ""),
    ]
  }
}

extension PaymentPatterns.Kind {
  /// What is measured of it, in words.
  var measured: String {
    switch self {
    case .fanIn: "payers within the window beyond the party's next fullest"
    case .fanOut: "payees within the window beyond the party's next fullest"
    case .structuredIn:
      "receipts just below the threshold within the window beyond the party's next fullest"
    case .structuredOut:
      "payments just below the threshold within the window beyond the party's next fullest"
    case .gatherScatter: "payers, then payees, whichever are fewer"
    case .scatterGather: "hands that passed it on"
    case .passThrough: "share of all it was paid that left within hours"
    case .bipartite, .stack: "pairs of payer and payee"
    case .backAndForth: "payments each way"
    }
  }

  /// The measure as people read it.
  func told(_ measure: Double) -> String {
    self == .passThrough ? Figures.percent(measure) : Figures.grouped(Int(measure))
  }
}
