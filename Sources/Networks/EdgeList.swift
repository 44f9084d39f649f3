public import Graphs
import Claims
public import Tables

/// A network, or a file of payments, read straight from CSV.
///
/// The edges have a header with `from,to,weight` and optionally `kind,time`; the parties, where a second
/// file gives them, `id` and what a measure needs. Parties stand in the order of that file, then of first
/// appearance. Amounts are plain numbers without a unit.
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
    var reader = try CSVReader(
      bytes: bytes,
      file: file,
      columns: ["from", "to", "weight"],
      optional: ["kind", "time"]
    )
    let columns = Columns(header: reader.header, file: file)
    var edges: [Edge] = []
    while let record = try reader.next() {
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
    parties = roll.parties
    self.edges = edges
    hasTimes = reader.header.contains("time")
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
  private var position: [String: NodeIndex] = [:]

  mutating func read(_ bytes: [UInt8], file: String) throws(TableError) {
    var reader = try CSVReader(
      bytes: bytes,
      file: file,
      columns: ["id"],
      optional: [
        "external_assets", "external_liabilities", "equity", "buffer", "size", "inflow", "outflow",
      ]
    )
    let columns = Columns(header: reader.header, file: file)
    while let record = try reader.next() {
      let id = try columns.id("id", in: record)
      guard position[id] == nil else {
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
    if let known = position[id] { return known }
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
    position[party.id] = parties.count
    parties.append(party)
  }
}

/// Cells by the names of their columns.
private struct Columns {
  private let position: [String: Int]
  private let file: String

  init(header: [String], file: String) {
    var position: [String: Int] = [:]
    for (index, name) in header.enumerated() { position[name] = index }
    self.position = position
    self.file = file
  }

  func text(_ column: String, in record: CSVRecord) -> String {
    position[column].map { record[$0] } ?? ""
  }

  func id(_ column: String, in record: CSVRecord) throws(TableError) -> String {
    let id = text(column, in: record)
    guard !id.isEmpty else {
      throw fault(record, column, "the party has no id", "name it, or delete the row")
    }
    return id
  }

  func required(_ column: String, in record: CSVRecord) throws(TableError) -> Double {
    guard let number = try optional(column, in: record) else {
      throw fault(record, column, "there is no amount", "give one, or delete the row")
    }
    return number
  }

  func optional(
    _ column: String,
    in record: CSVRecord,
    mayBeNegative: Bool = false
  ) throws(TableError) -> Double? {
    let text = text(column, in: record)
    guard !text.isEmpty else { return nil }
    guard let number = plainNumber(text) else {
      let advice = "write a plain number, as 1250.5 or 2.5e-8"
      throw fault(record, column, "\(text.prefix(40).debugDescription) is not a number", advice)
    }
    guard mayBeNegative || number >= 0 else {
      let advice = "write what goes the other way as a row of its own"
      throw fault(record, column, "\(text.prefix(40)) is below zero", advice)
    }
    return number
  }

  func time(_ column: String, in record: CSVRecord) throws(TableError) -> Int? {
    guard position[column] != nil else { return nil }
    let text = text(column, in: record)
    guard let seconds = secondsSince1970(text) else {
      let advice = "write whole seconds, 2026-01-31, or 2026-01-31T23:59:59"
      throw fault(record, column, "\(text.prefix(40).debugDescription) is not a time", advice)
    }
    return seconds
  }

  func fault(_ record: CSVRecord, _ column: String, _ reason: String, _ advice: String)
    -> TableError
  {
    TableError(file: file, line: record.line, column: column, reason: reason, advice: advice)
  }
}

/// The whole of `text` as a number: an exact decimal, or one with an exponent as programs print them.
private func plainNumber(_ text: String) -> Double? {
  if let decimal = StrictDecimal(text) { return decimal.double }
  var bytes = Array(text.utf8)[...]
  if bytes.first == UInt8(ascii: "-") { bytes = bytes.dropFirst() }
  func takeDigits() -> Bool {
    let digits = bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    bytes = bytes.dropFirst(digits.count)
    return !digits.isEmpty
  }
  func take(_ letters: String) -> Bool {
    guard let byte = bytes.first, letters.utf8.contains(byte) else { return false }
    bytes = bytes.dropFirst()
    return true
  }
  guard takeDigits() else { return nil }
  if take("."), !takeDigits() { return nil }
  if take("eE") {
    _ = take("+-")
    guard takeDigits() else { return nil }
  }
  guard bytes.isEmpty, let number = Double(text), number.isFinite else { return nil }
  return number
}

/// A moment as whole seconds, as a day, or as a day and a time of it (UTC).
private func secondsSince1970(_ text: String) -> Int? {
  if let whole = StrictDecimal(text) { return whole.scale == 0 ? Int(whole.mantissa) : nil }
  let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
  guard let date = halves.first, case .day(let day) = PartialDate(date) else { return nil }
  guard halves.count == 2 else { return day.ordinal * 86_400 }
  let clock = halves[1].hasSuffix("Z") ? halves[1].dropLast() : halves[1]
  let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
  guard (2...3).contains(parts.count) else { return nil }
  var seconds = day.ordinal * 86_400
  for (part, unit) in zip(parts, [(24, 3_600), (60, 60), (60, 1)]) {
    let isDigits = part.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard part.utf8.count == 2, isDigits, let number = Int(part), number < unit.0 else {
      return nil
    }
    seconds += number * unit.1
  }
  return seconds
}
