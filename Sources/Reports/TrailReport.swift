package import Claims
internal import Loops
internal import Networks
internal import Tables

/// Where a sum that one party paid another went, period by period: home, out of the sector, or still with whom.
///
/// Money is mixed at every party, so that of each dollar it pays on the same share is the sum's. What a party keeps at
/// the end of a period goes on in the next, mixed with all it has then.
package struct TrailReport: Report, Codable {
  /// A part of the sum.
  package struct Part: Codable, Sendable {
    /// Who has it, by id.
    package let id: String
    /// How much, in dollars.
    package let amount: Double
  }

  /// How the sum stands at the end of a period, since the beginning.
  package struct Step: Codable, Sendable {
    /// The days.
    package let period: String
    /// Dollars that came back to who paid the sum.
    package let home: Double
    /// Dollars that left the sector.
    package let left: Double
    /// Where they left to, the largest first.
    package let exits: [Part]
    /// Dollars of which nobody says where they went, from a party whose accounts are not known.
    package let untold: Double
    /// From whom, the largest first.
    package let untoldFrom: [Part]
    /// Who has the rest, the largest first.
    package let holders: [Part]

    private enum CodingKeys: String, CodingKey {
      case period, home, left, exits, untold, holders
      case untoldFrom = "untold_from"
    }
  }

  /// Who paid, by id.
  package let payer: String
  /// Who was paid, by id.
  package let payee: String
  /// The sum, in dollars.
  package let amount: Double
  /// What is known to have been paid in the first period; `nil` where nothing is.
  @Nullable package private(set) var paid: FlowLine?
  /// The day.
  package let asOf: String
  /// The periods, in order.
  package let steps: [Step]

  private enum CodingKeys: String, CodingKey {
    case payer, payee, amount, paid, steps
    case asOf = "as_of"
  }

  /// Follows a sum.
  ///
  /// - Parameters:
  ///   - payer: Who paid it, by id; its group where parties are counted by group.
  ///   - payee: Who was paid, likewise.
  ///   - amount: Dollars; `nil` for what was paid in the first period.
  ///   - question: What is asked; its period is cut where a step begins or ends.
  ///   - view: The book, seen as `question` asks.
  ///   - step: How long each step is.
  /// - Throws: ``TrailError``.
  package init(
    from payer: String,
    to payee: String,
    _ amount: Double?,
    _ question: Question,
    of view: View,
    by step: FlowCalendar.Step
  ) throws(TrailError) {
    let node = { (id: String) in question.isConsolidated ? view.group(of: id) : id }
    let (payer, payee) = (node(payer), node(payee))
    guard payer != payee else { throw .same(payer) }
    let footings = FlowCalendar.footings(question, of: view, by: step)
    let paid = footings.first.flatMap { FlowLines($0.footing)[payer, payee] }
    guard let sum = amount ?? paid?.worked, sum > 0 else {
      throw .nothingPaid(payer: payer, payee: payee, period: question.period.description)
    }
    (self.payer, self.payee, self.amount) = (payer, payee, sum)
    asOf = view.request.asOf.description
    var trail = Trail(sum, at: payee, home: payer)
    var steps: [Step] = []
    for (column, footing) in footings {
      trail.go(through: footing)
      steps.append(trail.step(FlowCalendar.name(of: column, step)))
    }
    self.steps = steps
    self.paid = paid
  }

  // MARK: Words

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    let told =
      paid.map { " (told: \($0.printed) in \(steps.first?.period ?? "") \($0.cited))" } ?? ""
    var lines = wrapped(
      "Of \(Figures.dollars(amount)) that \(names(payer)) paid \(names(payee))\(told), as known on \(asOf), money mixed "
        + "at every party:",
      indent: 0
    )
    let header = [""] + steps.map(\.period)
    let share = { (part: Double) in "\(Figures.dollars(part)), \(Figures.percent(part / amount))" }
    let holders = ranked(\.holders, names)
    let exits = ranked(\.exits, names)
    let untold = ranked(\.untoldFrom, names)
    lines += ["", "At the end of each period"]
    lines += TextTable.figures(
      header,
      [["back with \(names(payer))"] + steps.map { share($0.home) }]
        + [["left the sector"] + steps.map { share($0.left) }]
        + untold.map { ["nobody says where, from \(names($0))"] + cells($0, \.untoldFrom, share) }
        + holders.map { ["with \(names($0))"] + cells($0, \.holders, share) }
    )
    lines += ["", "Where it left to"]
    lines += TextTable.figures(header, exits.map { [names($0)] + cells($0, \.exits, share) })
    return lines.legibleText + "\n"
  }

  /// Who has a hundredth or more at the end of any period, the largest at the end first.
  private func ranked(_ parts: KeyPath<Step, [Part]>, _ names: PartyNames) -> [String] {
    var most: [String: Double] = [:]
    for step in steps {
      for part in step[keyPath: parts] where part.amount >= amount / 100 {
        most[part.id] = max(most[part.id] ?? 0, part.amount)
      }
    }
    return most.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12).map(\.key)
  }

  private func cells(
    _ id: String,
    _ parts: KeyPath<Step, [Part]>,
    _ words: (Double) -> String
  ) -> [String] {
    steps.map { step in
      step[keyPath: parts].first { $0.id == id }.map { words($0.amount) } ?? ""
    }
  }
}

/// Why a sum cannot be followed.
package enum TrailError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A party cannot be followed to itself.
  case same(String)
  /// Nothing is known to have been paid, and no sum is given.
  case nothingPaid(payer: String, payee: String, period: String)

  /// One sentence for a person.
  package var description: String {
    switch self {
    case .same(let id):
      "both are \(id), or counted with it; name two parties, or ask with --unconsolidated"
    case .nothingPaid(let payer, let payee, let period):
      "nothing is known to have gone from \(payer) to \(payee) at the beginning of \(period); name a sum, as 1.5bn, or "
        + "another --period"
    }
  }
}

extension FlowLine {
  /// Its rows in brackets, the first few.
  fileprivate var cited: String { "[\(evidence.prefix(6).joined(separator: " "))]" }
}

/// A sum on its way.
private struct Trail {
  private let payer: String
  private var held: [String: Double]
  private var home = 0.0
  private var left: [String: Double] = [:]
  private var untold: [String: Double] = [:]

  init(_ sum: Double, at payee: String, home payer: String) {
    self.payer = payer
    held = [payee: sum]
  }

  /// Lets it go on through the payments of a period; who takes no part in them keeps what it has.
  mutating func go(through footing: Footing) {
    let network = footing.standing.network
    let sums = network.nodes.map { held[$0] ?? 0 }
    let found = Destinations(of: sums, home: network.nodes.firstIndex(of: payer), in: network)
    home += found.home
    for exit in found.exits {
      if let (people, party) = UnnamedCounterparty.parse(exit.id), people == .undisclosed {
        untold[party, default: 0] += exit.amount
      } else {
        left[exit.id, default: 0] += exit.amount
      }
    }
    for (node, kept) in zip(network.nodes, found.kept) { held[node] = kept > 0 ? kept : nil }
  }

  func step(_ period: String) -> TrailReport.Step {
    func parts(_ amounts: [String: Double]) -> [TrailReport.Part] {
      amounts.map { TrailReport.Part(id: $0.key, amount: $0.value) }
        .sorted { ($1.amount, $0.id) < ($0.amount, $1.id) }
    }
    return TrailReport.Step(
      period: period,
      home: home,
      left: left.values.sorted().reduce(0, +),
      exits: parts(left),
      untold: untold.values.sorted().reduce(0, +),
      untoldFrom: parts(untold),
      holders: parts(held)
    )
  }
}
