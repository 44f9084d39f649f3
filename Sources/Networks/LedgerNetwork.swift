internal import Numerics
internal import Claims

/// A choice among what a ledger leaves open: readings of disputed deals, and amounts in their ranges.
public struct LedgerChoice: Sendable {
  /// The reading of each deal of the view; the standing one where the array ends.
  public var readings: [Int: Int] = [:]
  /// Where in its range each amount lies, 0 to 1, by its key; the value used where there is none.
  public var shares: [LedgerKey: Double] = [:]
  /// When what a rule lays on days moved, from all at once at the first (0) to all at the last (1); evenly where there
  /// is none.
  public var timings: [LedgerKey: Double] = [:]

  /// Chooses nothing yet: what stands, at the values used.
  public init() {}

  /// What stands, at the values used.
  public static let standing = LedgerChoice()

  /// Whether nothing is chosen but what stands.
  var isStanding: Bool { readings.isEmpty && shares.isEmpty && timings.isEmpty }
}

/// Amounts that are uncertain together.
public enum LedgerKey: Sendable, Hashable {
  /// The fact about a pair at this position of ``Ledger/actuals``.
  case actual(Int)
  /// The deal at this position of the view.
  case deal(Int)
}

/// A network made of a ledger, with every amount in it.
public struct LedgerNetwork: Sendable {
  /// The network; its parties are those of the ledger.
  public let network: FlowNetwork
  /// Amounts between parties of the network, and across its boundary, as chosen.
  public let items: [(item: LedgerItem, amount: Double)]
  /// Pairs known to deal that stay unknown, with the most that can run between them; `nil` where no
  /// total says.
  public let unplaced: [(payer: String, payee: String, most: Double?)]
  /// The largest total that filling in missed, as a share of it.
  public let completionResidual: Double
  /// Bounds that gave way, because no filling meets them all.
  public let yielded: [YieldedBound]
}

/// Origins and uses of money that no party of the book stands for.
public enum UnnamedCounterparty: String, Sendable, CaseIterable {
  /// Customers a party does not name, from its revenue.
  case customers
  /// Lenders it does not name, from the debt it raised or repaid.
  case lenders
  /// Investors it does not name, from the shares it sold or bought back.
  case investors
  /// Companies it invests in and does not name.
  case investees
  /// Suppliers, staff, tax offices and others outside.
  case suppliers
  /// Money in or out that must have moved, of a party whose accounts are not known.
  case undisclosed

  /// The id of these people around one party: `customers-of:amazon`.
  public func of(_ party: String) -> String { "\(rawValue)-of:\(party)" }

  /// Takes an id apart; `nil` where it is not one of these.
  public static func parse(_ id: String) -> (people: UnnamedCounterparty, party: String)? {
    guard let colon = id.utf8.firstIndex(of: UInt8(ascii: ":")), id[..<colon].hasSuffix("-of"),
      let people = UnnamedCounterparty(rawValue: String(id[..<colon].dropLast(3)))
    else { return nil }
    return (people, String(id[id.utf8.index(after: colon)...]))
  }
}

/// A bound that no filling could meet together with better ones.
public struct YieldedBound: Sendable {
  /// The rows that state it.
  public let evidence: [Evidence]
  /// What it asked for.
  public let asked: Double
  /// What it got.
  public let given: Double
}

extension Ledger {
  /// The network of one choice.
  ///
  /// - Parameters:
  ///   - choice: Which readings and amounts.
  ///   - grade: The worst grade that counts; everything without it.
  ///   - completion: How unknown flows are filled in.
  ///   - seed: Where chance begins, for sampled completion.
  ///   - path: The number of the draw.
  ///   - hasBoundary: Whether what crosses the boundary is wanted too: what goes round inside does not depend on it.
  /// - Returns: A balanced network, in which money that nobody accounts for is drawn from reserves or saved; without its
  ///   boundary one that does not balance, to be measured for what goes round.
  public func network(
    _ choice: LedgerChoice = .standing,
    upTo grade: Grade = .conditional,
    completion: CompletionMethod = .none,
    seed: UInt64 = 0,
    path: UInt64 = 0,
    hasBoundary: Bool = true
  ) -> LedgerNetwork {
    // A draw is measured and never cited: only what stands needs the rows behind it.
    var draft = LedgerDraft(ledger: self, isCited: choice.isStanding)
    for (index, item) in actuals.enumerated() where item.grade <= grade {
      draft.add(item, at: choice, .actual(index))
    }
    var unknown: [Unknown] = []
    for (index, readings) in entries.enumerated() {
      let entry = readings[choice.readings[index] ?? 0]
      if let open = entry.unknown { unknown.append(open) }
      for item in entry.items where item.grade <= grade {
        draft.add(item, at: choice, .deal(index))
      }
    }
    if draft.isCited {
      draft.note(decidingFacts + entries.flatMap { $0[0].deciding }, upTo: grade)
    }
    var stream = RandomStream(seed: seed, path: path, for: .completion)
    let completed = draft.complete(unknown, completion, using: &stream)
    if hasBoundary, request.basis == .flows { draft.addBoundary() }
    return LedgerNetwork(
      network: hasBoundary ? draft.network().balanced() : draft.network(),
      items: draft.items,
      unplaced: completed.unplaced,
      completionResidual: completed.residual,
      yielded: completed.yielded
    )
  }
}
