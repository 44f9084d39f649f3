public import Claims

/// A small book that says anything a book may say: all kinds, levels, statuses and relations, ranges and single
/// bounds, balances, instalments, conditions, pens, shares, parts, members, novations, and rows of one day.
public struct RandomBook {
  private var generator: SplitMix64
  private var lines: [String] = []
  private var claims = 0
  /// When each fact of a party was reported.
  private var facts: [Int] = []
  private var rates = 0
  private let companies = ["acme", "bolt", "core", "dyne"]

  /// Draws a book.
  ///
  /// - Parameter seed: Where chance begins.
  /// - Returns: The book.
  /// - Throws: Why the draw is no book.
  public static func contents(seed: UInt64) throws -> BookContents {
    var book = RandomBook(generator: SplitMix64(seed: seed))
    book.draw()
    return try Story(book.lines.joined(separator: "\n")).contents()
  }

  private init(generator: SplitMix64) { self.generator = generator }

  private mutating func draw() {
    lines = companies.map { "party \($0)" }
    lines += [
      "party lenders market", "party buyers households",
      "party big other identifiers=members:acme,bolt", "party someone other",
    ]
    if chance(0.3) { lines.append("party unit parent=core") }
    if chance(0.5) {
      rates = 1
      lines.append("fact rate exchange-rate 0.8 unit=EUR in 2024")
    }
    for index in 0..<Int.random(in: 1...5, using: &generator) { addDeal(index) }
    for _ in 0..<Int.random(in: 2...14, using: &generator) { addFact() }
    if chance(0.3) { lines.append("assume completion-outside-weight 2 ratio") }
  }

  // MARK: Deals

  private mutating func addDeal(_ index: Int) {
    let payer = pick(companies + ["lenders", "buyers"])
    let payee = pick(companies.filter { $0 != payer })
    let kind = pick(Deal.Kind.allCases.map(\.rawValue) + Array(repeating: "purchase", count: 6))
    let part = chance(0.2) ? " part=cloud" : ""
    lines.append("deal \(payer) > \(payee) \(kind) id=d\(index)\(part)")
    var day = Int.random(in: 0..<1000, using: &generator)
    var earlier: [String] = []
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      if chance(0.8) { day += Int.random(in: 1..<250, using: &generator) }
      claims += 1
      lines.append(claim("k\(claims)", day, earlier, payer: payer, payee: payee))
      earlier.append("k\(claims)")
    }
    if chance(0.2) { lines.append("assume end:d\(index) 2027-06-30 date") }
    if chance(0.15) { lines.append("assume start:d\(index) 2024-02-01 date") }
  }

  private mutating func claim(
    _ id: String,
    _ day: Int,
    _ earlier: [String],
    payer: String,
    payee: String
  ) -> String {
    let teller = chance(0.2) ? "/" + pick([payer, payee, "people"]) : ""
    var words = [id, pick(sources) + teller, date(day)]
    if chance(0.6) {
      words.append(pick(["signed", "active", "announced", "intended", "rumoured", "completed"]))
    } else if chance(0.1) {
      words.append(pick(["denied", "withdrawn", "lapsed", "cancelled"]))
    }
    words += amount(day)
    if chance(0.1) { words.append("signed=" + date(day - 30)) }
    if chance(0.1) { words.append("condition=" + pick(["closing", "performance", "exercise"])) }
    words += pen()
    if chance(0.1) { words.append("confidence=0.4") }
    if let about = earlier.randomElement(using: &generator), chance(0.4) {
      let relation = pick(["confirm", "deny", "amend", "supersede", "novate", "confirm"])
      words += [relation, about]
      if relation == "novate" {
        words.append("new_payer=" + pick(companies.filter { $0 != payee }))
      }
    }
    return words.joined(separator: " ")
  }

  private mutating func amount(_ day: Int) -> [String] {
    guard chance(0.75) else { return chance(0.5) ? ["in", term()] : [] }
    let level = pick(["headline", "binding", "binding", "drawn", "paid", "paid"])
    var words = chance(0.1) ? ["currency=EUR"] : []
    words += [level, range()]
    if level == "paid" {
      words += ["in", period()]
    } else if level == "drawn" {
      if chance(0.5) { words.append("end=" + date(day - 20)) }
    } else if chance(0.8) {
      words += ["in", term()]
      if chance(0.3) { words.append("schedule=" + schedule()) }
    }
    return words
  }

  private mutating func schedule() -> String {
    pick(["even", "at-start", "at-end", "back-loaded", "2024-03:1000000000;2025-08:2000000000"])
  }

  // MARK: Facts

  private mutating func addFact() {
    let party = pick(companies)
    let other = pick(companies.filter { $0 != party } + ["buyers", "big", "someone"])
    let forms = [
      "\(party) revenue \(range(large: true)) in \(period())",
      "\(party) revenue \(range(large: true)) in \(period())",
      "\(party) \(pick(["capex", "costs", "cost-of-revenue"])) \(range(large: true)) in \(period())",
      "\(party) \(pick(["investments", "equity-raised", "debt-raised"])) \(range()) in \(period())",
      "\(party) operating-cash-flow \(range()) in \(period())",
      "\(party) < \(other) revenue-from \(range()) in \(period())",
      "\(party) < \(other) revenue-share unit=percent \(share()) in \(period())",
      "\(party) < \(pick(companies)) units-bought unit=units 1000 in \(period())",
      "\(party) < big purchases-from \(range()) in \(period())",
      "\(party) revenue-part part=cloud \(range()) in \(period())",
    ]
    let day = Int.random(in: 0..<1900, using: &generator)
    var words = ["fact", pick(forms), "source=" + pick(sources), "reported=" + date(day)] + pen()
    guard !words[1].contains("\(party) < \(party)") else { return }
    if chance(0.1) { words.append("confidence=0.4") }
    if let about = facts.indices.randomElement(using: &generator), chance(0.2) {
      let relation = day < facts[about] ? "part" : pick(["part", "supersede", "confirm", "deny"])
      words += [relation, "f\(about + 1 + rates)"]
    }
    facts.append(day)
    lines.append(words.joined(separator: " "))
  }

  // MARK: Words

  private let sources = ["filing", "court", "statement", "gazette", "herald", "data", "analyst"]

  private mutating func pen() -> [String] {
    chance(0.15) ? ["pen=" + pick(["estimate", "forecast"])] : []
  }

  private mutating func share() -> String { pick(["10", "25", "40", "10~20"]) }

  private mutating func range(large: Bool = false) -> String {
    let low = Int.random(in: 1...(large ? 400 : 120), using: &generator) * 100_000_000
    let high = low + Int.random(in: 1...50, using: &generator) * 100_000_000
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: return "\(low)~\(high)"
    case 1: return large ? "\(low)" : "~\(high)"
    case 2: return large ? "\(low)" : "\(low)~"
    default: return "\(low)"
    }
  }

  private mutating func period() -> String {
    let year = Int.random(in: 2023...2026, using: &generator)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0:
      let month = pick([1, 4, 7, 10])
      return "\(year)-\(two(month))..\(year)-\(two(month + 2))"
    case 1: return "\(year)-01..\(year)-06"
    case 2: return "\(year)-02-01..\(year + 1)-01-31"
    case 3: return "\(year)-\(two(Int.random(in: 1...12, using: &generator)))"
    default: return "\(year)"
    }
  }

  private mutating func term() -> String {
    let year = Int.random(in: 2023...2026, using: &generator)
    let last = year + Int.random(in: 0...4, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return "\(year)-\(two(Int.random(in: 1...12, using: &generator))).."
    case 1: return "..\(last)"
    case 2: return "\(year)-05-20..\(last + 1)-02-10"
    default: return "\(year)..\(last)"
    }
  }

  /// The day so many days from the beginning of 2022.
  private func date(_ days: Int) -> String {
    (Day(year: 2022, month: 1, day: 1) ?? Day(ordinal: 0)).advanced(by: days).description
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < share
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &generator)]
  }
}
