internal import Claims

extension PlanBuilder {
  /// A shock by positions.
  func compiled(_ shock: Shock) -> CompiledShock {
    let effect = self.effect(shock.effect) ?? .end([])
    let month = shock.month.map { $0.index - (months.first?.index ?? 0) } ?? 0
    let condition = shock.condition.flatMap(self.condition)
    let canHappen = shock.condition == nil || condition != nil
    return CompiledShock(
      month: max(0, month),
      condition: condition,
      chance: canHappen ? shock.chance : 0,
      effect: effect,
      words: shock.words
    )
  }

  private func condition(_ condition: Shock.Condition) -> CompiledShock.Condition? {
    switch condition {
    case .late(let deal, let months):
      streams.firstIndex { $0.deal == deal }.map { .late($0, Int32(months)) }
    case .failed(let party): position[party].map { .failed($0) }
    case .cashBelow(let party, let dollars):
      position[party].map { .cashBelow($0, Cents.whole(dollars: dollars)) }
    }
  }

  private func effect(_ effect: Shock.Effect) -> CompiledShock.Effect? {
    switch effect {
    case .withdraw(let deals), .lapse(let deals): .end(positions(deals))
    case .delay(let deals, let months): .delay(positions(deals), months)
    case .amend(let deals, let factor): .factor(positions(deals), factor)
    case .amount(let deals, let dollars): .amount(positions(deals), dollars)
    case .novate(let deals, let taker): .novate(positions(deals), position[taker] ?? -1)
    case .begin(let deals): .begin(positions(deals))
    case .sharePrice(let parties, let change): .sharePrice(nodes(parties), change)
    case .raise(let parties, let factor): .raise(nodes(parties), factor)
    case .freeze(let parties): .freeze(nodes(parties))
    case .fail(let parties): .fail(nodes(parties))
    case .loseCustomers(let party, let share): position[party].map { .loseCustomers($0, share) }
    case .loseCustomer(let party, let customer):
      position[party].map { .endPair(position[customer] ?? -1, $0) }
    case .offering(let party, let dollars): position[party].map { .offering($0, dollars) }
    case .demandGrowth(let growth): .demandGrowth(growth)
    case .rate(let rate): .rate(rate)
    case .shutMarket(let months): .shutMarket(months)
    }
  }

  private func nodes(_ parties: [String]) -> [Int] { parties.compactMap { position[$0] } }

  /// Streams of the deals named; of all for goods and services.
  private func positions(_ deals: Shock.Deals) -> [Int] {
    switch deals {
    case .all: streams.indices.filter { streams[$0].kind.isRevenue }
    case .named(let names):
      names.compactMap { name in streams.firstIndex { $0.deal == name } }
    }
  }
}

extension Shock {
  /// The deals it names: those it changes, then the one it waits for.
  var deals: [String] {
    var found: [String] = []
    switch effect {
    case .withdraw(.named(let deals)), .delay(.named(let deals), _), .amend(.named(let deals), _),
      .amount(.named(let deals), _), .novate(.named(let deals), _), .begin(.named(let deals)),
      .lapse(.named(let deals)):
      found = deals
    default: break
    }
    if case .late(let deal, _)? = condition, !found.contains(deal) { found.append(deal) }
    return found
  }
}

extension Quantity {
  /// The quantity in a few words.
  func words(_ isMoney: Bool) -> String {
    let text = { (value: Double) in Self.text(value, isMoney) }
    switch self {
    case .fixed(let value): return text(value)
    case .normal(let mean, let deviation):
      return "normal around \(text(mean)), deviation \(text(deviation))"
    case .lognormal(let median, let sigma):
      return "lognormal around \(text(median)), sigma \(Self.text(sigma, false))"
    case .uniform(let low, let high): return "\(text(low)) to \(text(high))"
    case .triangular(let low, let mode, let high):
      return "\(text(low)) to \(text(high)), likeliest \(text(mode))"
    case .choice(let choices):
      return choices.map { "\(text($0.value)) (\(Self.text($0.weight, false)))" }
        .joined(separator: " or ")
    }
  }

  private static func text(_ value: Double, _ isMoney: Bool) -> String {
    guard isMoney else { return decimal(value * 100) + " %" }
    let (scale, word) = value.magnitude >= 1e9 ? (1e9, "bn") : (1e6, "m")
    return "$" + decimal(value / scale) + word
  }

  private static func decimal(_ value: Double) -> String {
    let tenths = cents(value * 10)
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return sign + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
  }
}
