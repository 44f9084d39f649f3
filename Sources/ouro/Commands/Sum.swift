public import ArgumentParser
import Inputs
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
        ouro sum payments.csv --by month --xlsx sums.xlsx
        ouro sum payments.csv --by quarter --json | jq '.sums[0]'
      """
  )

  @OptionGroup var input: PaymentInput

  @Option(
    help: "What to keep apart beside the pairs: all (nothing), day, week, month, quarter or year."
  )
  var by = SumPeriod.all

  @Option(
    help: ArgumentHelp(
      "Write the sums and the payments as a workbook, in place of standard output.",
      valueName: "file"
    ),
    completion: .file(extensions: ["xlsx"])
  )
  var xlsx: String?

  @Flag(help: "Answer in JSON.") var json = false

  /// The sums as JSON tells them.
  private struct Answer: Encodable {
    let measure = "sum"
    let by: String
    let sums: [PaymentSumTable.Row]
  }

  func validate() throws {
    guard !json || xlsx == nil else {
      throw ValidationError("--json and --xlsx are two forms of one answer: ask for one")
    }
  }

  func run() throws {
    let payments = try input.files.converted(try input.read())
    if json { return try showJSON(payments) }
    if let xlsx { return try write(payments, to: xlsx) }
    let parts = payments.byCurrency
    if parts.count > 1 { sayCurrencies(parts.count) }
    for (place, part) in parts.enumerated() {
      try PaymentSumTable.write(
        part.payments,
        by: by,
        currency: parts.count > 1 ? part.currency ?? "" : nil,
        threads: input.threadCount,
        withHeader: place == 0
      ) { try show(data: $0) }
    }
  }

  private func showJSON(_ payments: Payments) throws {
    let inputs = input.inputs(payments)
    let parts = payments.byCurrency
    if parts.count > 1 { sayCurrencies(parts.count) }
    let rows = try parts.flatMap { try sums($0).rows(currency: $0.currency) }
    try show(json: AnswerOfFiles(Answer(by: by.rawValue, sums: rows), inputs: inputs))
  }

  private func sayCurrencies(_ count: Int) {
    say(
      "amounts are in \(count) currencies and no rates are given: each sum is within one currency"
    )
  }

  /// The sums of one of several currencies.
  private func sums(_ part: (currency: String?, payments: Payments)) throws -> PaymentSumTable {
    try PaymentSumTable(
      of: part.payments,
      by: by,
      currency: part.currency ?? "",
      threads: input.threadCount
    )
  }

  private func write(_ payments: Payments, to xlsx: String) throws {
    let parts = payments.byCurrency
    if parts.count > 1 { sayCurrencies(parts.count) }
    let tables =
      parts.count > 1
      ? try parts.map(sums)
      : [try PaymentSumTable(of: payments, by: by, threads: input.threadCount)]
    let inputs = input.inputs(payments)
    let question = TableOptions.question(of: inputs)
    let workbook = Workbook(of: payments, sums: tables, of: inputs, question)
    try ouro.write(workbook, to: xlsx)
  }
}

extension SumPeriod: ExpressibleByArgument {}
