internal import Columns
internal import Networks
internal import Stress

extension CashPath {
  /// Lowers what those who are short pay at once to what the circles among them leave, rounded up.
  ///
  /// Where parties owe one another, a shortage goes round and lowers each a little every time: rounds
  /// would be as many as the debts are times larger than it. Without roundings, what they pay solves
  /// *x = max(0, b + Mx)*, with *b* what each has for deals from everybody else. Roundings only lower
  /// that, and *b* is taken a thousandth of a cent too large, so that any solution is at least the
  /// greatest: nothing is lowered beyond the answer, and rounds of whole cents from there end at it.
  /// Deals that pay shares of receipts are not among debts; with them nothing is lowered.
  func drainCircles() {
    guard columns.sharing.isEmpty else { return }
    let short = books.failedIn.indices.filter {
      due.junior[$0] > 0 && due.paid[$0] < due.junior[$0] && !isBacked($0)
    }
    var circles = DebtCircles(short: short, of: books.failedIn.count)
    let own = short.map { party in
      left(party, coming: books.failedIn[party] < 0 ? books.customers[party] : 0)
    }
    for (place, cents) in own.enumerated() { circles.give(cents, to: place) }
    for line in due.lines.prefix(due.count) {
      let (from, to) = (circles.place(of: line.payer), circles.place(of: line.payee))
      if let from {
        circles.owe(from, to, share: Double(line.amount) / Double(due.junior[line.payer]))
      } else if let to {
        circles.give(line.amount, to: to)
      }
    }
    for (party, most) in zip(short, circles.payments()) {
      due.paid[party] = min(due.paid[party], most)
    }
  }
}

/// Parties that are short, and what shares of their payments they owe one another.
private struct DebtCircles {
  private var place: [Int?]
  /// What each has by itself and from those who are not short, in cents.
  private var base: [Int64]
  private var links: [[(payee: Int, share: Double)]]
  /// What share of its payments each makes to others.
  private var leak: [Double]

  init(short: [Int], of parties: Int) {
    place = [Int?](repeating: nil, count: parties)
    for (index, party) in short.enumerated() { place[party] = index }
    base = [Int64](repeating: 0, count: short.count)
    links = [[(payee: Int, share: Double)]](repeating: [], count: short.count)
    leak = [Double](repeating: 0, count: short.count)
  }

  /// The place of a party among those who are short; `nil` for others and the outside.
  func place(of party: Int) -> Int? { party >= 0 ? place[party] : nil }

  mutating func give(_ cents: Int64, to payee: Int) { base[payee] &+= cents }

  mutating func owe(_ payer: Int, _ payee: Int?, share: Double) {
    if let payee, payee != payer {
      links[payer].append((payee, share))
    } else {
      leak[payer] += share
    }
  }

  /// At least what each pays in the greatest solution, in cents.
  func payments() -> [Int64] {
    let base = base.map { Double($0) + max(0x1p-10, Double($0.magnitude) * 0x1p-52) }
    var isPayer = base.map { $0 > 0 }
    var paid = base.map { max(0, $0) }
    while true {
      guard let solution = try? solution(base, isPayer) else {
        return [Int64](repeating: .max, count: base.count)
      }
      paid = solution.map { max(0, $0) }
      var income = base
      for payer in links.indices where isPayer[payer] {
        for link in links[payer] { income[link.payee] += link.share * paid[payer] }
      }
      let more = isPayer.indices.filter { !isPayer[$0] && income[$0] > 0 }
      guard !more.isEmpty else { break }
      for party in more { isPayer[party] = true }
    }
    return paid.map { $0 < 0x1p60 ? Int64(($0 * (1 + 0x1p-44)).rounded(.up)) : .max }
  }

  /// What payers pay where the others pay nothing.
  private func solution(_ base: [Double], _ isPayer: [Bool]) throws(StressError) -> [Double] {
    var leak = leak
    var inside = links
    for payer in links.indices {
      inside[payer] = isPayer[payer] ? links[payer].filter { isPayer[$0.payee] } : []
      for link in links[payer] where !isPayer[link.payee] { leak[payer] += link.share }
    }
    let own = zip(base, isPayer).map { $1 ? $0 : 0 }
    return try DefaulterSystem(links: inside, leak: leak).solution(own)
  }
}
