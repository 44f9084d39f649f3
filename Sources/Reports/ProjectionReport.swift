public import Projection

/// What many paths of a projection came to: bands of cash, who fails when, what is lost.
public struct ProjectionReport: Codable, Sendable {
  /// Cash of one party at the end of one month, in dollars.
  public struct Band: Codable, Sendable {
    /// The month.
    public let month: String
    /// One path in twenty has less.
    public let p05: Double
    /// One path in four has less.
    public let p25: Double
    /// Half of the paths have less.
    public let p50: Double
    /// Three paths in four have less.
    public let p75: Double
    /// Nineteen in twenty have less.
    public let p95: Double
    /// Share of paths on which it has failed by then.
    public let failed: Double
  }

  /// One party.
  public struct Party: Codable, Sendable {
    /// The party.
    public let id: String
    /// Its cash by month.
    public let cash: [Band]
    /// Share of paths on which it fails.
    public let fails: Double
    /// Share of paths on which it is the first to fail.
    public let failsFirst: Double
    /// Dollars due to it and not paid, on the average path.
    public let lost: Double
  }

  /// Paths.
  public let paths: Int
  /// Share of paths on which somebody fails.
  public let somebodyFails: Double
  /// Dollars lost by everybody: by half of the paths no more than this.
  public let lossMedian: Double
  /// Nineteen paths in twenty lose no more.
  public let loss95: Double
  /// The mean loss of the worst twentieth.
  public let expectedShortfall: Double
  /// Parties whose cash is known.
  public let parties: [Party]
  /// Dollars due and not paid to parties whose cash is not known, on the average path.
  public let lostByOthers: Double

  /// Reads a tally.
  public init(_ tally: Tally, parties: [String], tracked: Set<String>, months: [String]) {
    paths = tally.paths
    let all = Double(max(1, tally.paths))
    somebodyFails = 1 - Double(tally.quiet) / all
    (lossMedian, loss95) = (tally.loss(quantile: 0.5), tally.loss(quantile: 0.95))
    expectedShortfall = tally.expectedShortfall(worst: 0.05)
    self.parties = parties.indices.filter { tracked.contains(parties[$0]) }.map { party in
      Party(
        id: parties[party],
        cash: months.indices.map { Self.band(tally, party, $0, months[$0]) },
        fails: tally.failed(party, by: months.count - 1),
        failsFirst: Double(tally.first[party]) / all,
        lost: Double(tally.lost[party]) / all
      )
    }
    lostByOthers = parties.indices.filter { !tracked.contains(parties[$0]) }
      .reduce(0) { $0 + Double(tally.lost[$1]) / all }
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
}
