import Columns
import Graphs
import Loops
import TestKit
import Testing

/// Schemes planted among ordinary payments: split in three, passed on less a fee, gathered and paid home.
@Suite struct PlantedSchemeTests {
  private static let day = 86_400

  private static func scheme(_ number: Int, _ rng: inout SplitMix64) -> [Transfer] {
    let start = Int.random(in: 0..<180, using: &rng) * day
    let first = 200 + 5 * number
    let parts = [41_200.0, 33_350, 24_450]
    var payments = parts.enumerated().flatMap { place, amount in
      [
        Transfer(payer: first, payee: first + 1 + place, time: start + place, amount: amount),
        Transfer(
          payer: first + 1 + place,
          payee: first + 4,
          time: start + day + place,
          amount: amount - 200
        ),
      ]
    }
    payments.append(Transfer(payer: first + 4, payee: first, time: start + 3 * day, amount: 98_000))
    return payments
  }

  @Test func theyAreTheFirstOfTheList() throws {
    var rng = SplitMix64(seed: 18)
    let ordinary = (0..<12_000).map { _ in
      Transfer(
        payer: Int.random(in: 0..<1_200, using: &rng),
        payee: Int.random(in: 0..<1_200, using: &rng),
        time: Int.random(in: 0..<(200 * Self.day), using: &rng),
        amount: Double(Int.random(in: 1...20_000, using: &rng))
      )
    }
    let planted = (0..<200).flatMap { Self.scheme($0, &rng) }
    let columns = TransferColumns(ordinary + planted, nodeCount: 1_200)
    let returns = try MoneyReturns(of: columns, rules: .init(window: 7 * Self.day))
    let answer = returns.answer()
    let parties = Set((0..<200).map { 200 + 5 * $0 })
    let first = answer.throughOthers.prefix(200)
    #expect(Set(first.map(\.party)) == parties)
    #expect(first.allSatisfy { $0.throughOthers >= 98_000 })
    // By any way they are whole as well, though among much else.
    let whole = Set(answer.all.filter { $0.most >= 98_000 }.map(\.party))
    #expect(parties.isSubset(of: whole))
    var rings = TemporalCycles.Rules(window: 7 * Self.day)
    (rings.tolerance, rings.minimumAmount) = (0.05, 20_001)
    #expect(TemporalCycles(of: columns, rules: rings).tally(limit: 1_000).count == 0)
  }
}
