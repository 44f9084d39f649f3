/// What one thing that is not certain does to the outside money needed, all else left to chance.
public struct Driver: Sendable, Codable, Equatable {
  /// What it is of: a party, a deal, `outside`, or `shock`.
  public let subject: String
  /// What it is: a figure, an amount, or the words of a shock.
  public let name: String
  /// Dollars from outside that parties of known cash lack, on average over the fifth of the paths on
  /// which it is least.
  public let low: Double
  /// The same over the fifth on which it is most.
  public let high: Double
  /// The mean over all paths.
  public let mean: Double
  /// How far the two lie apart.
  public var swing: Double { (high - low).magnitude }

  /// Sorts the same paths by each draw in turn, and compares their first fifth with their last.
  ///
  /// - Parameters:
  ///   - plan: What to run.
  ///   - paths: How many paths; below 50 nothing can be told.
  ///   - seed: Where chance begins.
  ///   - threads: How many threads.
  ///   - goesOn: Is given how many paths are done, now and then, and says whether to go on.
  /// - Returns: What moves the money needed by three standard errors or more, the widest first.
  /// - Throws: ``ProjectionError``.
  public static func all(
    _ plan: ProjectionPlan,
    paths: Int,
    seed: UInt64,
    threads: Int,
    while goesOn: (Int) -> Bool = { _ in true }
  ) throws(ProjectionError) -> [Driver] {
    guard paths >= 50, plan.members.contains(where: \.isTracked) else { return [] }
    let needs = try Needs(plan, paths: paths, seed: seed, threads: threads, while: goesOn)
    return all(plan, needs.sums, seed: seed)
  }

  /// The same for needs that are known already, in cents by path.
  static func all(_ plan: ProjectionPlan, _ needs: [Int64], seed: UInt64) -> [Driver] {
    let dollars = needs.map { Cents.dollars($0) }
    let fifth = dollars.count / 5
    let mean = Sample(dollars[...]).mean
    guard fifth >= 10 else { return [] }
    var drivers: [Driver] = []
    for (slot, subject, name) in plan.uncertainties {
      let draws = dollars.indices.map { Chance(seed: seed, path: $0).unit(slot, month: 0) }
      let order = dollars.indices.sorted { (draws[$0], $0) < (draws[$1], $1) }
      let low = Sample(order.prefix(fifth).map { dollars[$0] }[...])
      let high = Sample(order.suffix(fifth).map { dollars[$0] }[...])
      let noise = (low.variance + high.variance).squareRoot()
      guard (high.mean - low.mean).magnitude > 3 * noise else { continue }
      drivers.append(
        Driver(subject: subject, name: name, low: low.mean, high: high.mean, mean: mean)
      )
    }
    return drivers.sorted { ($1.swing, $0.subject, $0.name) < ($0.swing, $1.subject, $1.name) }
  }

  /// A mean, and the variance of that mean.
  private struct Sample {
    let mean: Double
    let variance: Double

    init(_ values: ArraySlice<Double>) {
      let count = Double(max(1, values.count))
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      (self.mean, variance) = (mean, squares / (count * max(1, count - 1)))
    }
  }
}

extension ProjectionPlan {
  /// Everything drawn once for a path, by slot.
  var uncertainties: [(slot: Int, subject: String, name: String)] {
    var found: [(slot: Int, subject: String, name: String)] = []
    for (index, member) in members.enumerated() {
      for figure in Scenario.PartyFigure.allCases {
        guard let quantity = member.figures[figure], !quantity.isFixed else { continue }
        found.append((slots.figure(index, figure), parties[index], figure.rawValue))
      }
    }
    for figure in Scenario.OutsideFigure.allCases {
      guard let quantity = outside[figure], !quantity.isFixed else { continue }
      found.append((slots.outside(figure), "outside", figure.rawValue))
    }
    for (index, stream) in streams.enumerated()
    where stream.range.lowerBound < stream.range.upperBound && !stream.isDormant {
      found.append((slots.amount(index), stream.deal, "amount"))
    }
    for (index, one) in investors.enumerated() where !one.share.isFixed {
      let name = "share that \(parties[one.investor]) buys of new equity"
      found.append((slots.investor(index), parties[one.party], name))
    }
    for (index, shock) in shocks.enumerated() {
      found.append((slots.shock(index) + 1, "shock", shock.words))
    }
    return found
  }
}
