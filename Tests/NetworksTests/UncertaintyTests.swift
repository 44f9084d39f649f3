import Numerics
import Claims
import TestKit
import Testing

@testable import Networks

@Suite struct UncertaintyTests {
  private static let story = """
    party acme
    party bolt
    party cog
    deal acme > bolt purchase
    c1 gazette 2026-01 active paid 10 in 2025
    c2 herald 2026-06 active paid 20~30 in 2025
    deal cog > bolt loan
    c3 filing 2025 active paid 5 in 2025
    deal bolt > cog purchase
    c4 filing 2025-01 signed binding 40 in 2025..2025
    c5 gazette 2025-06 withdrawn
    fact cog < acme revenue-from 6~9 in 2025
    """

  private func ledger() throws -> Ledger { try Ledger(Self.story, days("2025")) }

  @Test func whatIsOpen() throws {
    let open = try ledger().uncertain
    try #require(open.map(\.key) == [.actual(0), .deal(0), .deal(1)])
    #expect(open.map(\.readings) == [[0], [0, 1], [0, 1]])
    #expect(open.map(\.varies) == [true, true, false])
    #expect(open[1].evidence == [.claim("c1"), .claim("c2")])
    #expect(open[2].evidence == [.claim("c4"), .claim("c5")])
  }

  /// Streams of a thousand draws under neighbouring seeds share no bits, whatever they are for.
  @Test func streamsOfDifferentSeedsPathsAndPurposesAreApart() {
    var seen: Set<UInt64> = []
    let purposes: [RandomStream.Purpose] = [.alone, .choice, .completion, .rewiring]
    for seed in UInt64(0)..<4 {
      for path in UInt64(0)..<200 {
        for purpose in purposes {
          var stream = RandomStream(seed: seed, path: path, for: purpose)
          for _ in 0..<3 { seen.insert(stream.next()) }
        }
      }
    }
    #expect(seen.count == 4 * 200 * 4 * 3)
  }

  @Test func whatStands() throws {
    let standing = try ledger().network()
    #expect(standing.items.map { dollars($0.amount) } == ["7.5", "25", "40", "5"])
  }

  @Test func theSameSeedAndPathGiveTheSameBits() throws {
    let ledger = try ledger()
    let open = ledger.uncertain
    for path in UInt64(0)..<20 {
      let one = ledger.choice(among: open, seed: 7, path: path)
      let two = ledger.choice(among: open, seed: 7, path: path)
      #expect(one.readings == two.readings && one.shares == two.shares)
      #expect(ledger.network(one).network == ledger.network(two).network)
      let other = ledger.choice(among: open, seed: 8, path: path)
      #expect(one.shares != other.shares)
    }
  }

  @Test func drawsKeepToReadingsAndRangesAndReachAllOfThem() throws {
    let ledger = try ledger()
    let open = ledger.uncertain
    var seen: Set<[Int]> = []
    for path in UInt64(0)..<200 {
      let choice = ledger.choice(among: open, seed: 1, path: path)
      seen.insert([choice.readings[0] ?? 0, choice.readings[1] ?? 0])
      #expect(choice.shares.values.allSatisfy { (0..<1).contains($0) })
      let network = ledger.network(choice).network
      let purchase = network.weight(from: 0, to: 1) / 100
      // Each reading's amount has a range wide enough to hold what contests it.
      #expect((10...30).contains(purchase))
      #expect((6..<9).contains(network.weight(from: 0, to: 2) / 100))
      #expect([0, 40].contains(network.weight(from: 1, to: 2) / 100))
    }
    #expect(seen == [[0, 0], [0, 1], [1, 0], [1, 1]])
  }
}
