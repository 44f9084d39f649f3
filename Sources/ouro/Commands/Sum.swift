public import ArgumentParser
public import Payments
import Reports

struct Sum: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add up payments by pair, and by period: the network that ouro measure measures.",
    discussion: """
      Writes EDGES.csv to standard output: from,to,weight, with --by the first day of the period as time, \
      and where there are several currencies and no --rates the currency: amounts of two are never added.

      EXAMPLES
        ouro sum payments.csv | ouro measure closure -
      """
  )

  @OptionGroup var input: PaymentInput

  @Option(
    help: "What to keep apart beside the pairs: all (nothing), day, week, month, quarter or year."
  )
  var by = SumPeriod.all

  func run() throws {
    let payments = try input.options.converted(try input.read())
    let parts = payments.byCurrency
    guard parts.count > 1 else {
      let table = try PaymentSumTable(of: payments, by: by, threads: input.threadCount)
      return try table.write { try show(data: $0) }
    }
    say(
      "amounts are in \(parts.count) currencies and no rates are given: each sum is within one currency"
    )
    for (place, part) in parts.enumerated() {
      let table = try PaymentSumTable(
        of: part.payments,
        by: by,
        currency: part.currency ?? "",
        threads: input.threadCount
      )
      try table.write(withHeader: place == 0) { try show(data: $0) }
    }
  }
}

extension SumPeriod: ExpressibleByArgument {}
