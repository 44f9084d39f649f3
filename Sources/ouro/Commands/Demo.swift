import ArgumentParser
import Inputs

struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the book that ships with ouro into a folder, and report on it.",
    discussion: """
      The folder gets the book of the AI economy, scenarios for it, a year of payments, an article to read, and the \
      report with pictures. What is there already is not written over: the same files stay, and others end the command. \
      What to try next is told on standard error.

      EXAMPLES
        ouro demo ouro-demo
        ouro demo market
        ouro demo market --json

      EXIT CODES
        0 answered · 64 usage · 66 the shipped book is not there · 74 could not write
      """
  )

  @Argument(
    help: ArgumentHelp("The folder to copy into.", valueName: "folder"),
    completion: .directory
  )
  var folder = "ouro-demo"

  @Flag(help: "Answer in JSON.") var json = false

  func run() throws {
    try ShippedFiles().copy(to: folder)
    let asked = ["\(folder)/ai-economy", "--html", "\(folder)/report"] + (json ? ["--json"] : [])
    try Report.parse(asked).run()
    say(lines: "Copied into \(folder). Next:\n\(Self.next(in: folder).joined(separator: "\n"))")
  }

  /// The commands to try next, each on a line.
  static func next(in folder: String) -> [String] {
    [
      "loops \(folder)/ai-economy",
      "trace \(folder)/ai-economy coreweave",
      "diff \(folder)/ai-economy --from 2025-03-01 --to 2025-03-31 --party coreweave",
      "stress scenario \(folder)/ai-economy \(folder)/scenarios/microsoft-withdraws.yaml",
      "scan \(folder)/payments/year.csv --within 2d --tolerance 5% --allow-ties",
      "import \(folder)/ai-economy \(folder)/market.ouro",
    ].map { "  ouro \($0)" }
  }
}
