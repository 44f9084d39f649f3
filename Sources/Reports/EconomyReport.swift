internal import Graphs
package import Claims
package import Loops
internal import Networks

/// The whole answer about one book, day and period: how closed the economy is, through which loops,
/// whose money each party lives on, what is disputed and what is left out.
package struct EconomyReport: Report, Codable {
  /// What was asked, and of what.
  package struct Header: Codable, Sendable {
    /// The name of the book.
    package let book: String
    /// The hash of its last row, or of its folder.
    package let head: String
    /// The program's version.
    package let version: String
    /// The day.
    package let asOf: String
    /// Whose word counts; empty for all.
    package let toldBy: [String]
    /// What is admitted.
    package let policy: String
    /// The period of the flows.
    package let period: String
    /// Which money the loops and the provenance are of.
    package let basis: String
    /// How unknown flows are filled in there.
    package let completion: String
    /// How many draws the ranges rest on.
    package let samples: Int
    /// Where chance begins.
    package let seed: UInt64
    /// Parties inside that pay or are paid.
    package let parties: Int
    /// Of a period that is not over on the day: the share of the last full year's inside money that lies on pairs
    /// of which somebody says what moved up to the day; `nil` of a period that is over.
    package let coverage: Double?
    /// What falls due between inside parties in the rest of such a period, in dollars.
    package let dueLater: Double?
  }

  /// A loop of payments.
  package struct Loop: Codable, Sendable {
    /// The parties, by id; the last pays the first.
    package let parties: [String]
    /// The least amount on it, in dollars.
    package let bottleneck: Double
    /// The least that amount can be.
    package let low: Double
    /// The most it can be; `nil` where nobody says.
    @Nullable package private(set) var high: Double?
    /// All amounts on it.
    package let total: Double
    /// Whether a deal on it is disputed.
    package let disputed: Bool
    /// Whether an amount on it is filled in or assumed.
    package let assumed: Bool
    /// Its payments, in order.
    package let payments: [FlowLine]
  }

  /// What one party lives on.
  package struct PartyLine: Codable, Sendable {
    /// A name with a share of one.
    package struct Share: Codable, Sendable {
      /// The party, or a pseudonym.
      package let id: String
      /// The share.
      package let share: Double
    }
    /// The party.
    package let id: String
    /// What passes through it, in dollars.
    package let throughflow: Double
    /// What of it other inside parties pay, in dollars.
    package let fromInside: Double
    /// The chance that a dollar passing through it comes back.
    package let returnProbability: Double?
    /// Where its money started, largest first.
    package let origins: [Share]
    /// The share that no outside money explains.
    package let unsourced: Double
    /// The inside parties its money passed through, largest first.
    package let through: [Share]
    /// Who pays it directly, largest first.
    package let payers: [Share]
    /// The concentration of its direct payers; unnamed payers counted as many.
    package let payersLow: Double?
    /// The same, unnamed payers counted as one.
    package let payersHigh: Double?
    /// The concentration of its ultimate sources; unnamed ones counted as many.
    package let sourcesLow: Double?
    /// The same, the unnamed of each party counted as one.
    package let sourcesHigh: Double?
  }

  /// Deals left out for one reason.
  package struct LeftOutLine: Codable, Sendable {
    /// The reason.
    package let reason: String
    /// In plain words.
    package let explanation: String
    /// The deals, by id.
    package let deals: [String]
    /// The money they leave unplaced, in dollars, as far as anybody said.
    package let money: Double
  }

  /// A pair known to deal whose money stays unknown.
  package struct UnplacedLine: Codable, Sendable {
    /// Who pays.
    package let payer: String
    /// Who is paid.
    package let payee: String
    /// The most that can run, in dollars; `nil` where no total says.
    package let most: Double?
  }

  /// A party of which more was promised, to it or by it, than its accounts leave room for.
  package struct TrimmedLine: Codable, Sendable {
    /// The party.
    package let party: String
    /// Whether it was to pay, and not to be paid.
    package let isPayer: Bool
    /// What was planned, in dollars.
    package let planned: Double
    /// What there was room for, which is what counts.
    package let room: Double
  }

  /// What is not known of a party.
  package struct GapLine: Codable, Sendable {
    /// The party.
    package let party: String
    /// What is not known for the period.
    package let unknown: [String]
  }

  /// All measures of the network of loops and provenance.
  package struct Measures: Codable, Sendable {
    /// The closed-loop share.
    package let share: Double
    /// Circulation over what could be netted away.
    package let efficiency: Double?
    /// The share that balanced-flow-forwarding finds circular.
    package let forwardedShare: Double?
    /// The Finn cycling index.
    package let finn: Double?
    /// The average path length.
    package let pathLength: Double?
    /// The circular share of net flows by weighting.
    package let circularShares: [String: Double]
    /// The share of money that is paid straight back.
    package let reciprocity: Double?
    /// Trophic incoherence.
    package let incoherence: Double?
    /// The concentration of receipts over parties.
    package let hhi: Double?
    /// The loop gain.
    package let gain: Double
  }

  /// What was asked.
  package let header: Header
  /// How much goes round, on three footings.
  package let footings: [FootingLine]
  /// What moves the answer most.
  package let swings: [Sensitivity]
  /// Loops by the least amount on them, and how many there are.
  package let loops: [Loop]
  /// How many loops there are.
  package let loopCount: Int
  /// Whether all of them were counted.
  package let loopsComplete: Bool
  /// Parties by what passes through them.
  package let parties: [PartyLine]
  /// All measures side by side.
  package let measures: Measures
  /// How much of the money that companies live on came from buyers.
  package let realDollars: RealDollars
  /// What is disputed, by deal.
  package let disputes: [DealLine]
  /// What is left out, by reason.
  package let leftOut: [LeftOutLine]
  /// Amounts that enter no sum, because their currency has no rate.
  package let unrated: [UnratedLine]
  /// Totals that contradict the sums of their parts.
  package let contradictions: [ContradictionLine]
  /// Plans cut to what the payee took in.
  package let trimmed: [TrimmedLine]
  /// Pairs whose money stays unknown.
  package let unplaced: [UnplacedLine]
  /// What is not known of whom.
  package let gaps: [GapLine]
  /// What inside parties were said to plan to spend on property and equipment in the period, beside what they spent.
  package let plans: [PlanLine]
  /// What shares of inside parties gained or lost in the period, as it is told.
  package let marketMoves: [MarketMove]
  /// Names by id, for whatever is named above.
  package let names: [String: String]
}

extension EconomyReport {
  /// The most loops counted before the answer says that it is incomplete.
  package static let loopLimit = 100_000

  /// Works out the report.
  ///
  /// - Parameters:
  ///   - economy: The networks of all footings.
  ///   - book: The name and the hash of the book, and the program's version.
  /// - Throws: ``MeasureError`` where a measure cannot be taken.
  package init(
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
      period: economy.completed.ledger.periodToDate,
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
  package subscript(kind: Footing.Kind) -> FootingLine? { footings.first { $0.footing == kind } }

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
