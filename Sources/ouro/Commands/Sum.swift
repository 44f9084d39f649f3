import Columns
import ArgumentParser
import Books
import Claims
import Disk
import Networks
import Payments
import Tables

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
    let payments = try input.read()
    let (parties, digits) = (payments.parties, payments.digits)
    let sums = try payments.sums(byMonth: by == .month, threads: input.threadCount)
    let names = (0..<parties.count).map { cell(parties[$0]) }
    let months = sums.months.map { Array(",\($0.first)".utf8) }
    var bytes = Array("from,to,weight\(by == .month ? ",time" : "")\n".utf8)
    for index in 0..<sums.count {
      bytes += names[Int(sums.payer[index])]
      bytes.append(UInt8(ascii: ","))
      bytes += names[Int(sums.payee[index])]
      bytes.append(UInt8(ascii: ","))
      bytes += amountText(sums.amountMinorUnits[index], digits: digits).utf8
      if by == .month { bytes += months[Int(sums.month[index])] }
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count > 1 << 20 {
        try show(data: bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try show(data: bytes)
  }

  /// A name as it stands in a CSV file.
  private func cell(_ name: String) -> [UInt8] {
    var writer = CSVWriter(header: ["name", ""])
    _ = writer.drain()
    writer.append([name, ""])
    return writer.drain().dropLast(2)
  }
}
