public import Graphs
public import Networks

/// Who defaults when others do: each party bears losses up to its buffer, and then fails whole.
///
/// A party defaults where what it has lost reaches its buffer; its creditors then lose what they do
/// not recover of all it owes them. A loss of exactly the buffer goes by the tie rule. A buffer of
/// exactly zero is no default by itself: the first loss is. A buffer below zero is.
public struct Cascade: Sendable, Equatable {
  /// What becomes of a party that has lost exactly its buffer.
  public enum TieRule: String, Sendable, CaseIterable {
    /// It defaults.
    case `default`
    /// It survives.
    case survive
  }

  /// Who defaulted, by position.
  public let defaulted: [NodeIndex]
  /// The round in which each party defaulted, 0 for those the shock brought down; `nil` for others.
  public let failedInRound: [Int?]
  /// The last round in which anybody defaulted.
  public let rounds: Int
  /// What each party has lost: the shock, and what its debtors do not pay.
  public let lost: [Double]
  /// What each creditor loses on each debtor, by debtor, then creditor.
  public let losses: [LinkLoss]

  /// The share of a buffer by which a loss may miss it and still be a tie: what rounding loses.
  public static let rounding = 1e-12

  /// Lets a shock run through a network whose flows run from debtor to creditor.
  ///
  /// - Parameters:
  ///   - network: Who owes whom.
  ///   - buffers: What each party can lose; of parties that cannot lose anything it may be `nil`.
  ///   - shocks: What share of its buffer each party loses at first, zero or above. Whoever
  ///     loses all of it is in default from the start, whatever the tie rule.
  ///   - recovery: What share of a defaulter's debts is paid after all, from 0 to 1.
  ///   - ties: What becomes of a party that has lost exactly its buffer.
  /// - Throws: ``StressError`` for figures that are missing or out of their bounds.
  /// - Complexity: O(*m* + *n* · rounds).
  public init(
    of network: FlowNetwork,
    buffers: [Double?],
    shocks: [Double],
    recovery: Double = 0,
    ties: TieRule = .default
  ) throws(StressError) {
    let parties = network.nodes.indices
    try checkShare("recovery", recovery)
    try checkFigures("shock", shocks, of: network.nodes)
    try Self.check(buffers, shocks, network)
    var lost = parties.map { shocks[$0] * max(0, buffers[$0] ?? 0) }
    guard lost.allSatisfy(\.isFinite) else { throw .tooMuch }
    var failedInRound: [Int?] = parties.map {
      shocks[$0] >= 1 || (buffers[$0] ?? 0) < 0 ? 0 : nil
    }
    var failing = parties.filter { failedInRound[$0] != nil }
    var rounds = 0
    while !failing.isEmpty {
      for debtor in failing {
        for flow in network.row(debtor) {
          lost[network.payee[flow]] += (1 - recovery) * network.weight[flow]
        }
      }
      failing = parties.filter {
        failedInRound[$0] == nil && Self.falls(lost[$0], buffers[$0] ?? .infinity, ties)
      }
      guard !failing.isEmpty else { break }
      rounds += 1
      for party in failing { failedInRound[party] = rounds }
    }
    guard lost.allSatisfy(\.isFinite) else { throw .tooMuch }
    self.failedInRound = failedInRound
    self.rounds = rounds
    self.lost = lost
    defaulted = parties.filter { failedInRound[$0] != nil }
    losses = network.flows.filter { failedInRound[$0.payer] != nil && recovery < 1 }.map {
      LinkLoss(
        debtor: $0.payer,
        creditor: $0.payee,
        owed: $0.weight,
        loss: $0.weight * (1 - recovery)
      )
    }
  }

  private static func falls(_ lost: Double, _ buffer: Double, _ ties: TieRule) -> Bool {
    guard lost > 0 else { return false }
    let slack = rounding * max(lost, buffer)
    guard (lost - buffer).magnitude > slack else { return ties == .default }
    return lost > buffer
  }

  private static func check(
    _ buffers: [Double?],
    _ shocks: [Double],
    _ network: FlowNetwork
  ) throws(StressError) {
    let parties = network.nodes
    guard buffers.count == parties.count else {
      throw .shapeMismatch(what: "buffer", expected: parties.count, actual: buffers.count)
    }
    let isCreditor = Set(network.payee)
    for (node, party) in parties.enumerated() {
      if let buffer = buffers[node] {
        guard buffer.isFinite else { throw .badFigure(what: "buffer", party: party, value: buffer) }
      } else {
        let isNeeded = isCreditor.contains(node) || (shocks[node] > 0 && shocks[node] < 1)
        guard !isNeeded else { throw .unknown(what: "buffer", party: party) }
      }
    }
  }
}
