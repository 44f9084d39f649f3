internal import Claims
internal import Tables

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
      try needed(name, example, in: entries, of: key, verb)
    }
    switch verb {
    case "withdraw": return .withdraw(try dealList(value))
    case "delay":
      let months = try argument("months", "6")
      return .delay(try dealList(value), months: try quantity(months, "months", within: .months))
    case "amend":
      if let amount = entries["amount"] {
        guard entries["factor"] == nil else {
          throw amount.fault("amend gives both factor and amount", "keep one of the two")
        }
        return .amount(try dealList(value), dollars: try quantity(amount, "amount", within: .money))
      }
      let factor = try argument("factor", "0.5, or amount: 10bn")
      return .amend(try dealList(value), factor: try quantity(factor, "factor", within: .factor))
    case "novate": return .novate(try dealList(value), to: try party(argument("to", "PARTY")))
    case "exercise", "call": return .begin(try dealList(value))
    case "lapse": return .lapse(try dealList(value))
    case "demand-growth": return .demandGrowth(try quantity(value, verb, within: .growth))
    case "rate": return .rate(try quantity(value, verb, within: .rate))
    case "shut-market": return .shutMarket(months: try quantity(value, verb, within: .months))
    default: return try partyEffect(verb, key, value, entries)
    }
  }

  /// The entry without which `word` says too little.
  private func needed(
    _ name: String,
    _ example: String,
    in entries: [String: ScenarioNode],
    of node: ScenarioNode,
    _ word: String
  ) throws(ScenarioError) -> ScenarioNode {
    guard let entry = entries[name] else {
      throw node.fault("\(word) does not say \(name)", "add \(name): \(example)")
    }
    return entry
  }

  private func partyEffect(
    _ verb: String,
    _ key: ScenarioNode,
    _ value: ScenarioNode,
    _ entries: [String: ScenarioNode]
  ) throws(ScenarioError) -> Shock.Effect {
    func argument(_ name: String, _ example: String) throws(ScenarioError) -> ScenarioNode {
      try needed(name, example, in: entries, of: key, verb)
    }
    switch verb {
    case "share-price":
      let change = try argument("change", "-20%")
      return .sharePrice(
        try partyList(value),
        change: try quantity(change, "change", within: .growth)
      )
    case "raise":
      let factor = try argument("factor", "0 for a raise that fails")
      return .raise(try partyList(value), factor: try quantity(factor, "factor", within: .factor))
    case "freeze": return .freeze(try partyList(value))
    case "default": return .fail(try partyList(value))
    case "offering":
      let amount = try argument("amount", "1.5bn")
      return .offering(
        try insideParty(value),
        dollars: try quantity(amount, "amount", within: .money)
      )
    default:
      if let customer = entries["customer"] {
        guard entries["share"] == nil else {
          throw customer.fault("lose-customer gives both customer and share", "keep one of the two")
        }
        let (loser, lost) = (try insideParty(value), try party(customer))
        guard loser != lost else {
          throw customer.fault("\(loser) is no customer of its own", "name another party")
        }
        return .loseCustomer(loser, customer: lost)
      }
      guard let share = entries["share"] else {
        throw key.fault(
          "lose-customer says neither customer nor share",
          "add customer: PARTY, or share: 30% of what customers outside pay"
        )
      }
      return .loseCustomers(
        try insideParty(value),
        share: try quantity(share, "share", within: .share)
      )
    }
  }

  private func dealList(_ node: ScenarioNode) throws(ScenarioError) -> Shock.Deals {
    if case .text("all") = node.content { return .all }
    return .named(try distinct(node, "a deal", deal))
  }

  private func partyList(_ node: ScenarioNode) throws(ScenarioError) -> [String] {
    if case .text("all") = node.content { return inside.sorted() }
    return try distinct(node, "a party", insideParty)
  }

  /// The one name, or the names of a list, each once.
  private func distinct(
    _ node: ScenarioNode,
    _ what: String,
    _ read: (ScenarioNode) throws(ScenarioError) -> String
  ) throws(ScenarioError) -> [String] {
    guard case .list(let items) = node.content else { return [try read(node)] }
    guard !items.isEmpty else { throw node.fault("the list is empty", "name \(what), or all") }
    var names: [String] = []
    for item in items {
      let name = try read(item)
      guard !names.contains(name) else {
        throw item.fault("\(name) is named twice", "name it once")
      }
      names.append(name)
    }
    return names
  }

  private func chance(_ node: ScenarioNode) throws(ScenarioError) -> Double {
    let chance = try node.number("chance")
    guard (0...1).contains(chance) else {
      throw node.fault("chance is \(chance), not between 0 and 1", "write chance: 0.3, or 30%")
    }
    return chance
  }

  private func condition(_ node: ScenarioNode) throws(ScenarioError) -> Shock.Condition {
    let kinds = ["late": ["months"], "failed": [], "cash-below": ["amount"]]
    let entries = try node.entries(
      "when",
      known: ["late", "months", "failed", "cash-below", "amount"]
    )
    let asked = kinds.keys.filter { entries[$0] != nil }.sorted()
    guard let kind = asked.first, let value = entries[kind] else {
      throw node.fault("when says nothing", "write late: DEAL, failed: PARTY or cash-below: PARTY")
    }
    guard asked.count == 1 else {
      throw node.fault("when says both \(kind) and \(asked[1])", "keep one of the two")
    }
    _ = try node.entries("when \(kind)", known: [kind] + (kinds[kind] ?? []))
    switch kind {
    case "late":
      let months = try needed("months", "3", in: entries, of: value, kind)
      return .late(deal: try deal(value), months: try months.whole("months", in: 1...120))
    case "failed": return .failed(party: try insideParty(value))
    default:
      let amount = try needed("amount", "1bn", in: entries, of: value, kind)
      let dollars = try amount.number("amount")
      try FigureBounds.money.check(.fixed(dollars), amount, "amount")
      return .cashBelow(party: try insideParty(value), dollars: dollars)
    }
  }
}
