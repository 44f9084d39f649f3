import ArgumentParser
import Books
import Claims
import Inputs
import Projection
import Reports

struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "A projection from what was known on a past day, held against what came.",
    discussion: """
      Lays the scenario out on the book as known on the day of --from and runs it; every figure that the book \
      knows today (receipts, cash, debt, payments between two) is held against the bands of the paths, with the \
      interval score, and, where it lies outside, with what claims have told since. Assumptions that cite rows \
      told later are named. With --fit the bands are first made as wide as an earlier day's would have had to be.

      EXAMPLES
        ouro backtest BOOK SCENARIO.yaml --from 2025-03-31
        ouro backtest BOOK SCENARIO.yaml --from 2025-12-31 --fit 2025-03-31 --json

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOption
  @OptionGroup var tables: TableOptions
  @Option(help: ArgumentHelp("The day to project from.", valueName: "date"))
  var from: PartialDateArgument
  @Option(
    help: ArgumentHelp(
      "Widen the bands by what a forecast of this day missed until the day of --from.",
      valueName: "date"
    )
  )
  var fit: PartialDateArgument?
  @Option(help: "How many paths the bands rest on.") var paths = 2000
  @Option(help: "Where chance begins.") var seed: UInt64 = 1

  func validate() throws {
    guard (10...100_000).contains(paths) else {
      throw ValidationError("--paths takes 10 to 100000.")
    }
    if let fit, fit.date.last >= from.date.last {
      throw ValidationError("--fit takes a day before that of --from.")
    }
  }

  func run() throws {
    let opened = try options.choice.open(options.book)
    let now = try options.choice.view(of: opened)
    guard from.date.last < now.request.asOf else {
      throw BookError.refused(
        reason: "the book knows nothing after \(from.date.last), as known on \(now.request.asOf)",
        advice: "name an earlier day"
      )
    }
    let then = try backtest(opened, from: from.date.last, to: now)
    let fit = try fit.map { try backtest(opened, from: $0.date.last, to: then.before).fit() }
    try tables.show(
      try BacktestReport(then, book: (opened.headHash, version), fit: fit),
      asJSON: options.json,
      names: PartyNames(now),
      Workbook.Question(
        command: PageOptions.command,
        version: version,
        book: (opened.name, opened.headHash),
        view: now.request
      ),
      of: opened.contents
    )
  }

  private func backtest(_ opened: OpenedBook, from day: Day, to later: View) throws -> Backtest {
    let view = try options.choice.view(of: opened, on: day)
    let question = try ScenarioQuestion(
      opened,
      view,
      scenario: options.scenario,
      months: options.months
    )
    return Backtest(
      question.plan,
      from: view,
      to: later,
      paths: paths,
      seed: seed,
      threads: threads.count
    )
  }
}
