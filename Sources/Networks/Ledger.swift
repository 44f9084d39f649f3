public import Claims

/// Who paid whom in a period, or still has to on a day: every amount with its grade and the rows behind it.
///
/// A ledger holds what the networks are made of, before anything is filled in or chosen: facts about
/// pairs, the money of each reading of each deal, what each party took and spent in all, and what is
/// left out and why. ``Ledger/network(_:upTo:completion:seed:path:)`` makes networks of it, one for each footing and
/// each choice among disputed readings and amounts.
public struct Ledger: Sendable {
  /// What a ledger is asked for.
  public struct Request: Sendable {
    /// The days; for commitments, the last of them is the day.
    public var period: Period
    /// Which money.
    public var basis: Basis
    /// Whether parties are counted by group.
    public var isConsolidated: Bool
    /// The parties inside, by id; `nil` for those that the book says are.
    public var inside: [String]?

    /// Asks for the money of `period`.
    public init(
      period: Period,
      basis: Basis = .flows,
      isConsolidated: Bool = true,
      inside: [String]? = nil
    ) {
      self.period = period
      self.basis = basis
      self.isConsolidated = isConsolidated
      self.inside = inside
    }
  }

  /// One reading of one deal, as far as the period goes.
  struct DealEntry: Sendable {
    var items: [LedgerItem] = []
    var leftOut: LeftOut?
    /// Payer and payee of money that runs, of which nobody said how much, or only how much at most.
    var unknown: Unknown?
    /// The rows without which it would be another.
    var deciding: [Deciding] = []
  }

  /// Rows without which other money of a grade would run between two.
  struct Deciding: Sendable {
    let pair: Pair
    let grade: Grade
    let rows: Set<Evidence>
  }

  /// A flow of which there is only a bound.
  struct Unknown: Sendable, Equatable {
    let pair: Pair
    /// The party of the payer's group that pays.
    let payer: String
    /// The share of the period's days on which it can have run.
    let days: Double
    /// The most that was announced; `nil` where nobody said.
    let most: Double?
    /// The segment of the payee that is paid; empty for the whole.
    let part: String
    let evidence: Set<Evidence>
  }

  /// Who pays whom.
  struct Pair: Sendable, Hashable, Comparable {
    let payer: String
    let payee: String
    static func < (left: Pair, right: Pair) -> Bool {
      (left.payer, left.payee) < (right.payer, right.payee)
    }
  }

  /// What was asked.
  public let request: Request
  /// The days that flows are of: those asked for up to the day of the view; `nil` where there are none.
  public let elapsed: Period?
  /// What the amounts are of.
  public let unit = AmountUnit.minor(.usDollar)
  /// The view it was made from.
  public let view: View
  /// The parties inside the network, by id.
  public let parties: [String]
  /// What each inside party took and spent in all, in the order of ``parties``.
  public let partyTotals: [PartyTotals]
  /// What facts say of pairs.
  public let actuals: [LedgerItem]
  /// Facts without which other money would run between two.
  let decidingFacts: [Deciding]
  /// Plans that actuals replaced, with what they came to.
  public let replaced: [LedgerItem]
  /// What falls due in the rest of a period that runs beyond the day.
  public let due: [LedgerItem]
  /// Pairs of which somebody says what moved on nine tenths of the days up to the day, each as payer and payee.
  public let pairsTold: Set<[String]>
  /// Promises cut to what totals leave, by the days of these totals.
  public let clips: [Clip]
  /// By deal of the view, then by reading.
  let entries: [[DealEntry]]
  /// What is known of the split of totals besides flows.
  let hints: CompletionHints
  /// Amounts of the period that enter no sum because their currency has no rate, facts first.
  public let unrated: [Unrated]
  /// Amounts of the period that contradict those of its parts, facts first.
  public let contradictions: [PeriodContradiction]

  /// Promises that come to more than a stated total leaves on its days.
  public struct Clip: Sendable, Equatable {
    /// The party whose total it is.
    public let party: String
    /// Whether it is the payer that cannot have paid them, and not the payee that did not take them in.
    public let isPayer: Bool
    /// The days.
    public let period: Period
    /// What was promised.
    public let planned: Double
    /// What there was room for.
    public let room: Double
    /// The rows that say so: the total, what is known of it, and the promises.
    public let evidence: [Evidence]
  }

  /// Promises of one side that come to more than its totals leave, in the whole period.
  public struct TrimmedPlans: Sendable, Equatable {
    /// The party.
    public let party: String
    /// Whether it is the payer that cannot have paid them, and not the payee that did not take them in.
    public let isPayer: Bool
    /// What was promised.
    public let planned: Double
    /// What there was room for.
    public let room: Double
  }

  /// Lays everything that `view` knows on the period of `request`.
  public init(_ view: View, _ request: Request) {
    self.init(Schedules(view, isConsolidated: request.isConsolidated), request)
  }

  /// Cuts the period of `request` from schedules, which many ledgers may share.
  ///
  /// - Parameters:
  ///   - schedules: The money of a view, counted by group as `request` asks.
  ///   - request: What is asked.
  public init(_ schedules: Schedules, _ request: Request) {
    precondition(schedules.isConsolidated == request.isConsolidated)
    let (view, totals) = (schedules.view, schedules.totals)
    let builder = LedgerBuilder(schedules, request)
    self.request = request
    self.view = view
    elapsed = builder.elapsed
    parties = builder.parties
    let period = request.basis == .flows ? builder.elapsed : nil
    partyTotals =
      period.map { period in
        builder.parties.map { PartyTotals(of: $0, facts: totals, in: period) }
      } ?? []
    actuals = period == nil ? [] : builder.actuals()
    decidingFacts = period == nil ? [] : builder.decidingFacts()
    hints = period.map(builder.hints) ?? CompletionHints()
    entries = builder.entries()
    replaced = period == nil ? [] : builder.replacedPlans()
    due = request.basis == .flows ? builder.dueLater() : []
    pairsTold = builder.pairsTold()
    clips = period == nil ? [] : builder.clips()
    unrated = (period.map(totals.unrated) ?? []) + builder.unratedDeals()
    contradictions =
      period.map { totals.contradictions(in: $0) + builder.contradictoryDeals($0) } ?? []
  }

  /// Promises cut to what totals leave, by party.
  public var trimmed: [TrimmedPlans] {
    var sums: [TrimmedPlans] = []
    for clip in clips {
      let last = sums.last.flatMap {
        $0.party == clip.party && $0.isPayer == clip.isPayer ? $0 : nil
      }
      if last != nil { sums.removeLast() }
      sums.append(
        TrimmedPlans(
          party: clip.party,
          isPayer: clip.isPayer,
          planned: (last?.planned ?? 0) + clip.planned,
          room: (last?.room ?? 0) + clip.room
        )
      )
    }
    return sums
  }

  /// Deals left out of the standing network, by deal.
  public var leftOut: [LeftOut] { entries.compactMap { $0[0].leftOut } }

  /// Payer and payee of a deal that runs, of which nobody said how much; `nil` for other deals.
  public func unknownPair(of deal: String) -> (payer: String, payee: String)? {
    view.deals.firstIndex { $0.deal.id == deal }.flatMap { entries[$0][0].unknown?.pair }
      .map { ($0.payer, $0.payee) }
  }

  /// Every amount of the standing network, before anything is filled in.
  public var items: [LedgerItem] { actuals + entries.flatMap { $0[0].items } }

  /// The days that flows are of, in words: a period that runs beyond the day of the view is told "to date".
  public var periodToDate: String {
    guard let elapsed, elapsed != request.period else { return request.period.description }
    return "\(request.period) to \(elapsed.last)"
  }
}
