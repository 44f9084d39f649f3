package import Claims
internal import Networks
internal import Tables

/// What is known between each two of some parties, and what is missing for a loop through them.
package struct PathReport: Report, Codable {
  /// Money one way between two of them.
  package struct Hop: Codable, Sendable {
    /// Who pays, by id.
    package let payer: String
    /// Who is paid, by id.
    package let payee: String
    /// What moved in the period; `nil` where nothing is known to.
    @Nullable package private(set) var moved: FlowLine?
    /// What is promised; `nil` where nothing is.
    @Nullable package private(set) var promised: FlowLine?
    /// Deals between them.
    package let deals: [DealLine]
    /// Why deals carry no money in the period, by deal.
    package let leftOut: [String: String]
  }

  /// A way round through all of them.
  package struct Round: Codable, Sendable {
    /// The parties, by id; the last pays the first.
    package let parties: [String]
    /// The least that moved on it, in dollars; `nil` where some payment is missing.
    @Nullable package private(set) var amount: Double?
    /// The least that is promised on it, where nothing moved; `nil` where some payment is missing.
    @Nullable package private(set) var promised: Double?
    /// The payments that nobody speaks of, each as payer and payee.
    package let missing: [[String]]
  }

  /// The day.
  package let asOf: String
  /// What the flows are of.
  package let period: String
  /// The ways round: as asked, and the other way where there are more than two parties.
  package let rounds: [Round]
  /// Each two of them, both ways.
  package let hops: [Hop]

  /// Looks at what runs between `parties`, each of the book, in their order.
  ///
  /// - Parameters:
  ///   - parties: Two or more parties, by id; a member of a group stands for it.
  ///   - economy: The networks.
  package init(_ parties: [String], in economy: Economy) {
    let moved = economy.asked.kind.isPromised ? economy.completed : economy.asked
    let view = economy.view
    let nodes = Set(moved.standing.network.nodes)
    let group = { (id: String) in nodes.contains(id) ? id : view.group(of: id) }
    let ids = parties.map(group)
    let (flows, promises) = (FlowLines(moved), FlowLines(economy.promised))
    asOf = view.request.asOf.description
    period = moved.period
    let reasons = Dictionary(
      moved.leftOut.map { ($0.deal, $0.reason.explanation) },
      uniquingKeysWith: { first, _ in first }
    )
    let hops = ids.flatMap { payer in
      ids.filter { $0 != payer }.map { payee -> Hop in
        let deals = view.deals.map { DealLine($0) }
          .filter { group($0.payer) == payer && group($0.payee) == payee }
        return Hop(
          payer: payer,
          payee: payee,
          moved: flows[payer, payee],
          promised: promises[payer, payee],
          deals: deals,
          leftOut: reasons.filter { reason in deals.contains { $0.id == reason.key } }
        )
      }
    }
    self.hops = hops
    let ways = ids.count > 2 ? [ids, ids.prefix(1) + ids.dropFirst().reversed()] : [ids]
    rounds = ways.map { Round(Array($0), hops) }
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = ["What runs between them: \(period), as known on \(asOf)"]
    for round in rounds { lines += round.lines(names) }
    for hop in hops { lines += [""] + hop.lines(names) }
    return lines.legibleText + "\n"
  }
}

extension PathReport.Round {
  init(_ parties: [String], _ hops: [PathReport.Hop]) {
    self.parties = parties
    let pairs = zip(parties, parties.dropFirst() + parties.prefix(1)).map { [$0, $1] }
    let found = pairs.map { pair in hops.first { [$0.payer, $0.payee] == pair } }
    let moved = found.compactMap { $0?.moved?.worked }
    let promised = found.compactMap { ($0?.promised ?? $0?.moved)?.high }
    amount = moved.count == pairs.count ? moved.min() : nil
    self.promised = promised.count == pairs.count ? promised.min() : nil
    missing = zip(pairs, found).filter { $1?.moved == nil && $1?.promised == nil }.map(\.0)
  }

  fileprivate func lines(_ names: PartyNames) -> [String] {
    let path = names.round(parties)
    if let amount {
      return wrapped("\(path): a loop, \(Figures.dollars(amount)) on its least payment")
    }
    if let promised {
      return wrapped(
        "\(path): no loop of what moved; of what is promised, at most "
          + "\(Figures.dollars(promised)) on its least payment"
      )
    }
    let pairs = missing.map { "\(names($0[0])) → \(names($0[1]))" }.joined(separator: ", ")
    let why = pairs.isEmpty ? "some payments are only promised" : "nothing is known of \(pairs)"
    return wrapped("\(path): no loop; \(why)")
  }
}

extension PathReport.Hop {
  fileprivate func lines(_ names: PartyNames) -> [String] {
    func words(_ line: FlowLine?) -> String {
      guard let line else { return "nothing" }
      return
        "\(line.printed), \(line.gradeWords)  [\(line.evidence.prefix(6).joined(separator: " "))]"
    }
    var lines = ["\(names(payer)) → \(names(payee))"]
    lines += wrapped("moved: \(words(moved))", indent: 4)
    lines += wrapped("promised: \(words(promised))", indent: 4)
    for deal in deals {
      let why = leftOut[deal.id].map { "; carries nothing here: \($0)" } ?? ""
      lines += wrapped("deal \(deal.id): \(deal.account)\(why)", indent: 4)
    }
    return lines
  }
}
