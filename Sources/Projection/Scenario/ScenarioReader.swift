public import Claims
internal import Tables

/// Reads scenario files, and checks every name in them against a view.
public struct ScenarioReader {
  /// The deals that may be named, each with the group that pays.
  let deals: [String: String]
  /// Parties that may be named, by the group each counts as.
  let groups: [String: String]
  /// Groups inside.
  let inside: Set<String>
  /// The month of the view: nothing begins before it.
  private let present: Month

  /// A reader for what `view` knows.
  public init(_ view: View) {
    deals = Dictionary(
      uniqueKeysWithValues: view.deals.map { deal in
        (deal.deal.id, view.group(of: deal.standing.newPayer ?? deal.deal.payer))
      }
    )
    groups = Dictionary(
      view.contents.parties.map { ($0.id, view.group(of: $0.id)) }
    ) { first, _ in first }
    present = Month(of: view.request.asOf)
    inside = Set(view.contents.parties.filter(\.isInside).map { view.group(of: $0.id) })
  }

  /// More files than extend one another.
  private static let mostBases = 8

  private static let keys = [
    "name", "description", "extends", "months", "start", "outside", "parties", "deals", "given",
    "shocks",
  ]

  /// The scenario in a file.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - file: Its name, for messages.
  ///   - other: The text of a file that this one extends, by the name it gives.
  /// - Returns: The scenario, whatever it extends already in it.
  /// - Throws: ``ScenarioError`` for the first mistake.
  public func scenario(
    _ text: String,
    file: String,
    other: (String) -> (name: String, text: String)?
  ) throws(ScenarioError) -> Scenario {
    let scenario = try self.scenario(text, file: file, depth: 0, other: other)
    try Contradiction.check(scenario.given + scenario.shocks)
    return scenario
  }

  private func scenario(
    _ text: String,
    file: String,
    depth: Int,
    other: (String) -> (name: String, text: String)?
  ) throws(ScenarioError) -> Scenario {
    let root = try ScenarioNode.root(of: text, file: file)
    let entries = try root.entries("the scenario", known: Self.keys)
    var scenario = Scenario()
    if let base = entries["extends"] {
      let name = try base.text("extends")
      guard depth < Self.mostBases else {
        throw base.fault(
          "it extends a file that extends another, \(Self.mostBases) times over",
          "name a file that does not come back to this one"
        )
      }
      guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
        throw base.fault(
          "\(name.prefix(40)) leads out of the folder of this file",
          "name a scenario file beside this one, or in a folder below"
        )
      }
      guard let found = other(name) else {
        throw base.fault(
          "\(name.prefix(40)) cannot be read",
          "name a scenario file beside this one"
        )
      }
      scenario = try self.scenario(found.text, file: found.name, depth: depth + 1, other: other)
    }
    guard let name = entries["name"] else {
      throw root.fault("the scenario has no name", "add name: a few words")
    }
    scenario.name = try name.text("name")
    guard !scenario.name.isEmpty else { throw name.fault("the name is empty", "add a few words") }
    if let node = entries["description"] {
      scenario.description = try node.text("description")
    }
    if let node = entries["months"] { scenario.months = try node.whole("months", in: 1...600) }
    if let node = entries["start"] {
      let start = try node.month("start")
      guard start >= present else {
        throw node.fault(
          "\(start) lies before \(present), the month of the view",
          "start then or later"
        )
      }
      scenario.start = start
    }
    if let node = entries["outside"] { try readOutside(node, into: &scenario) }
    if let node = entries["parties"] { try readParties(node, into: &scenario) }
    if let node = entries["deals"] { try readDeals(node, into: &scenario) }
    if let node = entries["given"] {
      for item in try node.items("given") { scenario.given.append(try shock(item)) }
    }
    if let node = entries["shocks"] {
      for item in try node.items("shocks") { scenario.shocks.append(try shock(item)) }
    }
    return scenario
  }

  private func readOutside(
    _ node: ScenarioNode,
    into scenario: inout Scenario
  ) throws(ScenarioError) {
    let known = Scenario.OutsideFigure.allCases.map(\.rawValue)
    _ = try node.entries("outside", known: known + ["because"])
    let because = try reason(node)
    for (word, value) in try node.pairs("outside") {
      let key = try word.text("a key")
      guard let figure = Scenario.OutsideFigure(rawValue: key) else { continue }
      let bounds = figure == .demandGrowth ? FigureBounds.growth : .rate
      scenario.outside[figure] = try setting(value, key, because, within: bounds)
    }
  }

  private func readParties(
    _ node: ScenarioNode,
    into scenario: inout Scenario
  ) throws(ScenarioError) {
    let known = Scenario.PartyFigure.allCases.map(\.rawValue)
    for (key, settings) in try node.pairs("parties") {
      let party = try insideParty(key)
      let because = try reason(settings)
      var figures = scenario.parties[party] ?? [:]
      let entries = try settings.entries(party, known: known + ["investors", "because"])
      if let investors = entries["investors"] {
        scenario.investors[party] = try self.investors(investors, of: party, because)
      }
      for (word, value) in try settings.pairs(party) {
        let name = try word.text("a key")
        guard let figure = Scenario.PartyFigure(rawValue: name) else { continue }
        figures[figure] = try setting(value, name, because, within: figure.bounds)
      }
      scenario.parties[party] = figures
    }
  }

  /// Who inside buys what share of a party's new equity; together no more than all of it.
  private func investors(
    _ node: ScenarioNode,
    of party: String,
    _ because: String
  ) throws(ScenarioError) -> [String: Scenario.Setting] {
    var shares: [String: Scenario.Setting] = [:]
    for (key, value) in try node.pairs("investors") {
      let investor = try insideParty(key)
      guard investor != party else {
        throw key.fault("\(party) cannot buy its own new equity", "name another party")
      }
      shares[investor] = try setting(value, investor, because, within: .share)
    }
    let most = shares.values.reduce(0) { $0 + $1.quantity.value(at: 0.999) }
    guard most <= 1 + 1e-9 else {
      throw node.fault(
        "the investors of \(party) can take more than all of its new equity",
        "give shares that add up to at most 100%"
      )
    }
    return shares
  }

  private func readDeals(
    _ node: ScenarioNode,
    into scenario: inout Scenario
  ) throws(ScenarioError) {
    for (key, terms) in try node.pairs("deals") {
      let deal = try self.deal(key)
      let known = [
        "grace", "taker", "amount", "start", "end", "waits", "of-receipts", "of-cash", "because",
      ]
      let entries = try terms.entries(deal, known: known)
      var settled = scenario.deals[deal] ?? Scenario.DealTerms()
      if let grace = entries["grace"] {
        settled.graceMonths = try grace.whole("grace", in: 0...120)
      }
      if let taker = entries["taker"] { settled.taker = try party(taker) }
      if let because = entries["because"] { settled.because = try because.text("because") }
      try readAmount(entries, terms, into: &settled)
      try readShares(entries, terms, deal, into: &settled)
      scenario.deals[deal] = settled
      try checkShares(scenario, of: deal, terms)
    }
  }

  /// Shares of what the payer receives, or has.
  private func readShares(
    _ entries: [String: ScenarioNode],
    _ node: ScenarioNode,
    _ deal: String,
    into terms: inout Scenario.DealTerms
  ) throws(ScenarioError) {
    func share(_ name: String) throws(ScenarioError) -> Double? {
      guard let entry = entries[name] else { return nil }
      let share = try entry.number(name)
      guard (0...1).contains(share) else {
        throw entry.fault("\(name) is \(share), not between 0 and 1", "write \(name): 20%")
      }
      return share
    }
    terms.ofReceipts = try share("of-receipts") ?? terms.ofReceipts
    terms.ofCash = try share("of-cash") ?? terms.ofCash
    guard terms.isShare else { return }
    guard terms.dollars == nil else {
      throw node.fault("\(deal) has both an amount and a share", "keep one of the two")
    }
    guard let payer = deals[deal], inside.contains(payer) else {
      throw node.fault(
        "what the payer of \(deal) receives is not projected, as it is outside",
        "give amount, start and end instead"
      )
    }
  }

  /// Nobody pays away more than all it receives, or all it has.
  private func checkShares(
    _ scenario: Scenario,
    of deal: String,
    _ node: ScenarioNode
  ) throws(ScenarioError) {
    let payer = deals[deal]
    let terms = scenario.deals.filter { deals[$0.key] == payer }.values
    for share in [\Scenario.DealTerms.ofReceipts, \.ofCash] {
      guard terms.reduce(0, { $0 + ($1[keyPath: share] ?? 0) }) > 1 + 1e-9 else { continue }
      throw node.fault(
        "the deals of \(payer ?? "") pay more than all of what it receives or has",
        "give shares that add up to at most 100%"
      )
    }
  }

  /// An amount needs its months, and months an amount.
  private func readAmount(
    _ entries: [String: ScenarioNode],
    _ node: ScenarioNode,
    into terms: inout Scenario.DealTerms
  ) throws(ScenarioError) {
    if let waits = entries["waits"] {
      let word = try waits.text("waits")
      guard ["yes", "no"].contains(word) else {
        throw waits.fault("waits is \(word.prefix(40))", "write yes or no")
      }
      terms.waits = word == "yes"
    }
    let parts = ["amount", "start", "end"].compactMap { entries[$0] }
    guard !parts.isEmpty else { return }
    guard let amount = entries["amount"], let start = entries["start"], let end = entries["end"]
    else {
      throw node.fault("an amount, its start and its end stand together", "give all three")
    }
    let dollars = try amount.number("amount")
    try FigureBounds.money.check(.fixed(dollars), amount, "amount")
    (terms.dollars, terms.start) = (dollars, try start.month("start"))
    terms.end = try end.month("end")
    if let first = terms.start, let last = terms.end, last < first {
      throw end.fault("\(last) lies before \(first)", "exchange start and end")
    }
  }

  private func reason(_ node: ScenarioNode) throws(ScenarioError) -> String {
    for (key, value) in try node.pairs("this entry") where try key.text("a key") == "because" {
      return try value.text("because")
    }
    return ""
  }

  /// A figure: a number, a distribution, or either with its own reason.
  private func setting(
    _ node: ScenarioNode,
    _ what: String,
    _ because: String,
    within bounds: FigureBounds
  ) throws(ScenarioError) -> Scenario.Setting {
    if case .map(let pairs) = node.content,
      case .text("value")? = pairs.first?.key.content
    {
      let entries = try node.entries(what, known: ["value", "because"])
      guard let value = entries["value"] else {
        throw node.fault("\(what) has no value", "add value: a number")
      }
      let own = try entries["because"].map { node throws(ScenarioError) in
        try node.text("because")
      }
      return Scenario.Setting(try quantity(value, what, within: bounds), because: own ?? because)
    }
    return Scenario.Setting(try quantity(node, what, within: bounds), because: because)
  }

  // MARK: names

  func deal(_ node: ScenarioNode) throws(ScenarioError) -> String {
    let id = try node.text("a deal")
    guard deals[id] != nil else {
      throw node.fault(
        "the book knows no deal \(id.prefix(40))",
        Nearest.advice(id, among: deals.keys.sorted(), otherwise: "take one of")
      )
    }
    return id
  }

  func party(_ node: ScenarioNode) throws(ScenarioError) -> String {
    let id = try node.text("a party")
    guard let group = groups[id] else {
      throw node.fault(
        "the book knows no party \(id.prefix(40))",
        Nearest.advice(id, among: groups.keys.sorted(), otherwise: "take one of")
      )
    }
    return group
  }

  func insideParty(_ node: ScenarioNode) throws(ScenarioError) -> String {
    let group = try party(node)
    guard inside.contains(group) else {
      throw node.fault(
        "\(group) is outside the sector, and nothing of it is projected",
        "name a party inside; list them with ouro party"
      )
    }
    return group
  }
}
