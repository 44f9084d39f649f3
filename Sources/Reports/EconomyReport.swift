internal import Graphs
public import Claims
public import Loops
internal import Networks

/// The whole answer about one book, day and period: how closed the economy is, through which loops,
/// whose money each party lives on, what is disputed and what is left out.
public struct EconomyReport: Report, Codable {
  /// What was asked, and of what.
  public struct Header: Codable, Sendable {
    /// The name of the book.
    public let book: String
    /// The hash of its last row, or of its folder.
    public let head: String
    /// The program's version.
    public let version: String
    /// The day.
    public let asOf: String
    /// Whose word counts; empty for all.
    public let toldBy: [String]
    /// What is admitted.
    public let policy: String
    /// The period of the flows.
    public let period: String
    /// Which money the loops and the provenance are of.
    public let basis: String
    /// How unknown flows are filled in there.
    public let completion: String
    /// How many draws the ranges rest on.
    public let samples: Int
    /// Where chance begins.
    public let seed: UInt64
    /// Parties inside that pay or are paid.
    public let parties: Int
    /// Of a period that is not over on the day: the share of the last full year's inside money that lies on pairs
    /// of which somebody says what moved up to the day; `nil` of a period that is over.
    public let coverage: Double?
    /// What falls due between inside parties in the rest of such a period, in dollars.
    public let dueLater: Double?
  }

  /// A loop of payments.
  public struct Loop: Codable, Sendable {
    /// The parties, by id; the last pays the first.
    public let parties: [String]
    /// The least amount on it, in dollars.
    public let bottleneck: Double
    /// The least that amount can be.
    public let low: Double
    /// The most it can be; `nil` where nobody says.
    @Nullable public private(set) var high: Double?
    /// All amounts on it.
    public let total: Double
    /// Whether a deal on it is disputed.
    public let disputed: Bool
    /// Whether an amount on it is filled in or assumed.
    public let assumed: Bool
    /// Its payments, in order.
    public let payments: [FlowLine]
  }

  /// What one party lives on.
  public struct PartyLine: Codable, Sendable {
    /// A name with a share of one.
    public struct Share: Codable, Sendable {
      /// The party, or a pseudonym.
      public let id: String
      /// The share.
      public let share: Double
    }
    /// The party.
    public let id: String
    /// What passes through it, in dollars.
    public let throughflow: Double
    /// What of it other inside parties pay, in dollars.
    public let fromInside: Double
    /// The chance that a dollar passing through it comes back.
    public let returnProbability: Double?
    /// Where its money started, largest first.
    public let origins: [Share]
    /// The share that no outside money explains.
    public let unsourced: Double
    /// The inside parties its money passed through, largest first.
    public let through: [Share]
    /// Who pays it directly, largest first.
    public let payers: [Share]
    /// The concentration of its direct payers; unnamed payers counted as many.
    public let payersLow: Double?
    /// The same, unnamed payers counted as one.
    public let payersHigh: Double?
    /// The concentration of its ultimate sources; unnamed ones counted as many.
    public let sourcesLow: Double?
    /// The same, the unnamed of each party counted as one.
    public let sourcesHigh: Double?
  }

  /// Deals left out for one reason.
  public struct LeftOutLine: Codable, Sendable {
    /// The reason.
    public let reason: String
    /// In plain words.
    public let explanation: String
    /// The deals, by id.
    public let deals: [String]
    /// The money they leave unplaced, in dollars, as far as anybody said.
    public let money: Double
  }

  /// A pair known to deal whose money stays unknown.
  public struct UnplacedLine: Codable, Sendable {
    /// Who pays.
    public let payer: String
    /// Who is paid.
    public let payee: String
    /// The most that can run, in dollars; `nil` where no total says.
    public let most: Double?
  }

  /// A party of which more was promised, to it or by it, than its accounts leave room for.
  public struct TrimmedLine: Codable, Sendable {
    /// The party.
    public let party: String
    /// Whether it was to pay, and not to be paid.
    public let isPayer: Bool
    /// What was planned, in dollars.
    public let planned: Double
    /// What there was room for, which is what counts.
    public let room: Double
  }

  /// What is not known of a party.
  public struct GapLine: Codable, Sendable {
    /// The party.
    public let party: String
    /// What is not known for the period.
    public let unknown: [String]
  }

  /// All measures of the network of loops and provenance.
  public struct Measures: Codable, Sendable {
    /// The closed-loop share.
    public let share: Double
    /// Circulation over what could be netted away.
    public let efficiency: Double?
    /// The share that balanced-flow-forwarding finds circular.
    public let forwardedShare: Double?
    /// The Finn cycling index.
    public let finn: Double?
    /// The average path length.
    public let pathLength: Double?
    /// The circular share of net flows by weighting.
    public let circularShares: [String: Double]
    /// The share of money that is paid straight back.
    public let reciprocity: Double?
    /// Trophic incoherence.
    public let incoherence: Double?
    /// The concentration of receipts over parties.
    public let hhi: Double?
    /// The loop gain.
    public let gain: Double
  }

  /// What was asked.
  public let header: Header
  /// How much goes round, on three footings.
  public let footings: [FootingLine]
  /// What moves the answer most.
  public let swings: [Sensitivity]
  /// Loops by the least amount on them, and how many there are.
  public let loops: [Loop]
  /// How many loops there are.
  public let loopCount: Int
  /// Whether all of them were counted.
  public let loopsComplete: Bool
  /// Parties by what passes through them.
  public let parties: [PartyLine]
  /// All measures side by side.
  public let measures: Measures
  /// How much of the money that companies live on came from buyers.
  public let realDollars: RealDollars
  /// What is disputed, by deal.
  public let disputes: [DealLine]
  /// What is left out, by reason.
  public let leftOut: [LeftOutLine]
  /// Amounts that enter no sum, because their currency has no rate.
  public let unrated: [UnratedLine]
  /// Totals that contradict the sums of their parts.
  public let contradictions: [ContradictionLine]
  /// Plans cut to what the payee took in.
  public let trimmed: [TrimmedLine]
  /// Pairs whose money stays unknown.
  public let unplaced: [UnplacedLine]
  /// What is not known of whom.
  public let gaps: [GapLine]
  /// What inside parties were said to plan to spend on property and equipment in the period, beside what they spent.
  public let plans: [PlanLine]
  /// What shares of inside parties gained or lost in the period, as it is told.
  public let marketMoves: [MarketMove]
  /// Names by id, for whatever is named above.
  public let names: [String: String]
}

extension EconomyReport {
  /// The most loops counted before the answer says that it is incomplete.
  public static let loopLimit = 100_000

  /// Works out the report.
  ///
  /// - Parameters:
  ///   - economy: The networks of all footings.
  ///   - book: The name and the hash of the book, and the program's version.
  /// - Throws: ``MeasureError`` where a measure cannot be taken.
  public init(
    _ economy: Economy,
    book: (name: String, head: String, version: String)
  ) throws(MeasureError) {
    let (view, question, chosen) = (economy.view, economy.question, economy.asked)
    let (network, unit) = (chosen.standing.network, chosen.unit)
    let panel = try NetworkPanel(of: network)
    footings = economy.lines
    realDollars = try RealDollars(economy.completed)
    swings = Self.widest([economy.completed, economy.promised])
    let tally = network.elementaryCycles(limit: Self.loopLimit)
    let lines = FlowLines(chosen)
    loops = tally.top.map { Self.loop($0, network, lines) }
    (loopCount, loopsComplete) = (tally.count, tally.isComplete)
    (parties, measures) = (panel.parties, panel.measures)
    disputes = view.deals.filter(\.isDisputed).map { DealLine($0) }
    leftOut = Self.leftOut(chosen)
    unrated = chosen.ledger.unrated.map(UnratedLine.init)
    contradictions = chosen.ledger.contradictions.map { ContradictionLine($0, unit) }
    trimmed = chosen.ledger.trimmed.map {
      TrimmedLine(
        party: $0.party,
        isPayer: $0.isPayer,
        planned: unit.whole($0.planned),
        room: unit.whole($0.room)
      )
    }
    unplaced = chosen.standing.unplaced.map {
      UnplacedLine(payer: $0.payer, payee: $0.payee, most: $0.most.map(unit.whole))
    }
    let active = zip(network.nodes, network.throughflow).filter { $0.1 > 0 }.map(\.0)
    gaps = chosen.ledger.partyTotals.filter { !$0.gaps.isEmpty && active.contains($0.party) }.map {
      GapLine(party: $0.party, unknown: $0.gaps.map(\.rawValue))
    }
    plans = PlanLine.spending(of: view, in: question.period)
    marketMoves = MarketMove.all(of: view, in: question.period)
    header = Header(
      book: book.name,
      head: book.head,
      version: book.version,
      asOf: view.request.asOf.description,
      toldBy: view.request.toldBy,
      policy: view.request.policy.rawValue,
      period: chosen.ledger.periodToDate,
      basis: question.basis.rawValue,
      completion: chosen.completion.rawValue,
      samples: question.samples,
      seed: question.seed,
      parties: active.count,
      coverage: economy.coverage,
      dueLater: economy.dueLater
    )
    names = Dictionary(uniqueKeysWithValues: view.contents.parties.map { ($0.id, $0.name) })
  }

  /// How much goes round on one footing.
  public subscript(kind: Footing.Kind) -> FootingLine? { footings.first { $0.footing == kind } }

  /// The two widest swings of each footing.
  private static func widest(_ footings: [Footing]) -> [Sensitivity] {
    footings.flatMap { $0.swings().prefix(3) }
  }

  static func loop(
    _ cycle: CycleTally.Cycle,
    _ network: FlowNetwork,
    _ lines: FlowLines
  ) -> Loop {
    let ids = cycle.nodes.map { network.nodes[$0] }
    let payments = zip(ids, ids.dropFirst() + ids.prefix(1)).compactMap { lines[$0, $1] }
    return Loop(
      parties: ids,
      bottleneck: network.unit.whole(cycle.bottleneck),
      low: payments.map(\.low).min() ?? 0,
      high: payments.compactMap(\.high).min(),
      total: network.unit.whole(cycle.total),
      disputed: payments.contains(where: \.disputed),
      assumed: payments.contains(where: \.assumed),
      payments: payments
    )
  }

  private static func leftOut(_ footing: Footing) -> [LeftOutLine] {
    LeftOut.Reason.allCases.compactMap { reason in
      let deals = footing.leftOut.filter { $0.reason == reason }
      guard !deals.isEmpty else { return nil }
      return LeftOutLine(
        reason: reason.rawValue,
        explanation: reason.explanation,
        deals: deals.map(\.deal),
        money: footing.unit.whole(deals.reduce(0) { $0 + ($1.money?.high ?? 0) })
      )
    }
  }
}

extension EconomyReport.Measures {
  init(_ panel: Panel) {
    share = panel.circulation.share
    efficiency = panel.circulation.efficiency
    forwardedShare = panel.forwarding?.share
    finn = panel.cycling.finn
    pathLength = panel.cycling.pathLength
    circularShares = Dictionary(
      panel.potentials.compactMap { potential in
        potential.circularShare.map { (potential.weighting.rawValue, $0) }
      },
      uniquingKeysWith: { first, _ in first }
    )
    reciprocity = panel.reciprocity
    incoherence = panel.levels.incoherence
    hhi = panel.concentration.hhi
    gain = panel.gain.gain
  }
}
