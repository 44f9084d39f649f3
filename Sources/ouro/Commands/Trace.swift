import ArgumentParser
import Claims
import Disk
import Payments
import Reports
import Tracing

struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Whose money it is: what a party of a book lives on, or one receipt in payments.",
    discussion: """
      In a book: through whom a party's money came, and where it started. In payments: where the sum began that a party \
      received at a time, by every rule side by side, to the cent; by which payments it came, where it is now, and how \
      much of it was the party's own come back. Balances are told with --openings; else each account held the least that keeps \
      it from going below zero, and the answer says so. --amount is here the sum that is traced (default: all that was received then).

      EXAMPLES
        ouro trace Examples/ai-economy coreweave
        ouro trace Examples/ai-economy openai --period 2024 --complete none
        ouro trace payments.csv --to acme --at 2025-03-04 --amount 50000
        ouro trace statements/*.csv --to acme --at 2025-03-04T15:20:31Z --rule fifo --openings balances.csv

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Argument(help: "Of a book the party, by id or name; of payments further files.")
  var party: [String] = []
  @OptionGroup var network: NetworkOptions
  @OptionGroup var payments: PaymentOptions
  @OptionGroup var tables: TableOptions
  @Option(help: "In a book: how many payers back.") var depth = 3
  @Option(
    help: ArgumentHelp("In a book: the least share still followed.", valueName: "percent")
  )
  var least = 2.0
  @Option(help: "In payments: who received it, by name or account.") var to: String?
  @Option(help: "In payments: when, a day or a moment.") var at: Moment?
  @OptionGroup var rules: TrailOptions

  private var isBook: Bool { isBookPath(options.book) }

  func validate() throws {
    guard (1...20).contains(depth) else { throw ValidationError("--depth takes 1 to 20.") }
    guard (0...100).contains(least) else { throw ValidationError("--least takes 0 to 100.") }
    guard isBook else {
      return try TrailOptions.check(payments.amount)
    }
    guard to == nil, at == nil else {
      throw ValidationError("--to and --at are for payments, and \(options.book) is a book.")
    }
    guard party.count == 1 else {
      throw ValidationError("Name one party of the book: ouro trace BOOK PARTY.")
    }
  }

  func run() throws {
    guard isBook else { return try traceReceipt() }
    let asked = try options.view()
    let id = try ouro.party(party[0], in: asked.view, countedAlone: network.unconsolidated)
    let question = try network.question(of: asked.view)
    let report = try TraceReport(
      of: id,
      in: Economy.footing(question, of: asked.view),
      depth: depth,
      least: least / 100
    )
    try options.show(report, asked, question, tables)
  }

  private func traceReceipt() throws {
    guard let to, let at else {
      _ = try Files.bytes(of: options.book, atMost: 1)
      throw ValidationError(
        "a receipt in payments needs --to PARTY and --at TIME; a book is a folder, or a file.ouro"
      )
    }
    let paths = [options.book] + party
    let (read, units) = try rules.read(paths, payments)
    var asked = ReceiptReport.Request(to: try ouro.party(to, of: read), at: at.moments)
    asked.amount = units
    let request = try rules.settled(asked, read)
    let report = try rules.answer(paths, read, "\(to) receives", at) { () throws(TracingError) in
      try ReceiptReport(of: read, request)
    }
    try tables.show(report, asJSON: options.json, of: rules.inputs(paths, payments, read))
  }
}
