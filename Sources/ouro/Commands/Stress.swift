import Graphs
public import ArgumentParser
import Reports
import Books
import Disk
import Networks
public import Stress
import Tables

extension ExternalStanding: ExpressibleByArgument {}
extension DebtRank.Form: ExpressibleByArgument {}
extension Cascade.TieRule: ExpressibleByArgument {}

struct StressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stress",
    abstract: "Tell who loses what, and who fails first, when somebody cannot pay.",
    discussion: """
      EDGES.csv has a header with from,to,weight and optionally kind: who owes whom how much. NODES.csv \
      gives id and what each answer needs: external_assets, external_liabilities, equity, buffer, size. \
      A - reads standard input.

      EXAMPLES
        ouro stress clearing debts.csv --nodes banks.csv --alpha 0.9 --beta 0.9
        ouro stress debtrank debts.csv --nodes banks.csv --shock acme=0.3

      EXIT CODES
        0 answered · 64 usage · 65 bad data, or an answer that does not settle · 66 no such input · \
      74 could not write
      """,
    subcommands: [
      StressScenario.self, StressClearing.self, StressDebtRank.self, StressCascade.self,
      StressValuation.self,
    ]
  )
}

/// What every kind of stress takes, and the network it leads to.
struct StressInput: ParsableArguments {
  @Argument(help: "Who owes whom: EDGES.csv, or - for standard input.", completion: .file())
  var input: String

  @Option(help: "What is known of the parties: NODES.csv.", completion: .file())
  var nodes: String?

  @Option(
    help: ArgumentHelp("What a party loses at first; may be repeated.", valueName: "party=fraction")
  )
  var shock: [String] = []

  @Flag(help: "Name every link on which something is lost, in JSON too.")
  var losses = false

  @Flag(help: "Answer in JSON.")
  var json = false

  @OptionGroup var listed: PartyRows

  /// The edges and parties as they stand; says what is left out.
  func edgeList() throws -> EdgeList {
    guard !input.hasSuffix(".ouro"), !isFolder(input) else {
      throw ValidationError("\(input) is a book; this takes an edge list: EDGES.csv")
    }
    let bytes = try Files.bytes(of: input)
    let parties = try nodes.map { (bytes: try Files.bytes(of: $0), file: $0) }
    let list = try EdgeList(bytes: bytes, file: input, nodes: parties)
    let own = list.edges.count { $0.payer == $0.payee }
    if own > 0 { say("left out \(Figures.count(own, "row")) in which a party owes itself") }
    return list
  }

  /// The share each party loses at first, by position.
  func shocks(_ list: EdgeList) throws -> [Double] {
    var shocks = [Double](repeating: 0, count: list.parties.count)
    var shocked: Set<NodeIndex> = []
    for assignment in shock {
      let parts = assignment.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count > 1, let value = parts.last.flatMap({ Double($0) }), value >= 0, value <= 1
      else {
        throw ValidationError("--shock \(assignment) is not PARTY=FRACTION, from 0 to 1")
      }
      let id = parts.dropLast().joined(separator: "=")
      guard let node = list.parties.firstIndex(where: { $0.id == id }) else {
        throw ValidationError("there is no party \(id) in \(input)")
      }
      guard shocked.insert(node).inserted else {
        throw ValidationError("--shock names \(id) twice")
      }
      shocks[node] = value
    }
    return shocks
  }
}

/// Figures of parties, and what was assumed where one is not given.
struct PartyFigures {
  let list: EdgeList
  let network: FlowNetwork
  private(set) var assumed: [String] = []

  init(_ list: EdgeList) throws(NetworkError) {
    self.list = list
    network = try list.statedNetwork()
  }

  /// What each party owns outside: nothing where that is not given.
  mutating func externalAssets() -> [Double] {
    orNothing(\.externalAssets, "owns nothing outside (external_assets)")
  }

  /// What each party owes outside: nothing where that is not given.
  mutating func externalLiabilities() -> [Double] {
    orNothing(\.externalLiabilities, "owes nothing outside (external_liabilities)")
  }

  private mutating func orNothing(_ figure: (EdgeList.Party) -> Double?, _ what: String)
    -> [Double]
  {
    let missing = list.parties.filter { figure($0) == nil }.map(\.id)
    if missing.count == list.parties.count {
      assumed.append("everybody \(what)")
    } else if !missing.isEmpty {
      assumed.append("\(named(missing)) \(what)")
    }
    return list.parties.map { figure($0) ?? 0 }
  }

  /// What each party is worth: given, or from its balance sheet; `nil` where neither is there.
  mutating func equity() -> [Double?] {
    let (assets, debts) = (network.inside(\.payee), network.inside(\.payer))
    var derived: [String] = []
    let equity = list.parties.enumerated().map { node, party -> Double? in
      if let equity = party.equity { return equity }
      guard let outside = party.externalAssets, let owed = party.externalLiabilities else {
        return nil
      }
      derived.append(party.id)
      let worth = outside + assets[node] - owed - debts[node]
      // What rounding leaves of a balance is nothing.
      return worth.magnitude <= 1e-12 * (outside + assets[node]) ? 0 : worth
    }
    if !derived.isEmpty {
      assumed.append("the equity of \(named(derived)) is assets less debts")
    }
    return equity
  }

  /// What each party can lose: its buffer, else its equity.
  mutating func buffers() -> [Double?] {
    guard list.parties.contains(where: { $0.buffer == nil }) else {
      return list.parties.map(\.buffer)
    }
    let equity = equity()
    let used = list.parties.indices.filter {
      list.parties[$0].buffer == nil && equity[$0] != nil
    }
    if !used.isEmpty {
      assumed.append("the buffer of \(named(used.map { list.parties[$0].id })) is its equity")
    }
    return zip(list.parties, equity).map { $0.buffer ?? $1 }
  }

  /// How much each party counts: its size, or where no party has one, its equity.
  mutating func sizes() throws(StressError) -> [Double]? {
    guard list.parties.contains(where: { $0.size != nil }) else {
      assumed.append("parties count by their equity, as none has a size")
      return nil
    }
    var sizes: [Double] = []
    for party in list.parties {
      guard let size = party.size else { throw .unknown(what: "size", party: party.id) }
      sizes.append(size)
    }
    return sizes
  }

  mutating func assume(_ what: String) { assumed.append(what) }

  /// Says what was assumed beside an answer in JSON, which has no place for it.
  func sayAssumed() {
    for assumption in assumed { say("assumed: \(assumption)") }
  }

  /// What was assumed, as lines to print.
  var assumptions: [String] {
    assumed.isEmpty ? [] : ["", "Assumed:"] + assumed.map { "  " + legible($0) }
  }
}

extension FlowNetwork {
  /// The sum of flows by the party at one of their ends.
  fileprivate func inside(_ end: (Flow) -> NodeIndex) -> [Double] {
    var sums = [Double](repeating: 0, count: nodes.count)
    for flow in flows { sums[end(flow)] += flow.weight }
    return sums
  }
}

/// A loss on a link, as JSON.
struct LossAnswer: Encodable {
  let from: String
  let to: String
  let owed: Double
  let lost: Double

  init(_ loss: LinkLoss, _ parties: [String]) {
    from = parties[loss.debtor]
    to = parties[loss.creditor]
    owed = loss.owed
    lost = loss.loss
  }
}

/// Refuses a share that is not from 0 to 1.
func checkShare(_ option: String, _ value: Double?) throws {
  guard let value else { return }
  guard value >= 0, value <= 1 else {
    throw ValidationError("\(option) must be from 0 to 1")
  }
}

/// Figures by the ids of their parties.
func byParty(_ parties: [String], _ figures: [Double]) -> [String: Double] {
  Dictionary(zip(parties, figures)) { first, _ in first }
}

/// A few names in a row: `a, b and 3 more`.
func named(_ ids: [String]) -> String {
  let shown = ids.prefix(5).map(legible).joined(separator: ", ")
  return ids.count > 5 ? "\(shown) and \(ids.count - 5) more" : shown
}

/// Who failed in which round, as lines: the first by themselves, each later through those before.
func order(_ parties: [String], _ failedInRound: [Int?], first: String) -> [String] {
  let rounds = Set(failedInRound.compactMap(\.self)).sorted()
  return rounds.map { round in
    let ids = parties.indices.filter { failedInRound[$0] == round }.map { parties[$0] }
    return "  \(round == rounds.first ? first : "then"): \(named(ids))"
  }
}

/// The links on which most is lost, as lines.
func lossLines(_ losses: [LinkLoss], _ parties: [String], all: Bool) -> [String] {
  let largest = losses.filter { $0.loss > 0 }.largestFirst
  guard !largest.isEmpty else { return [] }
  let rows = largest.prefix(all ? largest.count : 10).map { loss in
    [
      "\(parties[loss.debtor]) → \(parties[loss.creditor])", Figures.amount(loss.loss),
      Figures.amount(loss.owed),
    ]
  }
  var lines = ["", "Through which links:"] + TextTable.figures(["", "lost", "of"], rows)
  if rows.count < largest.count {
    lines.append("  and \(Figures.count(largest.count - rows.count, "link")) more (--losses)")
  }
  return lines
}
