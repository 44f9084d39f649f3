import ArgumentParser
import Claims
import Reports
import Tables

struct PartyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "party",
    abstract: "What the book says of one party; without a name, who is in it.",
    discussion: """
      EXAMPLES
        ouro party Examples/ai-economy
        ouro party Examples/ai-economy coreweave --period 2025

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Argument(help: "The party, by id or name.") var party: String?
  @OptionGroup var network: NetworkOptions

  private struct Listed: Encodable {
    let id: String
    let inside: Bool
    let kind: String
    let name: String
  }

  func run() throws {
    let (view, _) = try options.view()
    guard let party else { return try list(view) }
    let id = try ouro.party(party, in: view)
    guard let report = PartyReport(id, in: try network.footing(of: view)) else { return }
    try options.show(report, view)
  }

  private func list(_ view: View) throws {
    let parties = view.contents.parties
    guard !options.json else {
      return try show(
        json: parties.map {
          Listed(id: $0.id, inside: $0.isInside, kind: $0.kind.rawValue, name: $0.name)
        }
      )
    }
    var table = TextTable([.left, .left, .left, .left])
    for party in parties {
      table.add(party.id, party.name, party.kind.rawValue, party.isInside ? "inside" : "")
    }
    try show(table.lines(indent: 0).legibleText)
  }
}
