package import Claims
package import Projection

/// What many paths of a projection came to: bands of cash, who fails when, what is lost, what goes round.
package struct ProjectionReport: Codable, Sendable, Equatable {
  /// Cash of one party at the end of one month, in dollars.
  package struct Band: Codable, Sendable, Equatable {
    /// The month.
    package let month: String
    /// One path in twenty has less.
    package let p05: Double
    /// One path in four has less.
    package let p25: Double
    /// Half of the paths have less.
    package let p50: Double
    /// Three paths in four have less.
    package let p75: Double
    /// Nineteen in twenty have less.
    package let p95: Double
    /// Share of paths on which it has failed by then.
    package let failed: Double
  }

  /// One party that can fail.
  package struct Party: Codable, Sendable, Equatable {
    /// The party.
    package let id: String
    /// Its cash by month.
    package let cash: [Band]
    /// Share of paths on which it fails.
    package let fails: Double
    /// Share of paths on which it is the first to fail.
    package let failsFirst: Double
    /// The month by which half of the paths on which it fails have seen it; `nil` where it never does.
    @Nullable package private(set) var failsBy: String?
    /// Dollars it owes its lenders when it fails, on the average such path.
    @Nullable package private(set) var owedAtFailure: Double?
    /// Share of it that they get back.
    @Nullable package private(set) var recovery: Double?

    private enum CodingKeys: String, CodingKey {
      case id, cash, fails, recovery
      case failsFirst = "fails_first"
      case failsBy = "fails_by"
      case owedAtFailure = "owed_at_failure"
    }
  }

  /// What one party loses.
  package struct Loss: Codable, Sendable, Equatable {
    /// The party, or `outside` for suppliers, staff and lenders together.
    package let party: String
    /// Dollars due to it and not paid, and lent and not got back, on the average path.
    package let amount: Double
  }

  /// The closed-loop share of one year.
  package struct LoopBand: Codable, Sendable, Equatable {
    /// The months, as `2026-09..2027-08`.
    package let period: String
    /// One path in twenty has less.
    package let p05: Double
    /// One path in four has less.
    package let p25: Double
    /// Half of the paths have less.
    package let p50: Double
    /// Three paths in four have less.
    package let p75: Double
    /// Nineteen in twenty have less.
    package let p95: Double
  }

  /// Paths.
  package let paths: Int
  /// Share of paths on which somebody fails.
  package let somebodyFails: Double
  /// Dollars lost by everybody, on the average path.
  package let lossMean: Double
  /// By half of the paths no more than this.
  package let lossMedian: Double
  /// Nineteen paths in twenty lose no more.
  package let loss95: Double
  /// The mean loss of the worst twentieth.
  package let expectedShortfall: Double
  /// Parties whose cash, receipts and spending are known.
  package let parties: [Party]
  /// Who loses, the most first.
  package let losses: [Loss]
  /// Share of the money paid inside that goes round, by year, on about a thousand of the paths.
  package let closedLoop: [LoopBand]

  private enum CodingKeys: String, CodingKey {
    case paths
    case somebodyFails = "somebody_fails"
    case lossMean = "loss_mean"
    case lossMedian = "loss_median"
    case loss95
    case expectedShortfall = "expected_shortfall"
    case parties, losses
    case closedLoop = "closed_loop"
  }

  /// Reads a tally.
  package init(_ tally: Tally, parties: [String], tracked: Set<String>, months: [String]) {
    paths = tally.paths
    let all = Double(max(1, tally.paths))
    somebodyFails = 1 - Double(tally.quiet) / all
    lossMean = tally.meanLoss
    (lossMedian, loss95) = (tally.loss(quantile: 0.5), tally.loss(quantile: 0.95))
    expectedShortfall = tally.expectedShortfall(worst: 0.05)
    self.parties = parties.indices.filter { tracked.contains(parties[$0]) }.map { party in
      let fails = tally.failed(party, by: months.count - 1)
      let owed = Double(tally.owed[party])
      return Party(
        id: parties[party],
        cash: months.indices.map { Self.band(tally, party, $0, months[$0]) },
        fails: fails,
        failsFirst: Double(tally.first[party]) / all,
        failsBy: tally.typicalMonth(party).map { months[$0] },
        owedAtFailure: fails > 0 ? owed / (fails * all) : nil,
        recovery: owed > 0 ? Double(tally.recovered[party]) / owed : nil
      )
    }
    losses = Self.losses(tally, parties)
    closedLoop = (0..<tally.yearCount).compactMap { Self.loop(tally, $0, months) }
  }

  private static func band(_ tally: Tally, _ party: Int, _ month: Int, _ name: String) -> Band {
    let cash = { (share: Double) in tally.cash(party, month: month, quantile: share) }
    return Band(
      month: name,
      p05: cash(0.05),
      p25: cash(0.25),
      p50: cash(0.5),
      p75: cash(0.75),
      p95: cash(0.95),
      failed: tally.failed(party, by: month)
    )
  }

  private static func losses(_ tally: Tally, _ parties: [String]) -> [Loss] {
    let all = Double(max(1, tally.paths))
    let inside = parties.indices.map {
      Loss(party: parties[$0], amount: Double(tally.lost[$0]) / all)
    }
    // Inside each path's dollars are rounded down by themselves: what that leaves is no loss outside.
    let rest = tally.meanLoss - inside.reduce(0) { $0 + $1.amount }
    let outside = Loss(party: "outside", amount: max(0, rest))
    return (inside + [outside]).filter { $0.amount >= Double(parties.count) }
      .sorted { ($1.amount, $0.party) < ($0.amount, $1.party) }
  }

  private static func loop(_ tally: Tally, _ year: Int, _ months: [String]) -> LoopBand? {
    let share = { (level: Double) in tally.closedLoop(year: year, quantile: level) }
    guard let p05 = share(0.05), let p25 = share(0.25), let p50 = share(0.5),
      let p75 = share(0.75), let p95 = share(0.95)
    else { return nil }
    let last = min(year * 12 + 11, months.count - 1)
    let period = "\(months[year * 12])..\(months[last])"
    return LoopBand(period: period, p05: p05, p25: p25, p50: p50, p75: p75, p95: p95)
  }
}

extension ProjectionReport {
  /// Positions of the last months of years.
  static func yearEnds(_ months: Int) -> [Int] {
    (0..<months).filter { $0 % 12 == 11 || $0 == months - 1 }
  }

  /// How often a party fails; never where it is not known well enough to.
  func fails(_ party: String) -> Double { parties.first { $0.id == party }?.fails ?? 0 }
}

extension ProjectionReport.Party {
  /// Whether its cash decides anything: whether it fails, or falls to half of what it begins with.
  package var isTight: Bool {
    let start = cash.first?.p50 ?? 0
    return fails > 0 || cash.contains { $0.p05 < start / 2 }
  }
}

extension ProjectionReport.LoopBand {
  /// The middle, and nine paths in ten.
  var words: String {
    let range = Figures.percent(p05, p95)
    return Figures.percent(p05) == Figures.percent(p95)
      ? Figures.percent(p50) : "\(Figures.percent(p50)) (\(range))"
  }
}
