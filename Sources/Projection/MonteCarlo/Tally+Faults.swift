extension Tally {
  /// More parties than a tally may have.
  static let mostParties = 10_000
  /// More months than a tally may have.
  static let mostMonths = 600

  /// The first count that no paths come to; `nil` where all fit together.
  func fault() -> (what: String, reason: String)? {
    guard paths >= 0 else { return ("paths", "is \(paths), below nothing") }
    guard (0...paths).contains(quiet) else {
      return ("quiet", "is \(quiet), not from 0 to the \(paths) paths")
    }
    guard quiet + Self.sum(first[...]) == paths else {
      return ("first", "does not add up with the quiet paths to \(paths) paths")
    }
    guard Self.sum(losses[...]) == paths else {
      return ("losses", "does not add up to \(paths) paths")
    }
    for party in 0..<partyCount {
      if let fault = fault(of: party) { return fault }
    }
    for year in 0..<yearCount {
      let looked = Self.sum(shares[year * Self.shareBins..<(year + 1) * Self.shareBins])
      guard looked <= paths, looked == lookedAt else {
        return ("shares", "has \(looked) paths in year \(year), not as many as in the first")
      }
    }
    return faultOfDollars()
  }

  /// How many paths were looked at for the closed loop.
  package var lookedAt: Int { Self.sum(shares[..<min(shares.count, Self.shareBins)]) }

  /// Whether each of its sums and those of `other` add up to what can be counted.
  package func canAdd(_ other: Tally) -> Bool {
    let columns: [KeyPath<Tally, [Int64]>] = [\.lost, \.owed, \.recovered, \.lossDollars]
    return columns.allSatisfy { column in
      Self.total(self[keyPath: column] + other[keyPath: column]) != nil
    }
  }

  private func fault(of party: Int) -> (what: String, reason: String)? {
    let failures = Self.sum(failed[party * monthCount..<(party + 1) * monthCount])
    guard failures <= paths else {
      return ("failed", "has \(failures) failures of party \(party) on \(paths) paths")
    }
    guard first[party] <= failures else {
      return ("first", "has party \(party) fail first more often than it fails")
    }
    guard recovered[party] <= owed[party] else {
      return ("recovered", "is more than is owed by party \(party)")
    }
    for month in 0..<monthCount {
      let start = (party * monthCount + month) * LogBins.count
      let counted = Self.sum(cash[start..<start + LogBins.count])
      // Cash is counted on every path, or on none where it is not known.
      guard counted == paths || counted == 0 else {
        return ("cash", "has \(counted) of \(paths) paths of party \(party), month \(month)")
      }
    }
    return nil
  }

  private func faultOfDollars() -> (what: String, reason: String)? {
    if let bin = losses.indices.first(where: { losses[$0] == 0 && lossDollars[$0] != 0 }) {
      return ("loss_dollars", "has dollars in bin \(bin), in which no path is")
    }
    for (what, column) in [
      ("lost", lost), ("owed", owed), ("recovered", recovered), ("loss_dollars", lossDollars),
    ] where Self.total(column) == nil {
      return (what, "adds up to more than can be counted")
    }
    return nil
  }

  private static func sum(_ counts: ArraySlice<UInt32>) -> Int {
    counts.reduce(0) { $0 + Int($1) }
  }

  /// The sum of a column; `nil` where it is too large.
  private static func total(_ column: [Int64]) -> Int64? {
    var sum: Int64 = 0
    for number in column {
      let (next, isTooMuch) = sum.addingReportingOverflow(number)
      guard !isTooMuch else { return nil }
      sum = next
    }
    return sum
  }
}
