internal import Columns
package import Graphs
package import Claims
package import Networks
package import Payments
internal import Tables

/// A network to measure, and what was left out or mended on the way to it.
package struct FlowSource: Sendable {
  /// What is known of parties besides what they pay: a table, and the name of its file.
  package typealias PartyTable = (bytes: [UInt8], file: String)

  private enum Flows {
    /// A book's, in dollars, balanced by the book's facts.
    case book(FlowNetwork)
    case edges(EdgeList)
  }

  private let flows: Flows
  /// What a reader has to know of it, a sentence each.
  package let notices: [String]
  /// The files that it was read from; none of a book, whose answers tell its head.
  package var inputs: [InputFile] = []
  /// The one currency of payments that were added up.
  package private(set) var currency: Nullable<String>?

  /// The flows of a book on one footing.
  package init(_ footing: Footing) {
    flows = .book(footing.standing.network.inWholeUnits)
    notices = footing.ledger.unratedNotices
  }

  /// The flows of an edge list.
  ///
  /// - Parameter list: The edges.
  /// - Throws: ``NetworkError``, where amounts add up to more than a number can hold.
  package init(_ list: EdgeList) throws(NetworkError) {
    let empty = list.edges.count { $0.weight == 0 }
    flows = .edges(list)
    notices = leftOut(empty, "row") + (try list.imbalanceNotices())
  }

  /// The sums of payments, by pair.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - parties: What is known of the parties, where there is a table of it.
  ///   - threads: The number of threads; the answer is the same for any.
  /// - Throws: ``SumTooLarge``, and ``TableError`` for a fault in the table.
  package init(_ payments: consuming Payments, parties: PartyTable?, threads: Int) throws {
    let roll = PaymentRoll(payments)
    let money = payments.currency
    let sums = try payments.sums(by: .all, threads: threads)
    try self.init(sums, Array(0..<sums.count), roll, parties)
    currency = Nullable(wrappedValue: money)
  }

  /// Each month in which somebody pays, by itself, among the parties that pay or are paid in it.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - parties: What is known of the parties, where there is a table of it.
  ///   - threads: The number of threads; the answer is the same for any.
  /// - Returns: The months in order.
  /// - Throws: ``SumTooLarge``, and ``TableError`` for a fault in the table.
  package static func months(
    of payments: consuming Payments,
    parties: PartyTable?,
    threads: Int
  ) throws -> [(month: String, source: FlowSource)] {
    let roll = PaymentRoll(payments)
    let money = payments.currency
    let sums = try payments.sums(by: .month, threads: threads)
    var positions = sums.periods.map { _ in [Int]() }
    for index in 0..<sums.count { positions[Int(sums.period[index])].append(index) }
    return try zip(sums.periods, positions).filter { !$1.isEmpty }.map { first, positions in
      var source = try FlowSource(sums, positions, roll, parties)
      source.currency = Nullable(wrappedValue: money)
      return ("\(Month(of: first))", source)
    }
  }

  /// The sums at `positions`, between the parties they are of.
  fileprivate init(
    _ sums: PaymentSums,
    _ positions: [Int],
    _ roll: PaymentRoll,
    _ parties: PartyTable?
  ) throws {
    var number = [Int](repeating: -1, count: roll.count)
    var ids: [String] = []
    func position(_ party: Int32) -> Int {
      let party = Int(party)
      if number[party] < 0 {
        number[party] = ids.count
        ids.append(roll.name(party))
      }
      return number[party]
    }
    let summed = positions.map { index in
      FlowNetwork.Flow(
        payer: position(sums.payer[index]),
        payee: position(sums.payee[index]),
        weight: roll.unit.whole(Double(sums.amountMinorUnits[index]))
      )
    }
    flows = .edges(try EdgeList(ids: ids, flows: summed, nodes: parties))
    notices = leftOut(summed.count { $0.weight == 0 }, "pair")
  }

  /// The network to measure, balanced.
  ///
  /// - Throws: ``NetworkError``, where amounts add up to more than a number can hold.
  package func network() throws(NetworkError) -> FlowNetwork {
    switch flows {
    case .book(let network): network
    case .edges(let list): try list.network()
    }
  }

  /// The network with no more than is stated: of an edge list, without what balances it.
  ///
  /// - Throws: ``NetworkError``, where amounts add up to more than a number can hold.
  package func statedNetwork() throws(NetworkError) -> FlowNetwork {
    switch flows {
    case .book(let network): network
    case .edges(let list): try list.statedNetwork()
    }
  }

  /// Whether there is a party `id`.
  package func has(_ id: String) -> Bool {
    switch flows {
    case .book(let network): network.nodes.contains { $0.isWritten(as: id) }
    case .edges(let list): list.parties.contains { $0.id.isWritten(as: id) }
    }
  }
}

/// The parties of payments, and what amounts are counted in: what sums need of payments that are let go.
private struct PaymentRoll {
  let count: Int
  let name: (Int) -> String
  let unit: AmountUnit

  init(_ payments: borrowing Payments) {
    let parties = payments.parties
    (count, name, unit) = (parties.count, { parties[$0] }, payments.unit)
  }
}

/// A party that somebody asked for, and that a network does not have.
package struct NoSuchParty: Error, Equatable, CustomStringConvertible {
  /// Its id.
  package let party: String

  /// Nobody is called `party`.
  package init(party: String) { self.party = party }

  /// The beginning of a sentence, to which a front end adds where it looked.
  package var description: String { "there is no party \(party)" }
}

extension FlowNetwork {
  /// The position of the party `id`.
  ///
  /// - Parameter id: Its id.
  /// - Returns: Its position.
  /// - Throws: ``NoSuchParty``.
  package func node(_ id: String) throws(NoSuchParty) -> NodeIndex {
    guard let node = nodes.firstIndex(where: { $0.isWritten(as: id) }) else {
      throw NoSuchParty(party: id)
    }
    return node
  }
}

extension FlowNetwork {
  /// The flows from a party to itself, which no picture shows, in words; `nil` where there are none.
  ///
  /// - Parameter party: The only party that is asked about, by its id.
  /// - Returns: The words.
  package func ownPaymentsWords(of party: String?) -> String? {
    let own = selfFlows.filter { party == nil || nodes[$0.payer] == party }
      .sorted { ($1.weight, $0.payer) < ($0.weight, $1.payer) }
    guard !own.isEmpty else { return nil }
    let named = own.prefix(5).map { "\(nodes[$0.payer]) \(Figures.amount($0.weight))" }
    let more = own.count > named.count ? " and \(own.count - named.count) more" : ""
    return "not drawn, paid to themselves: \(named.joined(separator: ", "))\(more)"
  }
}

extension Ledger {
  /// What a figure lacks because an amount could not be converted, a sentence a currency.
  package var unratedNotices: [String] {
    Set(unrated.map(\.amount.currency)).sorted().map { currency in
      let rows = unrated.filter { $0.amount.currency == currency }
      let ids = rows.prefix(5).map(\.evidence.id).joined(separator: ", ")
      let more = rows.count > 5 ? ", …" : ""
      return
        "left out \(Figures.count(rows.count, "amount")) in \(currency), without a rate: \(ids)\(more)"
    }
  }
}

extension EdgeList {
  /// Where stated inflows and outflows do not balance, which a measure has to mend.
  fileprivate func imbalanceNotices() throws(NetworkError) -> [String] {
    let imbalances = try imbalances()
    let told = imbalances.prefix(5).map { found in
      "\(found.party): \(Figures.amount(found.entering)) comes in and "
        + "\(Figures.amount(found.leaving)) goes out, \(Figures.tenths(found.share)) apart; "
        + "the difference counts as reserves or savings"
    }
    let rest = imbalances.count - told.count
    guard rest > 0 else { return told }
    return told + ["and \(Figures.count(rest, "party", "parties")) more out of balance"]
  }
}

private func leftOut(_ empty: Int, _ what: String) -> [String] {
  empty > 0 ? ["left out \(Figures.count(empty, what)) without an amount"] : []
}
