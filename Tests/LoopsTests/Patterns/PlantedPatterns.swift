import Columns
import Loops
import TestKit

/// Half a year of ordinary payments with shops, employers and people, and one shape of each kind hidden in it.
struct PlantedPatterns {
  private(set) var transfers: [Transfer] = []
  private(set) var nodeCount = 376
  /// Whom each shape is about, of a group the first.
  private(set) var planted: [PaymentPatterns.Kind: Int] = [:]
  private static let day = 86_400

  init(using rng: inout SplitMix64) {
    ordinary(&rng)
    for kind in PaymentPatterns.Kind.allCases { plant(kind, &rng) }
    transfers.shuffle(using: &rng)
  }

  /// 8 employers pay 30 people each every month, from whom 8 shops take money; people pay each other, some of them just below
  /// the threshold.
  private mutating func ordinary(_ rng: inout SplitMix64) {
    for month in 0..<6 {
      for person in 16..<256 {
        let moment = (month * 30 + 27) * Self.day + Int.random(in: 0..<Self.day, using: &rng)
        add(person % 8, person, moment, 150_000 + Double(person * 10))
      }
    }
    for _ in 0..<4_000 {
      let moment = Int.random(in: 0..<180 * Self.day, using: &rng)
      let amount = Double(Int.random(in: 500...20_000, using: &rng))
      add(
        Int.random(in: 16..<376, using: &rng),
        Int.random(in: 8..<16, using: &rng),
        moment,
        amount
      )
    }
    for _ in 0..<1_100 {
      let moment = Int.random(in: 0..<180 * Self.day, using: &rng)
      let amount = Double(Int.random(in: 1_000...1_200_000, using: &rng))
      let (from, to) = (
        Int.random(in: 16..<376, using: &rng), Int.random(in: 16..<376, using: &rng)
      )
      add(from, to, moment, amount)
      if Int.random(in: 0..<4, using: &rng) == 0 {
        add(to, from, moment + Int.random(in: 60...3 * Self.day, using: &rng), amount)
      }
    }
  }

  private mutating func add(_ from: Int, _ to: Int, _ time: Int, _ amount: Double) {
    guard from != to else { return }
    transfers.append(Transfer(payer: from, payee: to, time: time, amount: amount))
  }

  /// So many people who have payments of their own.
  private func people(_ number: Int, _ rng: inout SplitMix64) -> [Int] {
    Array((16..<376).shuffled(using: &rng).prefix(number))
  }

  private mutating func plant(_ kind: PaymentPatterns.Kind, _ rng: inout SplitMix64) {
    let size = Int.random(in: 8...12, using: &rng)
    let start = Int.random(in: 0..<170, using: &rng) * Self.day
    let who = people(2 * size + 2, &rng)
    let (own, others) = (who[0], Array(who[1...size]))
    let amount = Double(Int.random(in: 100_000...400_000, using: &rng))
    func moment(_ day: Int) -> Int {
      start + day * Self.day + Int.random(in: 0..<Self.day, using: &rng)
    }
    planted[kind] = own
    switch kind {
    case .fanIn: for other in others { add(other, own, moment(1), amount) }
    case .fanOut: for other in others { add(own, other, moment(1), amount) }
    case .structuredIn: for other in others { add(other, own, moment(1), 970_000) }
    case .structuredOut: for other in others { add(own, other, moment(1), 970_000) }
    case .gatherScatter:
      for other in others { add(other, own, moment(1), amount) }
      for other in who[(size + 1)...].prefix(size) { add(own, other, moment(2), amount * 0.97) }
    case .scatterGather:
      for other in others {
        add(own, other, moment(1), amount)
        add(other, who[size + 1], moment(3), amount * 0.97)
      }
    case .passThrough:
      // An account of its own, which does nothing else.
      planted[kind] = nodeCount
      for (place, other) in others.enumerated() {
        let moment = moment(place % 6)
        add(other, nodeCount, moment, amount)
        add(nodeCount, who[size + 1], moment + 7_200, amount * 0.97)
      }
      nodeCount += 1
    case .bipartite:
      for other in others.prefix(4) {
        for third in who[(size + 1)...].prefix(4) { add(other, third, moment(1), amount) }
      }
      planted[kind] = others.prefix(4).min()
    case .stack:
      for other in others.prefix(3) {
        for third in who[(size + 1)...].prefix(3) { add(other, third, moment(1), amount) }
        for third in others.suffix(3) { add(third, other, moment(0), amount) }
      }
      planted[kind] = others.prefix(3).min()
    case .backAndForth:
      for day in 0..<4 {
        add(own, others[0], moment(day), amount)
        add(others[0], own, moment(day), amount)
      }
    }
  }
}
