import ArgumentParser
import Reports
import Payments

struct Pack: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write payments in a form that opens at once.",
    discussion: """
      The packed file is read by ouro scan in place of the CSV. It holds the payments alone: rows that are \
      none are told, and left out.

      EXAMPLES
        ouro pack payments.csv.gz -o payments.pack
      """
  )

  @OptionGroup var input: PaymentInput

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String

  func run() throws {
    let payments = try input.options.oneCurrency(try input.read(), input.payments[0])
    try payments.pack(to: output)
    say("wrote \(Figures.count(payments.count, "payment")) to \(output)")
  }
}
