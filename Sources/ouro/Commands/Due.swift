import ArgumentParser
import Claims
import Reports

struct Due: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What parties have to pay in 12, 24 and 36 months, against cash and facilities.",
    discussion: """
      EXAMPLES
        ouro due Examples/ai-economy
        ouro due Examples/ai-economy --party coreweave --as-of 2025-12-31

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Option(help: "Only of this party, by id or name; repeatable.") var party: [String] = []

  func run() throws {
    let (view, _) = try options.view()
    let only = try party.map { view.group(of: try ouro.party($0, in: view)) }
    try options.show(DueReport(view, of: only), view)
  }
}
