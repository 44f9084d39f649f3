/// What one thing that is not certain does to the middle path, all else in its middle.
public struct Driver: Sendable, Codable, Equatable {
  /// What it is.
  public let name: String
  /// Dollars from outside that parties of known cash lack at its first tenth.
  public let low: Double
  /// The same at its last tenth.
  public let high: Double
  /// How far the two lie apart.
  public var swing: Double { (high - low).magnitude }

  /// Moves one draw at a time to its first and last tenth.
  ///
  /// - Parameter plan: What to run.
  /// - Returns: What moves the money needed, the widest first.
  /// - Throws: ``ProjectionError``.
  public static func all(_ plan: ProjectionPlan) throws(ProjectionError) -> [Driver] {
    var drivers: [Driver] = []
    for (slot, name) in plan.uncertainties {
      var needs: [Double] = []
      for share in [0.1, 0.9] {
        needs.append(try plan.moneyNeeded(.central(pinned: [slot: share])))
      }
      let driver = Driver(name: name, low: needs[0], high: needs[1])
      if driver.swing >= 1 { drivers.append(driver) }
    }
    return drivers.sorted { ($1.swing, $0.name) < ($0.swing, $1.name) }
  }
}

extension ProjectionPlan {
  /// Everything drawn once for a path, by slot.
  var uncertainties: [(slot: Int, name: String)] {
    var found: [(slot: Int, name: String)] = []
    for (index, member) in members.enumerated() {
      for figure in Scenario.PartyFigure.allCases {
        guard let quantity = member.figures[figure], !quantity.isFixed else { continue }
        found.append((slots.figure(index, figure), "\(figure.rawValue) of \(parties[index])"))
      }
    }
    for figure in Scenario.OutsideFigure.allCases {
      guard let quantity = outside[figure], !quantity.isFixed else { continue }
      found.append((slots.outside(figure), figure.rawValue))
    }
    for (index, stream) in streams.enumerated()
    where stream.range.lowerBound < stream.range.upperBound && !stream.isDormant {
      found.append((slots.amount(index), "amount of \(stream.deal)"))
    }
    for (index, one) in investors.enumerated() where !one.share.isFixed {
      let words = "share of \(parties[one.investor]) in new equity of \(parties[one.party])"
      found.append((slots.investor(index), words))
    }
    for (index, shock) in shocks.enumerated() {
      found.append((slots.shock(index) + 1, shock.words))
    }
    return found
  }

  /// Dollars that parties of known cash lack on one path, if the outside always makes them up.
  func moneyNeeded(_ chance: Chance) throws(ProjectionError) -> Double {
    var path = CashPath(self)
    path.isRescued = true
    path.begin(chance)
    var sum: Int64 = 0
    for month in months.indices {
      try path.run(month: month)
      sum += path.rescued.reduce(0, &+)
    }
    return Double(sum) / 100
  }
}
