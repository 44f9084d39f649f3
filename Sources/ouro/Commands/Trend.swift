import ArgumentParser
import Books
import Claims
import Networks
import Reports

struct Trend: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How closed the economy is year by year, and whether buyers pay for it.",
    discussion: """
      The share of money that lies on loops, the money itself, the main loops, and how much of what companies \
      live on came from buyers rather than funders, on every footing with its range: as known on the day, and as \
      known when each period ended.

      EXAMPLES
        ouro trend Examples/ai-economy
        ouro trend Examples/ai-economy --period 2024..2025 --by quarter
        ouro trend Examples/ai-economy --as-of 2025-06-30 --json

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var tables: TableOptions
  @Option(help: "How long each period is: month, quarter or year.")
  var by: FlowCalendar.Step = .year
  @Option(help: "How many draws the ranges rest on.") var samples = 100

  func validate() throws {
    guard (1...100_000).contains(samples) else {
      throw ValidationError("--samples takes 1 to 100000.")
    }
    guard network.basis == .flows else {
      throw ValidationError("a trend is of flows: what is promised is told by ouro report.")
    }
  }

  func run() throws {
    let (view, opened) = try options.view()
    var question = try network.question(of: view, samples: samples)
    if network.period == nil { question.period = TrendReport.usualPeriod(asOf: view.request.asOf) }
    let book = (name: opened.name, head: opened.headHash)
    let report = try TrendReport(question, of: opened.contents, by: by, book: book)
    try options.show(report, (view, opened), question, tables)
  }
}
