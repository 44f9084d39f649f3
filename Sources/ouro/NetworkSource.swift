import ArgumentParser
import Claims
import Graphs
import Inputs
import Networks
import Reports

extension NetworkInput {
  /// The file that the input is, which is no book.
  private var files: FlowFiles {
    FlowFiles(input, nodes: nodes, payments.files, say: { say($0) })
  }

  /// All of the input as one network, after a word on what was left out of it.
  func source() throws -> FlowSource {
    let source = try isBook ? bookSource() : fileSource()
    for notice in source.notices { say(notice) }
    return source
  }

  private func bookSource() throws -> FlowSource {
    if nodes != nil { throw ValidationError("--nodes goes with EDGES.csv; a book has its facts.") }
    return FlowSource(try options.footing(of: try view()))
  }

  private func fileSource() throws -> FlowSource {
    let contents = try file()
    var source = try files.source(contents)
    source.inputs = inputs(contents)
    return source
  }

  /// The files that an answer of `contents` rests on, where JSON tells them.
  func inputs(_ contents: FlowContents) -> [InputFile] { json ? files.inputs(contents) : [] }

  /// The network to measure, balanced.
  func network() throws -> FlowNetwork { try source().network() }

  /// Each month in which somebody pays by itself, among the parties that pay or are paid in it.
  func months() throws -> [(month: String, source: FlowSource)] {
    guard !isBook, case let contents = try file(), case .payments(let payments) = contents else {
      throw ValidationError(
        "--by month is for payments: a file with payer, payee, amount and date."
      )
    }
    var months = try files.months(payments)
    for notice in months.flatMap(\.source.notices) { say(notice) }
    let inputs = inputs(contents)
    for place in months.indices { months[place].source.inputs = inputs }
    return months
  }

  /// What the input holds, which is no book.
  func file() throws -> FlowContents {
    if choice.isAsked || options.period != nil {
      throw ValidationError("\(input) is an edge list: days, tellers and periods are for a book.")
    }
    return try files.read()
  }

  /// The position of the party `id` in `network`.
  func node(_ id: String, in network: FlowNetwork) throws -> NodeIndex {
    do { return try network.node(id) } catch { throw refusal(error) }
  }

  /// Tells that a party that was asked for is not in the input.
  func refusal(_ error: NoSuchParty) -> ValidationError {
    ValidationError("\(error) in \(input)")
  }
}
