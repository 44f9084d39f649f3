import ArgumentParser
import Claims
import Reports

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What changed between two days, with the claims that changed it.",
    discussion: """
      EXAMPLES
        ouro diff Examples/ai-economy --from 2025-03-01 --to 2025-03-31
        ouro diff Examples/ai-economy --from 2025-10 --to 2026-06 --party openai
        ouro diff Examples/ai-economy --from 2026-02 --to 2026-08 --period 2025 --figures

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Option(help: ArgumentHelp("The earlier day.", valueName: "date")) var from: PartialDateArgument
  @Option(help: ArgumentHelp("The later day.", valueName: "date")) var to: PartialDateArgument
  @Option(help: "Only deals of this party, and figures about it.") var party: String?
  @Flag(help: "Also what it did to the figures of --period.") var figures = false
  @OptionGroup var network: NetworkOptions

  func validate() throws {
    guard from.date.last <= to.date.last else {
      throw ValidationError("--from lies after --to: exchange the two.")
    }
  }

  func run() throws {
    let (later, opened) = try options.view(on: to.date.last)
    let earlier = try options.choice.view(of: opened, on: from.date.last)
    let only = try party.map { try ouro.party($0, in: later) }
    let report = DiffReport(
      from: earlier,
      to: later,
      party: only,
      figures: figures ? try changes(earlier, later) : nil
    )
    try options.show(report, later)
  }

  /// What changed in the figures of one period, the last full year before the later day unless one is asked for.
  private func changes(_ earlier: View, _ later: View) throws -> FigureChanges {
    let after = try network.question(of: later)
    var before = try network.question(of: earlier)
    before.period = after.period
    return FigureChanges(from: Economy(earlier, before), to: Economy(later, after))
  }
}
