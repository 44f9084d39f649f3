import Columns
import Loops
import TestKit
import Testing

/// Shapes of payments.
@Suite struct PatternTests {
  private typealias Kind = PaymentPatterns.Kind

  private static func pay(_ payer: Int, _ payee: Int, _ time: Int, _ amount: Double) -> Transfer {
    Transfer(payer: payer, payee: payee, time: time, amount: amount)
  }

  private func findings(
    _ transfers: [Transfer],
    _ nodeCount: Int,
    _ rules: PaymentPatterns.Rules,
    _ kind: Kind
  ) -> [PaymentPatterns.Finding] {
    let columns = TransferColumns(transfers, nodeCount: nodeCount)
    return PaymentPatterns(of: columns, rules: rules).answer().findings[kind] ?? []
  }

  private static func rules(_ window: Int, passing: Int = 5) -> PaymentPatterns.Rules {
    var rules = PaymentPatterns.Rules(window: window)
    rules.passing = passing
    return rules
  }

  /// Each shape once, small enough to see: its payments, and what is told of the first finding.
  private static let cases: [(Kind, [Transfer], Double, [[Int]])] = [
    (
      .fanIn, [pay(1, 0, 1, 5), pay(2, 0, 2, 5), pay(2, 0, 3, 5), pay(3, 0, 4, 5)], 3,
      [[1, 2, 3], [0]]
    ),
    (
      // One more is paid in another window.
      .fanOut, [pay(0, 1, 1, 5), pay(0, 2, 2, 5), pay(0, 3, 4, 5), pay(0, 4, 40, 5)], 2,
      [[0], [1, 2, 3]]
    ),
    (
      // 5 pays in and is paid, so that it counts on neither side.
      .gatherScatter,
      [
        pay(5, 0, 1, 5), pay(1, 0, 2, 5), pay(2, 0, 3, 5), pay(0, 3, 4, 5), pay(0, 4, 5, 5),
        pay(0, 5, 6, 5),
      ], 2, [[1, 2], [0], [3, 4]]
    ),
    (
      // 4 keeps half of what it is paid, 5 pays before it is paid.
      .scatterGather,
      [
        pay(0, 1, 1, 10), pay(0, 2, 2, 20), pay(0, 4, 3, 10), pay(5, 3, 3, 10), pay(0, 5, 4, 10),
        pay(1, 3, 5, 9), pay(2, 3, 6, 20), pay(4, 3, 7, 5),
      ], 2, [[0], [1, 2], [3]]
    ),
    (
      // 30 of 40 leave within five seconds for others; the last ten go back to who paid them.
      .passThrough,
      [
        pay(1, 0, 1, 10), pay(0, 2, 2, 9), pay(1, 0, 3, 20), pay(0, 2, 4, 21), pay(3, 0, 20, 10),
        pay(0, 3, 21, 10),
      ], 0.75, [[1], [0], [2]]
    ),
    (
      .bipartite,
      [
        pay(0, 3, 1, 5), pay(1, 3, 2, 5), pay(0, 4, 3, 5), pay(1, 4, 4, 5), pay(2, 3, 5, 5),
        pay(0, 5, 5, 5), pay(1, 5, 6, 5),
      ], 6, [[0, 1], [3, 4, 5]]
    ),
    (
      .stack,
      [
        pay(0, 2, 1, 5), pay(0, 3, 1, 5), pay(1, 2, 2, 5), pay(1, 3, 2, 5), pay(2, 4, 4, 5),
        pay(2, 5, 4, 5), pay(3, 4, 5, 5), pay(3, 5, 5, 5),
      ], 8, [[0, 1], [2, 3], [4, 5]]
    ),
    (
      .backAndForth,
      [pay(0, 1, 1, 5), pay(1, 0, 2, 5), pay(0, 1, 3, 5), pay(1, 0, 4, 5), pay(0, 1, 5, 5)], 2,
      [[0], [1]]
    ),
  ]

  @Test(arguments: cases.indices) func workedByHand(index: Int) throws {
    let (kind, transfers, measure, layers) = Self.cases[index]
    let first = try #require(findings(transfers, 6, Self.rules(10), kind).first, "\(kind)")
    #expect(first.measure == measure, "\(kind)")
    #expect(first.layers == layers, "\(kind)")
    #expect(first.asUnusual == 1)
  }

  @Test func justBelowAThresholdIsTold() {
    var rules = Self.rules(10)
    #expect(findings([Self.pay(0, 1, 1, 95)], 2, rules, .structuredIn).isEmpty)
    rules.threshold = 100
    let amounts: [Double] = [90, 99, 95, 100, 89]
    let transfers = amounts.enumerated().map { Self.pay($0 % 2 + 1, 0, $0, $1) }
    let found = findings(transfers, 3, rules, .structuredIn)
    #expect(found.map(\.measure) == [3])
    #expect(found.first?.payments == [0, 1, 2])
    #expect(findings(transfers, 3, rules, .structuredOut).isEmpty)
  }

  @Test func whatIsThereInOtherWindowsIsTakenOff() {
    // 0 is paid by three in each of nine windows, and by five in one; 9 by four in one.
    let usual = (0..<9).flatMap { window in
      (1...3).map { Self.pay($0, 0, window * 11 + $0, 5) }
    }
    let more = [Self.pay(4, 0, 5, 5), Self.pay(5, 0, 6, 5)]
    let other = (1...4).map { Self.pay($0, 9, 50 + $0, 5) }
    let found = findings(usual + more + other, 10, Self.rules(10), .fanIn)
    #expect(found.map(\.party) == [9, 0])
    #expect(found.map(\.measure) == [4, 2])
  }

  @Test func dataTooDenseIsGivenUp() {
    var rng = SplitMix64(seed: 3)
    let transfers = (0..<400).map { _ in
      Self.pay(Int.random(in: 0..<9, using: &rng), Int.random(in: 0..<9, using: &rng), 1, 5)
    }
    let columns = TransferColumns(transfers, nodeCount: 9)
    let patterns = PaymentPatterns(of: columns, rules: Self.rules(10))
    var request = PaymentPatterns.Request()
    request.workLimit = 100
    #expect(patterns.answer(request).givenUp == [.bipartite, .stack])
    #expect(patterns.answer().givenUp.isEmpty)
  }

  /// In fifty files one shape of each kind is hidden: of each kind at least forty-five are among the first ten of their list.
  @Test func plantedShapesAreAmongTheFirstTen() {
    var found: [Kind: Int] = [:]
    for seed in UInt64(0)..<50 {
      var rng = SplitMix64(seed: seed)
      let file = PlantedPatterns(using: &rng)
      let columns = TransferColumns(file.transfers, nodeCount: file.nodeCount)
      var rules = PaymentPatterns.Rules(window: 7 * 86_400)
      rules.threshold = 1_000_000
      let patterns = PaymentPatterns(of: columns, rules: rules)
      var request = PaymentPatterns.Request()
      let answer = patterns.answer(request)
      request.threads = 3
      if seed % 10 == 0 { #expect(patterns.answer(request) == answer) }
      for (kind, party) in file.planted {
        let first = answer.findings[kind]?.prefix(10) ?? []
        // Of two that pay each other either may be the first.
        let isFound = first.contains {
          $0.party == party || (kind == .backAndForth && $0.layers.joined().contains(party))
        }
        if isFound { found[kind, default: 0] += 1 }
      }
    }
    for kind in Kind.allCases { #expect(found[kind] ?? 0 >= 45, "\(kind): \(found[kind] ?? 0)") }
  }
}
