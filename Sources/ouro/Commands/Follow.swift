import ArgumentParser
import Claims
import Disk
import Networks
import Payments
import Reports
import Tracing

struct Follow: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow one sum: through the payments of a book, or through accounts by every rule.",
    discussion: """
      In a book: of what one paid another, how much came back, left the sector, or is with whom by the end of each \
      period, money mixed at every party. In payments: where is the money now that a party paid at a time? By pro rata, first in first out, last in first out, and the \
      lowest balance since it came, to the cent; and by poison, which says how far it can have spread. What comes \
      back to the payer is home. Balances are told with --openings; else each account held the least that keeps it \
      from going below zero, and the answer says so. --amount is here the sum that is followed; a column of amounts that is \
      not understood is named with --map.

      EXAMPLES
        ouro follow Examples/ai-economy microsoft openai --period 2025
        ouro follow Examples/ai-economy nvidia openai 30bn --period 2026 --by quarter
        ouro follow payments.csv --from acme --at 2025-03-04 --amount 50000
        ouro follow statements/*.csv --from acme --at 2025-03-04T15:20:31Z --amount 48600 --rule lifo --openings balances.csv

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Argument(
    help: "Of a book who paid, who was paid, and how much, as 1.5bn; of payments further files."
  )
  var words: [String] = []
  @OptionGroup var network: NetworkOptions
  @Option(help: "In a book: how long each step is: month, quarter or year.")
  var by: FlowCalendar.Step = .year
  @OptionGroup var payments: PaymentOptions
  @Option(help: "In payments: who paid it, by name or account.") var from: String?
  @Option(help: "In payments: when, a day or a moment.") var at: Moment?
  @OptionGroup var rules: TrailOptions
  @OptionGroup var tables: TableOptions

  private var isBook: Bool { isBookPath(options.book) }

  func validate() throws {
    guard isBook else { return try TrailOptions.check(payments.amount) }
    guard from == nil, at == nil else {
      throw ValidationError("--from and --at are for payments, and \(options.book) is a book.")
    }
    guard (2...3).contains(words.count), words.count == 2 || Dollars(argument: words[2]) != nil
    else {
      throw ValidationError(
        "Name who paid and who was paid: ouro follow BOOK PAYER PAYEE [AMOUNT]."
      )
    }
    guard network.basis == .flows else {
      throw ValidationError("money is followed where it moved: --basis flows.")
    }
  }

  func run() throws {
    isBook ? try followInBook() : try followInPayments()
  }

  private func followInBook() throws {
    let asked = try options.view()
    let view = asked.view
    let alone = network.unconsolidated
    let question = try network.question(of: view)
    let report = try TrailReport(
      from: try party(words[0], in: view, countedAlone: alone),
      to: try party(words[1], in: view, countedAlone: alone),
      words.count > 2 ? Dollars(argument: words[2])?.number : nil,
      question,
      of: view,
      by: by
    )
    try options.show(report, asked, question, tables)
  }

  private func followInPayments() throws {
    guard let from, let at, payments.amount != nil else {
      _ = try Files.bytes(of: options.book, atMost: 1)
      throw ValidationError(
        "a sum in payments needs --from PARTY, --at TIME and --amount SUM; a book is a folder, or a file.ouro"
      )
    }
    let paths = [options.book] + words
    let (read, units) = try rules.read(paths, payments)
    let party = try ouro.party(from, of: read)
    let asked = FollowReport.Request(units ?? 0, from: party, at: at.moments)
    let request = try rules.settled(asked, read)
    let report = try rules.answer(paths, read, "\(from) pays", at) { () throws(TracingError) in
      try FollowReport(of: read, request)
    }
    try tables.show(report, asJSON: options.json, of: rules.inputs(paths, payments, read))
  }
}
