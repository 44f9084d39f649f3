import ArgumentParser
import Books
import Claims
import Drawing
import Pages
import Projection
import Reports

struct Needed: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The least outside money with which nobody fails, and when; what opens the loop.",
    discussion: """
      On each path the outside puts in exactly what a party lacks in the month it lacks it. Of many \
      paths: what each party must have ready so that nobody fails with the chosen confidence. With \
      --share, also the outside growth at which the closed-loop share of the last year falls to it.

      EXAMPLES
        ouro needed BOOK SCENARIO.yaml --confidence 95
        ouro needed BOOK SCENARIO.yaml --share 5 --html needed

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOption
  @Option(help: "How many paths.") var paths = 2000
  @Option(help: "Where chance begins.") var seed: UInt64 = 1
  @Option(help: "Percent of the paths on which nobody is to fail.") var confidence = 95.0
  @Option(help: "A closed-loop share in percent to fall to.") var share: Double?
  @OptionGroup var page: PageOptions

  func validate() throws {
    guard (1...100_000).contains(paths) else { throw ValidationError("--paths takes 1 to 100000.") }
    guard confidence > 0, confidence <= 100 else {
      throw ValidationError("--confidence takes a percentage up to 100.")
    }
    if let share, !(0...100).contains(share) {
      throw ValidationError("--share takes a percentage.")
    }
  }

  func run() throws {
    let question = try options.question()
    let plan = question.plan
    let money = try OutsideMoney(
      plan,
      confidence: confidence / 100,
      paths: paths,
      seed: seed,
      threads: threads.count
    )
    let opening = try share.map { try OpeningGrowth(plan, target: $0 / 100) }
    let report = NeededReport(money, opening, plan, book: question.book)
    let names = PartyNames(question.view)
    try show(report, asJSON: options.json, names: names)
    if page.isAsked { try page.write(ProjectionPage(report, names, command: PageOptions.command)) }
  }
}
