import Graphs
public import ArgumentParser
import Inputs
import Networks
import Reports
import Tables
public import Stress

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
  func edgeList() throws -> (list: EdgeList, inputs: [InputFile]) {
    guard !isBookPath(input) else {
      throw ValidationError("\(input) is a book; this takes an edge list: EDGES.csv")
    }
    let (list, inputs, notice) = try FlowFiles.debts(in: input, nodes: nodes)
    if let notice { say(notice) }
    return (list, inputs)
  }

  /// What stress is put on.
  func question(_ list: EdgeList) throws -> StressQuestion {
    StressQuestion(
      list,
      shocks: try shocks(list),
      listed: ListedParties(top: listed.top),
      namesLosses: losses
    )
  }

  /// Prints an answer; what it assumed, for which JSON has no place, beside that.
  func show(_ report: some StressReport, _ inputs: [InputFile]) throws {
    if json { for assumption in report.assumed { say("assumed: \(assumption)") } }
    try ouro.show(report, asJSON: json, names: PartyNames(ids: []), inputs: inputs)
  }

  /// The share each party loses at first, by position.
  private func shocks(_ list: EdgeList) throws -> [Double] {
    var shocks = [Double](repeating: 0, count: list.parties.count)
    var shocked: Set<NodeIndex> = []
    for assignment in shock {
      guard let (id, value) = partyFraction(assignment), value <= 1 else {
        throw ValidationError("--shock \(assignment) is not PARTY=FRACTION, from 0 to 1")
      }
      guard let node = list.parties.firstIndex(where: { $0.id.isWritten(as: id) }) else {
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

/// Reads `PARTY=FRACTION`, of which the party may hold the sign itself; `nil` where the fraction is none, or below zero.
func partyFraction(_ assignment: String) -> (party: String, fraction: Double)? {
  let parts = assignment.split(separator: "=", omittingEmptySubsequences: false)
  guard parts.count > 1, let value = parts.last.flatMap({ Double($0) }), value >= 0, value.isFinite
  else { return nil }
  return (parts.dropLast().joined(separator: "="), value)
}

/// Refuses a share that is not from 0 to 1.
func checkShare(_ option: String, _ value: Double?) throws {
  guard let value else { return }
  guard value >= 0, value <= 1 else {
    throw ValidationError("\(option) must be from 0 to 1")
  }
}
