public import ArgumentParser
public import Payments
import Reports
import Spreadsheets

struct Sum: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add up payments by pair, and by period: the network that ouro measure measures.",
    discussion: """
      Writes EDGES.csv to standard output: from,to,weight, with --by the first day of the period as time, \
      and where there are several currencies and no --rates the currency: amounts of two are never added.

      EXAMPLES
        ouro sum payments.csv | ouro measure closure -
        ouro sum payments.csv --by month --xlsx sums.xlsx
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

  func run() throws {
    let payments = try input.options.converted(try input.read())
    if let xlsx { return try write(payments, to: xlsx) }
    let parts = payments.byCurrency
    guard parts.count > 1 else {
      let table = try PaymentSumTable(of: payments, by: by, threads: input.threadCount)
      return try table.write { try show(data: $0) }
    }
    sayCurrencies(parts.count)
    for (place, part) in parts.enumerated() {
      try sums(part).write(withHeader: place == 0) { try show(data: $0) }
    }
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
    let workbook = Workbook(of: payments, sums: tables, TableOptions.question(of: input.payments))
    try WorkbookFile.write(workbook, to: xlsx)
    if xlsx != "-" { say("wrote \(Figures.count(workbook.sheets.count, "sheet")) to \(xlsx)") }
  }
}

extension SumPeriod: ExpressibleByArgument {}
