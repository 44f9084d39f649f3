import ArgumentParser
import Books
import Claims
import Loops
import Networks
import Reports
import Tables

struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how closed a network is, and how concentrated, in one of seven ways.",
    discussion: """
      EDGES.csv has a header with from,to,weight and optionally kind,time. NODES.csv gives id and what \
      enters and leaves the network at it: inflow, outflow. Parties without are balanced by reserves \
      and savings. A - reads standard input. A BOOK is measured as `ouro report` sees it.

      EXAMPLES
        ouro measure closure Examples/ai-economy --period 2025
        ouro measure cycling edges.csv --nodes nodes.csv

      EXIT CODES
        0 measured · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """,
    subcommands: [
      MeasureClosure.self, MeasureCycling.self, MeasurePotential.self, MeasureProvenance.self,
      MeasureConcentration.self, MeasureGain.self, MeasureCycles.self,
    ]
  )
}

/// What every measure takes, and the network it leads to.
struct NetworkInput: ParsableArguments {
  @Argument(
    help: "A book (a file or a folder), or the flows: EDGES.csv, or - for standard input.",
    completion: .file()
  )
  var input: String

  @Option(help: "What is known of the parties: NODES.csv.", completion: .file())
  var nodes: String?

  @Flag(help: "Answer in JSON.")
  var json = false

  @OptionGroup(title: "Of a book") var choice: ViewChoice
  @OptionGroup(title: "Of a book") var options: NetworkOptions

  /// Whether the input is a book.
  var isBook: Bool { input.hasSuffix(".ouro") || isFolder(input) }

  /// The network to measure, balanced; of a book, in dollars.
  func network() throws -> FlowNetwork {
    try isBook ? bookNetwork() : edgeList().network()
  }

  /// The network with no more than is stated: of an edge list, without what balances it.
  func statedNetwork() throws -> FlowNetwork {
    try isBook ? bookNetwork() : edgeList().statedNetwork()
  }

  private func bookNetwork() throws -> FlowNetwork {
    if nodes != nil { throw ValidationError("--nodes goes with EDGES.csv; a book has its facts.") }
    return options.footing(of: try view()).standing.network.scaled(by: 0.01)
  }

  /// The view of the book.
  func view() throws -> View {
    let opened = try BookFile.open(input, recordedBy: choice.recordedBy?.timestamp)
    return try choice.view(of: opened)
  }

  /// The edge list as it stands.
  ///
  /// - Parameter keepsEmpty: Whether rows with an amount of zero count.
  /// - Returns: The list.
  /// - Throws: What the files have at fault.
  func edgeList(keepsEmpty: Bool = false) throws -> EdgeList {
    if choice.isAsked || options.period != nil {
      throw ValidationError("\(input) is an edge list: days, tellers and periods are for a book.")
    }
    let bytes = try Files.bytes(of: input)
    let parties = try nodes.map { (bytes: try Files.bytes(of: $0), file: $0) }
    let list = try EdgeList(bytes: bytes, file: input, nodes: parties)
    let empty = list.edges.count { $0.weight == 0 }
    if empty > 0, !keepsEmpty { say("left out \(count(empty, "row")) without an amount") }
    return list
  }

  /// The position of the party `id` in `network`.
  func node(_ id: String, in network: FlowNetwork) throws -> NodeIndex {
    guard let node = network.nodes.firstIndex(of: id) else {
      throw ValidationError("there is no party \(id) in \(input)")
    }
    return node
  }
}

/// A share of a whole, as JSON.
struct ShareAnswer: Encodable {
  let id: String
  let share: Double
}
