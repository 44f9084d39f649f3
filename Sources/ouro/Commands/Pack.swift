import ArgumentParser
import Inputs
import Reports
import Payments

struct Pack: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write payments in a form that opens at once.",
    discussion: """
      The packed file is read by ouro scan in place of the CSV. It holds the payments, each with its currency, and which \
      files they came from, by their hashes; rows that are none are told, and left out.

      EXAMPLES
        ouro pack payments.csv.gz -o payments.pack
      """
  )

  @OptionGroup var input: PaymentInput

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String

  func run() throws {
    let payments = try input.files.converted(try input.read())
    let files = input.inputs(payments).flatMap { input in
      input.packedFrom ?? [PackedFile(file: input.file, sha256: input.sha256)]
    }
    try payments.pack(to: output, from: files)
    say("wrote \(Figures.count(payments.count, "payment")) to \(output)")
  }
}
