internal import Claims

extension ScenarioReader {
  /// The verbs, and what each may have beside it.
  static let verbs: [String: [String]] = [
    "withdraw": [], "delay": ["months"], "amend": ["factor", "amount"], "novate": ["to"],
    "exercise": [], "call": [], "lapse": [], "share-price": ["change"], "raise": ["factor"],
    "freeze": [], "lose-customer": ["share", "customer"], "default": [], "offering": ["amount"],
    "demand-growth": [], "rate": [], "shut-market": [],
  ]
  private static let common = ["on", "when", "chance", "because"]

  /// One entry of `shocks`.
  func shock(_ node: ScenarioNode) throws(ScenarioError) -> Shock {
    var found: [(verb: String, key: ScenarioNode, value: ScenarioNode)] = []
    for (key, value) in try node.pairs("a shock") {
      let word = try key.text("a key of a shock")
      if Self.verbs[word] != nil { found.append((word, key, value)) }
    }
    guard let (verb, key, value) = found.first else {
      let words = try node.pairs("a shock").map { pair throws(ScenarioError) in
        try pair.key.text("a key")
      }
      let unknown = words.first { !Self.common.contains($0) } ?? ""
      let advice = Nearest.advice(
        unknown,
        among: Self.verbs.keys.sorted(),
        otherwise: "say what happens with one of"
      )
      throw node.fault("the shock does not say what happens", advice)
    }
    guard found.count == 1 else {
      throw found[1].key.fault(
        "one shock both \(verb) and \(found[1].verb)",
        "write two entries, each with its own dash"
      )
    }
    let known = [verb] + (Self.verbs[verb] ?? []) + Self.common
    let entries = try node.entries("a shock that says \(verb)", known: known)
    let effect = try self.effect(verb, key, value, entries)
    return Shock(
      month: try entries["on"].map { node throws(ScenarioError) in try node.month("on") },
      condition: try entries["when"].map(self.condition),
      chance: try entries["chance"].map(self.chance) ?? 1,
      effect: effect,
      words: try self.words(verb, value, entries),
      place: node.place
    )
  }

  private func words(
    _ verb: String,
    _ value: ScenarioNode,
    _ entries: [String: ScenarioNode]
  ) throws(ScenarioError) -> String {
    let because = try entries["because"].map { node throws(ScenarioError) in
      try node.text("because")
    }
    var words = verb
    if case .text(let text) = value.content { words += " " + text }
    if case .list(let items) = value.content {
      let names = items.map { item -> String in
        if case .text(let text) = item.content { return text }
        return "…"
      }
      words += " " + names.joined(separator: ", ")
    }
    for key in Self.verbs[verb] ?? [] {
      if case .text(let text)? = entries[key]?.content { words += ", \(key) \(text)" }
    }
    return because.map { "\(words) (\($0))" } ?? words
  }

  private func effect(
    _ verb: String,
    _ key: ScenarioNode,
    _ value: ScenarioNode,
    _ entries: [String: ScenarioNode]
  ) throws(ScenarioError) -> Shock.Effect {
    func argument(_ name: String, _ example: String) throws(ScenarioError) -> ScenarioNode {
      guard let node = entries[name] else {
        throw key.fault("\(verb) does not say \(name)", "add \(name): \(example)")
      }
      return node
    }
    switch verb {
    case "withdraw": return .withdraw(try dealList(value))
    case "delay":
      let months = try argument("months", "6")
      return .delay(try dealList(value), months: try positive(months, "months"))
    case "amend":
      if let amount = entries["amount"] {
        guard entries["factor"] == nil else {
          throw amount.fault("amend gives both factor and amount", "keep one of the two")
        }
        return .amount(try dealList(value), dollars: try positive(amount, "amount"))
      }
      let factor = try argument("factor", "0.5, or amount: 10bn")
      return .amend(try dealList(value), factor: try positive(factor, "factor"))
    case "novate": return .novate(try dealList(value), to: try party(argument("to", "PARTY")))
    case "exercise", "call": return .begin(try dealList(value))
    case "lapse": return .lapse(try dealList(value))
    case "demand-growth": return .demandGrowth(try quantity(value, verb))
    case "rate": return .rate(try positive(value, verb))
    case "shut-market": return .shutMarket(months: try positive(value, verb))
    default: return try partyEffect(verb, key, value, entries)
    }
  }

  private func partyEffect(
    _ verb: String,
    _ key: ScenarioNode,
    _ value: ScenarioNode,
    _ entries: [String: ScenarioNode]
  ) throws(ScenarioError) -> Shock.Effect {
    switch verb {
    case "share-price":
      guard let change = entries["change"] else {
        throw key.fault("share-price does not say change", "add change: -20%")
      }
      return .sharePrice(try partyList(value), change: try quantity(change, "change"))
    case "raise":
      guard let factor = entries["factor"] else {
        throw key.fault("raise does not say factor", "add factor: 0 for a raise that fails")
      }
      return .raise(try partyList(value), factor: try positive(factor, "factor"))
    case "freeze": return .freeze(try partyList(value))
    case "default": return .fail(try partyList(value))
    case "offering":
      guard let amount = entries["amount"] else {
        throw key.fault("offering does not say amount", "add amount: 1.5bn")
      }
      return .offering(try insideParty(value), dollars: try positive(amount, "amount"))
    default:
      if let customer = entries["customer"] {
        return .loseCustomer(try insideParty(value), customer: try party(customer))
      }
      guard let share = entries["share"] else {
        throw key.fault(
          "lose-customer says neither customer nor share",
          "add customer: PARTY, or share: 30% of what customers outside pay"
        )
      }
      return .loseCustomers(try insideParty(value), share: try positive(share, "share"))
    }
  }

  private func dealList(_ node: ScenarioNode) throws(ScenarioError) -> Shock.Deals {
    if case .text("all") = node.content { return .all }
    if case .list(let items) = node.content {
      var deals: [String] = []
      for item in items { deals.append(try deal(item)) }
      return .named(deals)
    }
    return .named([try deal(node)])
  }

  private func partyList(_ node: ScenarioNode) throws(ScenarioError) -> [String] {
    if case .text("all") = node.content { return inside.sorted() }
    if case .list(let items) = node.content {
      var parties: [String] = []
      for item in items { parties.append(try insideParty(item)) }
      return parties
    }
    return [try insideParty(node)]
  }

  private func chance(_ node: ScenarioNode) throws(ScenarioError) -> Double {
    let chance = try node.number("chance")
    guard (0...1).contains(chance) else {
      throw node.fault("chance is \(chance), not between 0 and 1", "write chance: 0.3, or 30%")
    }
    return chance
  }

  private func condition(_ node: ScenarioNode) throws(ScenarioError) -> Shock.Condition {
    let known = ["late", "months", "failed", "cash-below", "amount"]
    let entries = try node.entries("when", known: known)
    if let deal = entries["late"] {
      guard let months = entries["months"] else {
        throw deal.fault("late does not say months", "add months: 3")
      }
      return .late(deal: try self.deal(deal), months: try months.whole("months", in: 1...120))
    }
    if let failed = entries["failed"] { return .failed(party: try insideParty(failed)) }
    if let party = entries["cash-below"] {
      guard let amount = entries["amount"] else {
        throw party.fault("cash-below does not say amount", "add amount: 1bn")
      }
      return .cashBelow(party: try insideParty(party), dollars: try amount.number("amount"))
    }
    throw node.fault("when says nothing", "write late: DEAL, failed: PARTY or cash-below: PARTY")
  }
}
