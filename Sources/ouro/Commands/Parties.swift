import ArgumentParser
import Disk
import Payments
import Reports

struct Parties: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Propose which parties of payments are one under several names.",
    discussion: """
      Each proposal has its reason and its strength. -o writes them as a file of aliases: delete the rows that \
      are wrong, and give it to ouro scan, sum or measure with --aliases. Nothing is merged unasked.

      EXAMPLES
        ouro parties statements.csv -o aliases.csv

      EXIT CODES
        0 looked · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @OptionGroup var input: PaymentInput

  @Option(name: .shortAndLong, help: "The file of aliases to write.", completion: .file())
  var output: String?

  @Flag(help: "Answer in JSON.") var json = false

  func run() throws {
    let payments = try input.read()
    let proposals = PartyProposals(of: payments)
    if let output {
      try Files.replace(output, with: proposals.aliases())
      say("wrote \(Figures.count(proposals.proposals.count, "proposal")) to \(output)")
    }
    guard output != "-" else { return }
    let names = PartyNames(ids: [])
    try show(proposals, asJSON: json, names: names, inputs: input.inputs(payments))
  }
}
