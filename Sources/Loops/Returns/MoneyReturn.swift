internal import Columns

/// One return in full: by which payments the most can have come back, in the shortest stretch of its window.
public struct MoneyReturn: Sendable, Equatable {
  /// What a payment can have carried of it.
  public struct Carried: Sendable, Equatable {
    /// The payment, as a position in the columns given.
    public let payment: Int
    /// How much of it.
    public let amount: Int64
  }

  /// Whose money it is.
  public let party: Int
  /// How much came back.
  public let returned: Int64
  /// What the payments add up to by which it left, all of each.
  public let left: Int64
  /// When the first left.
  public let firstTime: Int
  /// When the last came back.
  public let lastTime: Int
  /// The payments that can have carried it, in the order of time.
  public let payments: [Carried]
  /// The others through whose hands it went, in the order in which they come.
  public let hands: [Int]
  /// How many ways it went.
  public let ways: Int
  /// The fewest payments and the most on any of the ways.
  public let hops: ClosedRange<Int>
}

extension MoneyReturns {
  /// Returns in full, one after another.
  ///
  /// The end of the window is moved to the first moment by which all has come back, and then its beginning to the last
  /// moment from which on it still does. Ways are not unique; these are found by few payments first.
  ///
  /// - Parameters:
  ///   - found: What was found.
  ///   - ways: By which ways the money came back.
  /// - Returns: Each in full, in the same order.
  public func returns(_ found: some Sequence<Found>, by ways: Ways) -> [MoneyReturn] {
    var search = ReturnSearch(self, startLimit: .max)
    defer { search.free() }
    return found.map { returned($0, ways, &search) }
  }

  private func returned(_ found: Found, _ ways: Ways, _ search: inout ReturnSearch) -> MoneyReturn {
    guard let start = search.start(found.party, at: found.time),
      search.gather(start, found.party)
    else { preconditionFailure("what was found is found again") }
    let most = ways == .all ? found.most : found.throughOthers
    let range = search.trimmed(ways, most)
    let sent = search.most(range, ways, limit: .max / 2)
    precondition(sent == most, "a shorter window brings as much")
    return made(found.party, most, search.takeWays(), search.payments)
  }

  private func made(
    _ party: Int,
    _ most: Int64,
    _ ways: [WaitingNetwork.Way],
    _ payments: ReturnPayments
  ) -> MoneyReturn {
    var carried: [Int: Int64] = [:]
    for way in ways {
      for place in way.payments { carried[place, default: 0] += way.amount }
    }
    let places = carried.keys.sorted()
    let timeline = timeline.timeline
    var hands: [Int] = []
    var left: Int64 = 0
    var seen: Set<Int32> = [0]
    for place in places {
      let payment = payments.payments[place]
      if payment.payer == 0 { left += payment.amount }
      if seen.insert(payment.payee).inserted {
        hands.append(Int(timeline.payee.base[Int(payment.transfer)]))
      }
    }
    func time(_ place: Int?) -> Int {
      place.map { timeline.time.base[Int(payments.payments[$0].moment)] } ?? 0
    }
    let hops = ways.map(\.payments.count)
    return MoneyReturn(
      party: party,
      returned: most,
      left: left,
      firstTime: time(places.first),
      lastTime: time(places.last),
      payments: places.map { place in
        let transfer = Int(payments.payments[place].transfer)
        return MoneyReturn.Carried(
          payment: Int(timeline.original.base[transfer]),
          amount: carried[place] ?? 0
        )
      },
      hands: hands,
      ways: ways.count,
      hops: (hops.min() ?? 0)...(hops.max() ?? 0)
    )
  }
}

extension ReturnSearch {
  /// The shortest stretch of the payments gathered by which as much comes back: the earliest end, then the latest beginning.
  mutating func trimmed(_ ways: MoneyReturns.Ways, _ most: Int64) -> Range<Int> {
    let ends = momentGroups { $0.payee == 0 }.map(\.upperBound)
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if brings(0..<ends[middle], ways, most) { high = middle } else { low = middle + 1 }
    }
    let last = ends[low]
    let begins = momentGroups { $0.payer == 0 }.map(\.lowerBound).filter { $0 < last }
    (low, high) = (0, begins.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if brings(begins[middle]..<last, ways, most) { low = middle } else { high = middle - 1 }
    }
    return begins[low]..<last
  }

  private mutating func brings(
    _ range: Range<Int>,
    _ ways: MoneyReturns.Ways,
    _ most: Int64
  ) -> Bool {
    self.most(range, ways, limit: .max / 2) == most
  }

  /// The payments of each moment at which there is one that is wanted.
  private func momentGroups(_ isWanted: (ReturnPayments.Payment) -> Bool) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var begin = 0
    while begin < payments.payments.count {
      let group = begin..<payments.momentEnd(begin)
      if payments.payments[group].contains(where: isWanted) { groups.append(group) }
      begin = group.upperBound
    }
    return groups
  }
}
