import ArgumentParser
import Claims
import Reports

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Where sources contradict each other, and promises the accounts: both sides.",
    discussion: """
      Wholes that their parts do not add up to, figures of one period that cannot both be true, deals that tellers
      disagree about, and promises that come to more than payer or payee can have moved.

      EXAMPLES
        ouro check Examples/ai-economy
        ouro check Examples/ai-economy --as-of 2025-12-31 --json

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions

  func run() throws {
    let (view, _) = try options.view()
    try options.show(CheckReport(view), view)
  }
}
