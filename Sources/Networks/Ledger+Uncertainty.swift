public import Claims
internal import Numerics

extension Ledger {
  /// Something the book leaves open: an amount within a range, when it moved, or one of several readings of a deal.
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
    /// Whether a rule laid some of it on days.
    public let hasTiming: Bool
    /// The best grade of anything open in it: it moves no footing of better grades alone.
    public let grade: Grade
    /// The rows of the book behind it.
    public let evidence: [Evidence]
    /// The number of its stream of chance.
    private let stream: UInt64

    init(
      key: LedgerKey,
      deal: DealView?,
      payer: String,
      payee: String,
      readings: [Int],
      varies: Bool,
      hasTiming: Bool,
      grade: Grade,
      evidence: [Evidence],
      content: String
    ) {
      (self.key, self.deal, self.payer, self.payee) = (key, deal, payer, payee)
      (self.readings, self.varies, self.hasTiming) = (readings, varies, hasTiming)
      (self.grade, self.evidence) = (grade, evidence)
      stream = StableHash.of(content)
    }

    /// One choice: a reading, all alike, and a place in its range and in time, all alike.
    func drawn(seed: UInt64, path: UInt64) -> (reading: Int, share: Double, timing: Double) {
      var stream = RandomStream(seed: seed ^ stream, path: path, for: .choice)
      return (readings[stream.whole(below: readings.count)], stream.unit(), stream.unit())
    }
  }

  /// Whether unknown money runs under some reading of a deal.
  var hasUnknown: Bool { entries.contains { $0.contains { $0.unknown != nil } } }

  /// Everything the network depends on and the book leaves open, facts first, then deals in order.
  public var uncertain: [Uncertain] {
    let facts = actuals.enumerated().filter { $1.amount.isRange }.map { index, item in
      Uncertain(
        key: .actual(index),
        deal: nil,
        payer: item.payer,
        payee: item.payee,
        readings: [0],
        varies: true,
        hasTiming: item.hasTiming,
        grade: item.grade,
        evidence: item.evidence,
        content: item.content
      )
    }
    return facts + entries.indices.compactMap(uncertain)
  }

  private func uncertain(_ index: Int) -> Uncertain? {
    let readings = entries[index].indices.filter {
      $0 == 0 || entries[index][$0].differs(from: entries[index][0])
    }
    let items = readings.flatMap { entries[index][$0].items }
    let open = readings.count > 1 ? items : items.filter(\.amount.isRange)
    guard readings.count > 1 || !open.isEmpty else { return nil }
    let dealView = view.deals[index]
    let contested = dealView.disputes.filter { $0.reading.map(readings.contains) == true }
      .flatMap { [$0.standing, $0.contesting] }.map(Evidence.claim)
    return Uncertain(
      key: .deal(index),
      deal: dealView,
      payer: dealView.deal.payer,
      payee: dealView.deal.payee,
      readings: readings,
      varies: items.contains(where: \.amount.isRange),
      hasTiming: items.contains(where: \.hasTiming),
      grade: open.map(\.grade).min() ?? .disclosed,
      evidence: Set(items.flatMap(\.evidence) + contested).sorted(),
      content: items.map(\.content).joined(separator: "\n")
    )
  }

  /// One choice among everything left open, the same for the same seed and path.
  ///
  /// Each thing open draws from a stream of its own, named by what it says: the order and the ids of rows change
  /// nothing, nor does what else is open.
  ///
  /// - Parameters:
  ///   - uncertain: What is open: ``uncertain``.
  ///   - seed: Where chance begins.
  ///   - path: The number of the draw.
  /// - Returns: For each thing open a reading, all alike, and a place in its range and in time, all alike.
  public func choice(among uncertain: [Uncertain], seed: UInt64, path: UInt64) -> LedgerChoice {
    var choice = LedgerChoice()
    for open in uncertain {
      let drawn = open.drawn(seed: seed, path: path)
      if case .deal(let index) = open.key { choice.readings[index] = drawn.reading }
      choice.shares[open.key] = drawn.share
      choice.timings[open.key] = drawn.timing
    }
    return choice
  }
}

/// A number for a text, the same in every run.
private enum StableHash {
  /// FNV-1a of 64 bits (Fowler, Noll and Vo).
  static func of(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
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
