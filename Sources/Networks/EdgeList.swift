public import Graphs
public import Tables

/// A network, or a file of payments, read straight from CSV.
///
/// The edges have a header with `from,to,weight` and optionally `kind,time`, in any case, or as graph
/// programs write it: `Source,Target,Weight`, and `Type`, which must be directed. The parties, where a
/// second file gives them, have `id` and what a measure needs. Parties stand in the order of that file,
/// then of first appearance. Amounts are plain numbers without a unit, zero or within
/// ``leastAmount`` and ``largestAmount``.
public struct EdgeList: Sendable {
  /// One row of the edges.
  public struct Edge: Sendable, Equatable {
    /// The line it stands on; 0 where it is the sum of several.
    public let line: Int
    /// Who pays.
    public let payer: NodeIndex
    /// Who is paid.
    public let payee: NodeIndex
    /// How much, zero or above.
    public let weight: Double
    /// Of what kind: empty where the file does not say.
    public let kind: String
    /// When, in seconds since 1970-01-01; `nil` where the file has no times.
    public let time: Int?
  }

  /// What is known of a party, each figure where the file gives it.
  public struct Party: Sendable, Equatable {
    /// What the edges call it.
    public let id: String
    /// What it has a claim to outside the network.
    public let externalAssets: Double?
    /// What it owes outside the network.
    public let externalLiabilities: Double?
    /// What it is worth.
    public let equity: Double?
    /// What it can lose before it defaults.
    public let buffer: Double?
    /// How large it is, in a unit of the user's.
    public let size: Double?
    /// What enters the network at it.
    public let inflow: Double?
    /// What leaves the network at it.
    public let outflow: Double?
  }

  /// The parties, in order.
  public let parties: [Party]
  /// The edges, in the order of the file.
  public let edges: [Edge]
  /// Whether the edges say when.
  public let hasTimes: Bool

  /// The least amount above zero that a file may hold.
  public static let leastAmount = 1e-300

  /// The largest amount that a file may hold: ten million of them can be added.
  public static let largestAmount = 1e300

  /// What rounding of printed figures is let pass where a party's outside flows are given.
  public static let printedRounding = 1e-4

  /// Reads an edge list.
  ///
  /// - Parameters:
  ///   - bytes: The edges.
  ///   - file: The name of their file, for errors.
  ///   - nodes: The parties and the name of their file, where there is one.
  /// - Throws: ``TableError`` for the first fault in either.
  public init(
    bytes: [UInt8],
    file: String,
    nodes: (bytes: [UInt8], file: String)? = nil
  ) throws(TableError) {
    var roll = PartyRoll()
    if let nodes { try roll.read(nodes.bytes, file: nodes.file) }
    var reader = try CSVReader(bytes: bytes, file: file)
    let columns = try EdgeColumns(header: reader.header, file: file, .edges)
    var edges: [Edge] = []
    while let record = try reader.next() {
      try columns.checkDirection(record)
      edges.append(
        Edge(
          line: record.line,
          payer: roll.index(of: try columns.id("from", in: record)),
          payee: roll.index(of: try columns.id("to", in: record)),
          weight: try columns.required("weight", in: record),
          kind: columns.text("kind", in: record),
          time: try columns.time("time", in: record)
        )
      )
    }
    // Parties that are given can stand without edges; nothing at all is no network.
    guard !edges.isEmpty || nodes != nil else {
      let reason = "there are no rows below the header"
      let advice = "add a row for each edge: who pays, who is paid, how much"
      throw TableError(file: file, line: 1, column: nil, reason: reason, advice: advice)
    }
    parties = roll.parties
    self.edges = edges
    hasTimes = columns.has("time")
  }

  /// An edge list that was summed from payments rather than read.
  ///
  /// - Parameters:
  ///   - ids: What the payments call the parties.
  ///   - flows: What they pay each other, by position in `ids`.
  ///   - nodes: What is known of the parties and the name of its file, where there is one.
  /// - Throws: ``TableError`` for the first fault in that file.
  public init(
    ids: [String],
    flows: [FlowNetwork.Flow],
    nodes: (bytes: [UInt8], file: String)? = nil
  ) throws(TableError) {
    var roll = PartyRoll()
    if let nodes { try roll.read(nodes.bytes, file: nodes.file) }
    let position = ids.map { roll.index(of: $0) }
    parties = roll.parties
    edges = flows.map {
      Edge(
        line: 0,
        payer: position[$0.payer],
        payee: position[$0.payee],
        weight: $0.weight,
        kind: "",
        time: nil
      )
    }
    hasTimes = false
  }

  /// The network as the files state it, edges merged by pair; parties need not balance.
  ///
  /// What enters or leaves at a party is from or to an outside party of the same id.
  ///
  /// - Throws: ``NetworkError``, where amounts add up to more than a number can hold.
  public func statedNetwork() throws(NetworkError) -> FlowNetwork {
    try FlowNetwork(
      nodes: parties.map(\.id),
      flows: edges.map { FlowNetwork.Flow(payer: $0.payer, payee: $0.payee, weight: $0.weight) },
      inflows: boundary(\.inflow),
      outflows: boundary(\.outflow)
    )
  }

  /// The network with every party balanced by reserves and savings, which bear the party's id.
  ///
  /// Where a party's outside flows are given, they balance it if they do to four digits.
  ///
  /// - Throws: ``NetworkError``, where amounts add up to more than a number can hold.
  public func network() throws(NetworkError) -> FlowNetwork {
    try statedNetwork().balanced { node in
      let isStated = parties[node].inflow != nil || parties[node].outflow != nil
      return isStated ? Self.printedRounding : 1e-12
    }
    .withNamedReserves
  }

  /// A party whose stated inflow and outflow do not balance what it pays and is paid inside.
  public struct Imbalance: Sendable, Equatable {
    /// The party.
    public let party: String
    /// What comes in at it.
    public let entering: Double
    /// What goes out at it.
    public let leaving: Double

    /// The difference as a share of the larger side.
    public var share: Double { (entering - leaving).magnitude / max(entering, leaving) }
  }

  /// The parties that ``network()`` balances although their outside flows are given, worst first.
  ///
  /// - Throws: ``NetworkError``, where amounts add up to more than a number can hold.
  public func imbalances() throws(NetworkError) -> [Imbalance] {
    let network = try statedNetwork()
    let sides = zip(network.throughflow, network.spending)
    return zip(parties, sides).filter { $0.0.inflow != nil || $0.0.outflow != nil }
      .map { Imbalance(party: $0.id, entering: $1.0, leaving: $1.1) }
      .filter { $0.share > Self.printedRounding }
      .sorted { ($1.share, $0.party) < ($0.share, $1.party) }
  }

  /// The same parties with every edge turned round.
  public func turnedRound() -> EdgeList {
    EdgeList(
      parties: parties,
      edges: edges.map {
        Edge(
          line: $0.line,
          payer: $0.payee,
          payee: $0.payer,
          weight: $0.weight,
          kind: $0.kind,
          time: $0.time
        )
      },
      hasTimes: hasTimes
    )
  }

  private init(parties: [Party], edges: [Edge], hasTimes: Bool) {
    self.parties = parties
    self.edges = edges
    self.hasTimes = hasTimes
  }

  private func boundary(_ figure: (Party) -> Double?) -> [FlowNetwork.BoundaryFlow] {
    parties.enumerated().compactMap { node, party in
      figure(party).map {
        FlowNetwork.BoundaryFlow(node: node, outside: .party(party.id), weight: $0)
      }
    }
  }
}

extension FlowNetwork {
  /// The network with reserves and savings counted under the id of the party whose they are.
  fileprivate var withNamedReserves: FlowNetwork {
    func named(_ flows: [BoundaryFlow]) -> [BoundaryFlow] {
      Self.merged(
        flows.map {
          BoundaryFlow(node: $0.node, outside: .party(nodes[$0.node]), weight: $0.weight)
        }
      )
    }
    return FlowNetwork(self, inflows: named(inflows), outflows: named(outflows))
  }
}

/// The parties seen so far, by id.
private struct PartyRoll {
  private(set) var parties: [EdgeList.Party] = []
  private var position: [WrittenName: NodeIndex] = [:]

  mutating func read(_ bytes: [UInt8], file: String) throws(TableError) {
    var reader = try CSVReader(bytes: bytes, file: file)
    let columns = try EdgeColumns(header: reader.header, file: file, .parties)
    while let record = try reader.next() {
      let id = try columns.id("id", in: record)
      guard position[WrittenName(id)] == nil else {
        throw columns.fault(record, "id", "\(id) is given twice", "give each party one row")
      }
      add(
        EdgeList.Party(
          id: id,
          externalAssets: try columns.optional("external_assets", in: record),
          externalLiabilities: try columns.optional("external_liabilities", in: record),
          equity: try columns.optional("equity", in: record, mayBeNegative: true),
          buffer: try columns.optional("buffer", in: record, mayBeNegative: true),
          size: try columns.optional("size", in: record),
          inflow: try columns.optional("inflow", in: record),
          outflow: try columns.optional("outflow", in: record)
        )
      )
    }
  }

  mutating func index(of id: String) -> NodeIndex {
    if let known = position[WrittenName(id)] { return known }
    add(
      EdgeList.Party(
        id: id,
        externalAssets: nil,
        externalLiabilities: nil,
        equity: nil,
        buffer: nil,
        size: nil,
        inflow: nil,
        outflow: nil
      )
    )
    return parties.count - 1
  }

  private mutating func add(_ party: EdgeList.Party) {
    position[WrittenName(party.id)] = parties.count
    parties.append(party)
  }
}
