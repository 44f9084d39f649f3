import ArgumentParser
import Payments
import Reports
import Tracing

struct Follow: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow one sum through accounts, by every rule side by side.",
    discussion: """
      Where is the money now that a party paid at a time? By pro rata, first in first out, last in first out, and the \
      lowest balance since it came, to the cent; and by poison, which says how far it can have spread. What comes \
      back to the payer is home. Balances are told with --openings; else each account held the least that keeps it \
      from going below zero, and the answer says so. --amount is here the sum that is followed; a column of amounts that is \
      not understood is named with --map.

      EXAMPLES
        ouro follow payments.csv --from acme --at 2025-03-04 --amount 50000
        ouro follow statements/*.csv --from acme --at 2025-03-04T15:20:31Z --amount 48600 --rule lifo --openings balances.csv

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @OptionGroup var input: PaymentInput
  @Option(help: "Who paid it, by name or account.") var from: String
  @Option(help: "When: a day, or a moment.") var at: Moment
  @OptionGroup var rules: TrailOptions
  @OptionGroup var tables: TableOptions
  @Flag(help: "Answer in JSON.") var json = false

  func validate() throws {
    guard input.options.amount != nil else {
      throw ValidationError("--amount takes the sum to follow, as 48600.50")
    }
    try TrailOptions.check(input.options.amount)
  }

  func run() throws {
    let (payments, units) = try rules.read(input.payments, input.options)
    let report = try report(units ?? 0, payments)
    let names = PartyNames(ids: [])
    try tables.show(report, asJSON: json, names: names, TableOptions.question(of: input.payments))
  }

  private func report(_ units: Int64, _ payments: Payments) throws -> FollowReport {
    var request = FollowReport.Request(
      units,
      from: try payments.party(named: from),
      at: at.moments
    )
    request.until = rules.until?.seconds ?? .max
    request.rules = rules.tracingRules
    request.tellsPoison = rules.rule.contains(.poison)
    request.openings = try rules.openings(of: payments)
    return try rules.answer(input.payments, payments, "\(from) pays", at) {
      () throws(TracingError) in
      try FollowReport(of: payments, request)
    }
  }
}
