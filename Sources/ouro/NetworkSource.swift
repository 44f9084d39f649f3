import Columns
import Graphs
import ArgumentParser
import Books
import Disk
import Networks
import Payments
import Tables

/// Where the network to measure comes from.
enum NetworkSource {
  /// A book's network, in dollars.
  case book(FlowNetwork)
  case edges(EdgeList)

  /// The network to measure, balanced.
  func network() throws -> FlowNetwork {
    switch self {
    case .book(let network): network
    case .edges(let list): try list.network()
    }
  }

  /// Whether there is a party `id`.
  func has(_ id: String) -> Bool {
    switch self {
    case .book(let network): network.nodes.contains(id)
    case .edges(let list): list.parties.contains { $0.id == id }
    }
  }

  /// The network with no more than is stated: of an edge list, without what balances it.
  func statedNetwork() throws -> FlowNetwork {
    switch self {
    case .book(let network): network
    case .edges(let list): try list.statedNetwork()
    }
  }
}

/// What a file holds that is no book.
enum FlowFile {
  case edges(EdgeList)
  case payments(Payments)
}

extension NetworkInput {
  /// All of the input as one network.
  func source() throws -> NetworkSource {
    guard !isBook else { return .book(try bookNetwork()) }
    switch try file() {
    case .edges(let list):
      let empty = list.edges.count { $0.weight == 0 }
      if empty > 0 { say("left out \(count(empty, "row")) without an amount") }
      try sayImbalances(of: list)
      return .edges(list)
    case .payments(let payments): return .edges(try summed(payments))
    }
  }

  /// The network to measure, balanced.
  func network() throws -> FlowNetwork { try source().network() }

  /// Each month in which somebody pays by itself, among the parties that pay or are paid in it.
  func months() throws -> [(month: String, source: NetworkSource)] {
    guard !isBook, case .payments(let payments) = try file() else {
      throw ValidationError(
        "--by month is for payments: a file with payer, payee, amount and date."
      )
    }
    let parties = payments.parties
    let scale = scale(payments)
    let sums = try payments.sums(byMonth: true, threads: self.payments.threadCount)
    var positions = sums.months.map { _ in [Int]() }
    for index in 0..<sums.count { positions[Int(sums.month[index])].append(index) }
    return try zip(sums.months, positions).filter { !$1.isEmpty }.map { month, positions in
      ("\(month)", .edges(try edges(sums, positions, parties, scale)))
    }
  }

  /// What the input holds, which is no book.
  func file() throws -> FlowFile {
    if choice.isAsked || options.period != nil {
      throw ValidationError("\(input) is an edge list: days, tellers and periods are for a book.")
    }
    if input != "-" {
      let head = try Files.bytes(of: input, atMost: 1 << 16)
      if head.starts(with: Self.gzip) { return .payments(try payments.read(input)) }
      if try Payments.isPacked(input) { return .payments(try payments.read(input)) }
      if isHeaderOfPayments(head) { return .payments(try payments.read(input)) }
    }
    let bytes = try Files.bytes(of: input)
    if input == "-", bytes.starts(with: Self.gzip) || isHeaderOfPayments(bytes) {
      return .payments(try payments.read(input, text: bytes))
    }
    return .edges(try EdgeList(bytes: bytes, file: input, nodes: known()))
  }

  /// Tells where stated inflows and outflows do not balance, which a measure has to mend.
  private func sayImbalances(of list: EdgeList) throws {
    let imbalances = try list.imbalances()
    for found in imbalances.prefix(5) {
      say(
        "\(found.party): \(figure(found.entering)) comes in and \(figure(found.leaving)) goes out, "
          + "\(percent(found.share)) apart; the difference counts as reserves or savings"
      )
    }
    let rest = imbalances.count - 5
    if rest > 0 { say("and \(count(rest, "party", "parties")) more out of balance") }
  }
  /// How a file begins that gzip compressed.
  private static let gzip: [UInt8] = [0x1F, 0x8B]

  private func known() throws -> (bytes: [UInt8], file: String)? {
    try nodes.map { (bytes: try Files.bytes(of: $0), file: $0) }
  }

  /// Whether the first line names a payer and a payee.
  private func isHeaderOfPayments(_ bytes: [UInt8]) -> Bool {
    let line = Array(bytes.prefix(1 << 16).prefix { $0 != 10 && $0 != 13 })
    guard let header = try? CSVReader(bytes: line, file: input).header else { return false }
    return header.contains(payments.payer) && header.contains(payments.payee)
  }

  private func summed(_ payments: Payments) throws -> EdgeList {
    let parties = payments.parties
    let scale = scale(payments)
    let sums = try payments.sums(byMonth: false, threads: self.payments.threadCount)
    return try edges(sums, Array(0..<sums.count), parties, scale)
  }

  /// How many minor units are one.
  func scale(_ payments: Payments) -> Double {
    (0..<payments.digits).reduce(1) { scale, _ in scale * 10 }
  }

  /// The sums at `positions` as edges between the parties they are of.
  private func edges(
    _ sums: PaymentSums,
    _ positions: [Int],
    _ parties: PartyNames,
    _ scale: Double
  ) throws -> EdgeList {
    var number = [Int](repeating: -1, count: parties.count)
    var ids: [String] = []
    func position(_ party: Int32) -> Int {
      let party = Int(party)
      if number[party] < 0 {
        number[party] = ids.count
        ids.append(parties[party])
      }
      return number[party]
    }
    let flows = positions.map { index in
      FlowNetwork.Flow(
        payer: position(sums.payer[index]),
        payee: position(sums.payee[index]),
        weight: Double(sums.amountMinorUnits[index]) / scale
      )
    }
    let empty = flows.count { $0.weight == 0 }
    if empty > 0 { say("left out \(count(empty, "pair")) without an amount") }
    return try EdgeList(ids: ids, flows: flows, nodes: known())
  }

  /// The position of the party `id` in `network`.
  func node(_ id: String, in network: FlowNetwork) throws -> NodeIndex {
    guard let node = network.nodes.firstIndex(of: id) else {
      throw ValidationError("there is no party \(id) in \(input)")
    }
    return node
  }
}
