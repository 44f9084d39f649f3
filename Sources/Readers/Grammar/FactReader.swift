internal import Claims

/// Reads the facts of one sentence: revenue, spending, cash, debt, shares of customers, stakes.
struct FactReader {
  let view: SentenceView
  private(set) var discourse: Discourse
  private(set) var facts: [FactDraft] = []
  /// The amounts that are facts.
  private(set) var taken: Set<Int> = []

  init(_ view: SentenceView, _ discourse: Discourse) {
    (self.view, self.discourse) = (view, discourse)
  }

  private func word(_ at: Int) -> String { view.word(at) }

  /// Reads them all.
  mutating func read() {
    for index in view.amounts.indices where !taken.contains(index) {
      let amount = view.amounts[index]
      if amount.unit == "percent" {
        readShare(index)
      } else if amount.isMoney, !amount.isPrice {
        readMetric(index)
      }
    }
    readCompared()
  }

  // MARK: Money

  /// What the words beside an amount say it measures, and where they begin.
  private func metric(_ amount: Amount) -> (name: String, token: Int, isBehind: Bool)? {
    if let valued = valuation(amount) { return valued }
    if let built = building(amount) { return built }
    if word(amount.tokens.upperBound) == "in",
      word(amount.tokens.upperBound + 1) == "cash" || word(amount.tokens.upperBound + 2) == "cash"
    {
      let before = word(amount.tokens.lowerBound - 1)
      if !["for", "of", "pay", "paid"].contains(before) {
        return ("cash", amount.tokens.upperBound + 1, true)
      }
    }
    var at = amount.tokens.lowerBound - 1
    var steps = 0
    while view.range.contains(at), steps < 14 {
      if let name = name(at) { return (name, at, false) }
      guard isLink(at) else { return nil }
      steps += 1
      at -= 1
    }
    return nil
  }

  private func name(_ at: Int) -> String? {
    let (this, before) = (word(at), word(at - 1))
    switch this {
    case "revenue", "revenues", "turnover": return "revenue"
    case "sales": return before == "of" && false ? nil : "revenue"
    case "over": return before == "turned" ? "revenue" : nil
    case "capex": return "capex"
    case "spending", "expenditure", "expenditures": return before == "capital" ? "capex" : nil
    case "cash", "equivalents": return "cash"
    case "debt": return "debt"
    case "principal": return before == "total" ? "debt" : nil
    case "backlog": return "backlog"
    case "obligations": return before == "performance" ? "backlog" : nil
    case "book": return before == "order" ? "backlog" : nil
    default: return nil
    }
  }

  /// Words that may stand between a metric and its amount.
  private func isLink(_ at: Int) -> Bool {
    let links: Set<String> = [
      "of", "was", "were", "is", "are", "at", "stood", "stands", "about", "some", "only", "now",
      "to", "in", "for", "reached", "reach",
      "exceeds", "exceeded", "expected", "plan", "came", "a", "the", "this", "last", "year",
      "quarter", "fiscal", "half", "end", "rise",
      "around", "roughly", "and", "equivalents", "its", "will", "be", "totalled", "totaled",
      "amounted", "nearly", "almost",
      "forecast", "budget", "against", "up", "down", "rose", "fell", "grew", "between", "total",
      "net", "current", "by", "next", "first", "second", "third", "fourth",
    ]
    if view.token(at).kind == .number || view.token(at).kind == .leader || links.contains(word(at))
    {
      return true
    }
    if view.has(at, .month) { return true }
    return view.mention(at: at) != nil && word(at - 1) == "at"
  }

  /// `expects the site to cost about €700 million`.
  private func building(_ amount: Amount) -> (name: String, token: Int, isBehind: Bool)? {
    let at = amount.tokens.lowerBound - 1
    let sites: Set<String> = [
      "site", "plant", "fab", "project", "building", "campus", "factory", "facility", "hall",
      "build-out", "mill",
    ]
    guard word(at) == "cost", word(at - 1) == "to" || word(at - 1) == "will",
      sites.contains(word(at - 2))
    else { return nil }
    return ("capex", at - 2, false)
  }

  /// `valued it at $1.9 billion`, `a valuation of`.
  private func valuation(_ amount: Amount) -> (name: String, token: Int, isBehind: Bool)? {
    guard word(amount.tokens.lowerBound - 1) == "at" || word(amount.tokens.lowerBound - 1) == "of"
    else { return nil }
    for at in stride(
      from: amount.tokens.lowerBound - 2,
      through: max(view.range.lowerBound, amount.tokens.lowerBound - 10),
      by: -1
    ) {
      if ["valued", "value", "values", "valuing"].contains(word(at)),
        word(amount.tokens.lowerBound - 1) == "at"
      {
        let isThing = (at + 1..<amount.tokens.lowerBound - 1).contains {
          view.mention(at: $0) != nil
        }
        let isMarket =
          (at + 1..<amount.tokens.lowerBound).contains { word($0) == "market" }
          || word(at - 1) == "we" || word(at - 1) == "contract"
        return isThing && !isMarket ? ("market-value", at, false) : nil
      }
      if word(at) == "valuation" { return ("market-value", at, false) }
      guard [.word, .possessive].contains(view.token(at).kind) else { return nil }
    }
    return nil
  }

  private mutating func readMetric(_ index: Int) {
    let amount = view.amounts[index]
    guard !amount.isFormer, let metric = metric(amount), isStated(metric.token) else { return }
    if word(amount.tokens.upperBound) == "of",
      ["revenue", "sales"].contains(word(amount.tokens.upperBound + 1))
    {
      return
    }
    // `revenue of $18 million from Acme`: a flow, not a total.
    if word(amount.tokens.upperBound) == "from",
      view.mention(at: amount.tokens.upperBound + 1) != nil
    {
      return
    }
    guard let party = owner(of: metric.token, metric.name, amount) else { return }
    taken.insert(index)
    add(metric.name, amount, party, from: min(metric.token, amount.tokens.lowerBound), index)
  }

  private mutating func add(
    _ metric: String,
    _ amount: Amount,
    _ party: Int,
    counterparty: Int? = nil,
    from start: Int,
    _ index: Int
  ) {
    let (first, last) = period(amount, metric)
    facts.append(
      FactDraft(
        party: party,
        counterparty: counterparty,
        metric: metric,
        amount: amount,
        start: first,
        end: last,
        span: min(start, amount.tokens.lowerBound)..<amount.tokens.upperBound,
        rule: "fact: \(metric)"
      )
    )
  }

  /// What analysts expect is none of the firm's figures.
  private func isStated(_ at: Int) -> Bool {
    let start = max(view.range.lowerBound, at - 8)
    return !view.has(["analysts", "analyst", "consensus"], in: start..<at)
      || view.has(["we"], in: start..<at)
  }

  private mutating func owner(of metric: Int, _ name: String, _ amount: Amount) -> Int? {
    if name == "market-value",
      let thing = view.mentions.first(where: {
        $0.tokens.lowerBound > metric && $0.tokens.upperBound <= amount.tokens.lowerBound
      })
    {
      return discourse.resolve(thing)
    }
    let possessive = view.mentions.last { mention in
      mention.isPossessive && mention.tokens.upperBound <= metric
        && metric - mention.tokens.upperBound <= 5
    }
    if let possessive { return party(possessive, at: metric) }
    if let at = view.mentions.first(where: {
      $0.tokens.lowerBound > metric && $0.tokens.lowerBound <= metric + 2
        && word($0.tokens.lowerBound - 1) == "at"
    }) {
      return party(at, at: metric)
    }
    if let for_ = view.mentions.first(where: {
      $0.tokens.lowerBound > metric && word($0.tokens.lowerBound - 1) == "for"
        && word($0.tokens.lowerBound - 2) != "order" && $0.form == .name
        && $0.tokens.upperBound < amount.tokens.lowerBound
    }) {
      return party(for_, at: metric)
    }
    if let phrase = view.phrases.last(where: { $0.token < amount.tokens.lowerBound }),
      let subject = phrase.subject
    {
      let found = party(view.mentions[subject], at: metric)
      if let found { return found }
    }
    return discourse.subject ?? discourse.own ?? discourse.lastSubject ?? discourse.main
  }

  private mutating func party(_ mention: Mention, at token: Int) -> Int? {
    guard let entity = discourse.resolve(mention, isQuoted: view.isQuoted(token)),
      discourse.cast.entities[entity].isParty
    else { return nil }
    return entity
  }

  /// The days an amount is of.
  private func period(_ amount: Amount, _ metric: String) -> (PartialDate?, PartialDate?) {
    let near = view.dates.min { distance($0, amount) < distance($1, amount) }
    guard let near, distance(near, amount) <= 14 else { return (nil, nil) }
    return (near.date, near.last ?? near.date)
  }

  private func distance(_ date: DateMention, _ amount: Amount) -> Int {
    date.tokens.lowerBound >= amount.tokens.upperBound
      ? date.tokens.lowerBound - amount.tokens.upperBound
      : (amount.tokens.lowerBound - date.tokens.upperBound) + 1
  }

  /// `against C$171 million a year earlier`, `up from $4.1 billion in 2024`, `(2024: 64%)`.
  private mutating func readCompared() {
    for index in view.amounts.indices where !taken.contains(index) {
      let amount = view.amounts[index]
      let before = (word(amount.tokens.lowerBound - 2), word(amount.tokens.lowerBound - 1))
      let isCompared =
        ["against", "versus", "from"].contains(before.1) && before.0 != "away"
        || before.1 == "with" && before.0 == "compared"
        || before.1 == "and" && isDated(amount)
        || before.1 == ":" && view.token(amount.tokens.lowerBound - 2).kind == .number
      guard isCompared,
        let fact = facts.last(where: {
          $0.amount.tokens.upperBound <= amount.tokens.lowerBound && $0.amount.unit == amount.unit
        }),
        !amount.isFormer, fact.metric == "revenue" || fact.metric == "customer-share",
        fact.amount.tokens.upperBound + 14 > amount.tokens.lowerBound
      else { continue }
      taken.insert(index)
      add(
        fact.metric,
        amount,
        fact.party ?? 0,
        counterparty: fact.counterparty,
        from: amount.tokens.lowerBound,
        index
      )
    }
  }

  /// `46% in 2025 and 39% in 2024`.
  private func isDated(_ amount: Amount) -> Bool {
    word(amount.tokens.upperBound) == "in"
      && view.dates.contains { $0.tokens.contains(amount.tokens.upperBound + 1) }
  }

  // MARK: Shares

  private mutating func readShare(_ index: Int) {
    let amount = view.amounts[index]
    let after = amount.tokens.upperBound
    guard word(after) == "of" || view.says("respectively") || word(after - 1) == "of" else {
      return readStakeWithout(index)
    }
    if let metric = (after..<min(view.range.upperBound, after + 9)).first(where: {
      ["revenue", "revenues", "sales", "turnover", "deliveries", "business", "income"].contains(
        word($0)
      )
    }) {
      if view.says("respectively") {
        readRespective(index, metric)
      } else {
        readCustomer(index, metric)
      }
      return
    }
    readStake(index)
  }

  /// `58% and 21% of our revenue, respectively, compared with 44% and 30%`.
  private mutating func readRespective(_ index: Int, _ metric: Int) {
    let shares = view.amounts.indices.filter { view.amounts[$0].unit == "percent" }
    let names = view.mentions.filter {
      $0.form == .name && $0.tokens.upperBound <= view.amounts[shares[0]].tokens.lowerBound
    }.suffix(2)
    guard names.count == 2, let party = shareOwner(metric), shares.count >= 2 else { return }
    for (place, share) in shares.enumerated() where !taken.contains(share) {
      guard let customer = Array(names)[place % 2].entity, customer != party else { continue }
      taken.insert(share)
      add(
        "customer-share",
        view.amounts[share],
        party,
        counterparty: customer,
        from: view.amounts[share].tokens.lowerBound,
        share
      )
    }
  }

  private mutating func shareOwner(_ metric: Int) -> Int? {
    if let owner = view.mentions.last(where: {
      $0.isPossessive && $0.tokens.upperBound <= metric && metric - $0.tokens.upperBound <= 4
    }) {
      return party(owner, at: metric)
    }
    return discourse.own ?? discourse.lastSubject ?? discourse.main
  }

  private mutating func readCustomer(_ index: Int, _ metric: Int) {
    let amount = view.amounts[index]
    let owner = view.mentions.last {
      $0.isPossessive && $0.tokens.upperBound <= metric
        && $0.tokens.lowerBound >= amount.tokens.upperBound
    }
    let from = view.mentions.first {
      $0.tokens.lowerBound > metric && word($0.tokens.lowerBound - 1) == "from"
    }
    let subject =
      (view.phrases.last { $0.token < amount.tokens.lowerBound }?.subject).map { view.mentions[$0] }
      ?? view.mentions.last { $0.tokens.upperBound <= amount.tokens.lowerBound && !$0.isPossessive }
    var seller: Int?
    var customer: Int?
    if let from {
      customer = discourse.resolve(from)
      seller =
        owner.flatMap { discourse.resolve($0, excluding: Set([customer].compactMap(\.self))) }
        ?? subject.flatMap { discourse.resolve($0) }
    } else {
      customer = subject.flatMap { discourse.resolve($0) }
      seller =
        owner.flatMap { discourse.resolve($0, excluding: Set([customer].compactMap(\.self))) }
        ?? discourse.lastSubject ?? discourse.main
    }
    guard let seller, let customer, seller != customer else { return }
    taken.insert(index)
    add(
      "customer-share",
      amount,
      seller,
      counterparty: customer,
      from: amount.tokens.lowerBound,
      index
    )
  }

  /// `owns 11 percent of Tidewater`, `holds 9.4% of our Class A common stock`.
  private mutating func readStake(_ index: Int) {
    let amount = view.amounts[index]
    guard let phrase = view.phrases.last(where: { $0.token < amount.tokens.lowerBound }),
      ["own", "hold", "have", "give", "acquire", "buy", "control", "take"].contains(phrase.base)
    else { return }
    guard
      let held = view.mentions.first(where: {
        $0.tokens.lowerBound > amount.tokens.upperBound
          && $0.tokens.lowerBound <= amount.tokens.upperBound + 3
      })
    else { return }
    let holderMention =
      phrase.base == "give"
      ? phrase.arguments.first { $0.preposition.isEmpty }?.mention : phrase.subject
    guard let holderMention, let holder = discourse.resolve(view.mentions[holderMention]),
      let firm = discourse.resolve(held, excluding: [holder]), firm != holder,
      discourse.cast.entities[holder].isParty
    else { return }
    taken.insert(index)
    add("stake", amount, holder, counterparty: firm, from: amount.tokens.lowerBound, index)
  }

  /// `in which Amazon holds 18 percent`.
  private mutating func readStakeWithout(_ index: Int) {
    let amount = view.amounts[index]
    guard let which = view.place(of: "in which"), which < amount.tokens.lowerBound,
      amount.tokens.lowerBound - which <= 8,
      let holder = view.mentions.first(where: {
        $0.tokens.lowerBound > which && $0.tokens.upperBound <= amount.tokens.lowerBound
      })?.entity,
      let firm = view.mentions.last(where: { $0.tokens.upperBound <= which })?.entity
    else { return }
    taken.insert(index)
    add("stake", amount, holder, counterparty: firm, from: amount.tokens.lowerBound, index)
  }
}
