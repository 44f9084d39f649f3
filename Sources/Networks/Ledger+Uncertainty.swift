internal import Numerics
public import Claims

extension Ledger {
  /// Something the book leaves open: an amount within a range, or one of several readings of a deal.
  public struct Uncertain: Sendable {
    /// What it is.
    public let key: LedgerKey
    /// The deal, or `nil` for a fact about a pair.
    public let deal: DealView?
    /// Who pays, by id.
    public let payer: String
    /// Who is paid, by id.
    public let payee: String
    /// How many readings lead to different networks, the standing one included.
    public let readings: [Int]
    /// Whether an amount has a range.
    public let varies: Bool
    /// The rows of the book behind it.
    public let evidence: [Evidence]
  }

  /// Everything the network depends on and the book leaves open, facts first, then deals in order.
  public var uncertain: [Uncertain] {
    let facts = actuals.enumerated().filter(\.element.amount.isRange).map { index, item in
      Uncertain(
        key: .actual(index),
        deal: nil,
        payer: item.payer,
        payee: item.payee,
        readings: [0],
        varies: true,
        evidence: item.evidence
      )
    }
    return facts + entries.indices.compactMap(uncertain)
  }

  private func uncertain(_ index: Int) -> Uncertain? {
    let readings = entries[index].indices.filter {
      $0 == 0 || entries[index][$0].differs(from: entries[index][0])
    }
    let items = readings.flatMap { entries[index][$0].items }
    let varies = items.contains(where: \.amount.isRange)
    guard readings.count > 1 || varies else { return nil }
    let dealView = view.deals[index]
    let contested = dealView.disputes.filter { $0.reading.map(readings.contains) == true }
      .flatMap { [$0.standing, $0.contesting] }.map(Evidence.claim)
    return Uncertain(
      key: .deal(index),
      deal: dealView,
      payer: dealView.deal.payer,
      payee: dealView.deal.payee,
      readings: readings,
      varies: varies,
      evidence: Set(items.flatMap(\.evidence) + contested).sorted()
    )
  }

  /// One choice among everything left open, the same for the same seed and path.
  ///
  /// - Parameters:
  ///   - uncertain: What is open: ``uncertain``.
  ///   - seed: Where chance begins.
  ///   - path: The number of the draw.
  /// - Returns: For each thing open a reading, all alike, and a place in its range, all alike.
  public func choice(among uncertain: [Uncertain], seed: UInt64, path: UInt64) -> LedgerChoice {
    var stream = RandomStream(seed: seed, path: path, for: .choice)
    var choice = LedgerChoice()
    for open in uncertain {
      let reading = open.readings[stream.whole(below: open.readings.count)]
      if case .deal(let index) = open.key { choice.readings[index] = reading }
      choice.shares[open.key] = stream.unit()
    }
    return choice
  }
}

extension Ledger.DealEntry {
  /// Whether another reading of the deal makes another network.
  func differs(from other: Ledger.DealEntry) -> Bool {
    unknown != other.unknown || items.count != other.items.count
      || zip(items, other.items).contains {
        $0.amount != $1.amount || $0.payer != $1.payer || $0.payee != $1.payee
      }
  }
}
