/// The outside growth at which the closed-loop share of the last year falls to a target.
public struct OpeningGrowth: Sendable, Codable {
  /// The share at one growth.
  public struct Point: Sendable, Codable {
    /// Growth a year of what all customers outside spend.
    public let growth: Double
    /// Share of the money paid inside in the last year that goes round.
    public let share: Double
  }

  /// The share wanted.
  public let target: Double
  /// The least growth from none up at which the share falls to it; `nil` where none tried does.
  @Nullable public private(set) var growth: Double?
  /// The share at some growths, from none up.
  public let curve: [Point]

  /// Growths that are tried first.
  private static let tried = [0, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 3]

  /// Looks for the first growth at which the share falls to the target, then bisects on the middle path.
  ///
  /// - Parameters:
  ///   - plan: What to run; all parties' customers grow alike.
  ///   - target: The share wanted.
  /// - Throws: ``ProjectionError``.
  public init(_ plan: ProjectionPlan, target: Double) throws(ProjectionError) {
    func share(_ growth: Double) throws(ProjectionError) -> Double {
      var plan = plan
      plan.outside[.demandGrowth] = .fixed(growth)
      for index in plan.members.indices { plan.members[index].figures[.growth] = nil }
      return try CentralPath(plan).years.last?.share ?? 0
    }
    self.target = target
    var points: [Point] = []
    for growth in Self.tried { points.append(Point(growth: growth, share: try share(growth))) }
    curve = points
    guard let found = points.firstIndex(where: { $0.share <= target }) else {
      growth = nil
      return
    }
    guard found > 0 else {
      growth = 0
      return
    }
    var (low, high) = (points[found - 1].growth, points[found].growth)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if try share(middle) > target { low = middle } else { high = middle }
    }
    growth = high
  }
}
