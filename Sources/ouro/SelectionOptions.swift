public import ArgumentParser
public import Claims
public import Networks
public import Reports
import Tables

extension Deal.Kind: ExpressibleByArgument {}
extension Claim.Status: ExpressibleByArgument {}
extension Grade: ExpressibleByArgument {}
extension DealSelection.Order: ExpressibleByArgument {}

/// Which deals or flows are listed, and in which order.
struct SelectionOptions: ParsableArguments {
  @Option(help: "Only those that this party pays.") var payer: String?
  @Option(help: "Only those that this party is paid.") var payee: String?
  @Option(help: "Only deals of this kind, as equity; repeatable.") var kind: [Deal.Kind] = []
  @Option(help: "Only deals that have come this far, as signed; repeatable.")
  var status: [Claim.Status] = []

  @Option(
    help: "Only those whose amount rests on this, as disclosed or press; repeatable."
  )
  var grade: [Grade] = []

  @Option(
    help: ArgumentHelp(
      "Only those that can be of so many dollars: 500m, 1.5bn.",
      valueName: "dollars"
    )
  )
  var atLeast: Dollars?

  @Option(help: "The order: id, size, kind, pair, status or grade.")
  var sort: DealSelection.Order?

  /// Refuses what flows have not.
  func check(ofFlows: Bool, isCalendar: Bool) throws {
    guard !ofFlows || (kind.isEmpty && status.isEmpty && ![.kind, .status].contains(sort)) else {
      throw ValidationError("--kind and --status are of deals: a flow may be of several.")
    }
    let isPlain = payer == nil && payee == nil && grade.isEmpty && atLeast == nil && sort == nil
    guard !isCalendar || isPlain else {
      throw ValidationError("with --by, flows are chosen by --party alone.")
    }
  }

  /// What is asked for.
  func selection(of parties: [String], in view: View) throws -> DealSelection {
    var selection = DealSelection(parties: parties)
    selection.payer = try payer.map { try ouro.party($0, in: view) }
    selection.payee = try payee.map { try ouro.party($0, in: view) }
    (selection.kinds, selection.statuses, selection.grades) = (kind, status, grade)
    (selection.least, selection.order) = (atLeast?.number, sort)
    return selection
  }
}

/// Reads dollars of the command line: `2000000`, `500m`, `1.5bn`.
struct Dollars: ExpressibleByArgument {
  let number: Double

  init?(argument: String) {
    guard let number = scaledNumber(argument), number >= 0 else { return nil }
    self.number = number
  }
}
