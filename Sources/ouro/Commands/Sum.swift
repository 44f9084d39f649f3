import ArgumentParser
import Payments
import Reports

struct Sum: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add up payments by pair, and by month: the network that ouro measure measures.",
    discussion: """
      Writes EDGES.csv to standard output: from,to,weight, and with --by month the month's first \
      day as time.

      EXAMPLES
        ouro sum payments.csv | ouro measure closure -
      """
  )

  /// What to keep apart.
  enum Period: String, ExpressibleByArgument, CaseIterable {
    case all
    case month
  }

  @OptionGroup var input: PaymentInput

  @Option(help: "What to keep apart beside the pairs: all (nothing) or month.")
  var by = Period.all

  func run() throws {
    let table = try PaymentSumTable(
      of: try input.read(),
      byMonth: by == .month,
      threads: input.threadCount
    )
    try table.write { try show(data: $0) }
  }
}
