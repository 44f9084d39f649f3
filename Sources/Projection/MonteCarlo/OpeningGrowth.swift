public import Claims

/// The outside growth at which the closed-loop share of the last year falls to a target.
public struct OpeningGrowth: Sendable, Codable {
  /// What comes of one growth, with all draws at their middle.
  public struct Point: Sendable, Codable {
    /// Growth a year of what all customers outside spend.
    public let growth: Double
    /// Share of the money paid inside in the last year that goes round.
    public let share: Double
    /// The parties that have failed by then: a loop can also be open because it has broken.
    public let failed: [String]
  }

  /// The share wanted.
  public let target: Double
  /// The least growth from none up at which the share falls to it and nobody fails; `nil` where none
  /// tried does.
  @Nullable public private(set) var growth: Double?
  /// What comes of some growths, from none up.
  public let curve: [Point]

  /// Growths that are tried first.
  private static let tried = [0, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 3]

  /// Looks for the first growth that opens the loop, then bisects between it and the one before.
  ///
  /// - Parameters:
  ///   - plan: What to run; all parties' customers grow alike.
  ///   - target: The share wanted.
  /// - Throws: ``ProjectionError``.
  public init(_ plan: ProjectionPlan, target: Double) throws(ProjectionError) {
    func point(_ growth: Double) throws(ProjectionError) -> Point {
      var plan = plan
      plan.outside[.demandGrowth] = .fixed(growth)
      for index in plan.members.indices { plan.members[index].figures[.growth] = nil }
      let path = try CentralPath(plan)
      let failed = path.failures.compactMap(\.failed)
      return Point(growth: growth, share: path.years.last?.share ?? 0, failed: failed)
    }
    let isOpen = { (point: Point) in point.share <= target && point.failed.isEmpty }
    self.target = target
    var points: [Point] = []
    for growth in Self.tried { points.append(try point(growth)) }
    curve = points
    guard let found = points.firstIndex(where: isOpen) else {
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
      if isOpen(try point(middle)) { high = middle } else { low = middle }
    }
    growth = high
  }
}
