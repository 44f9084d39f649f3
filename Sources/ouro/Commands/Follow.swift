import ArgumentParser
import Disk
import Payments
import Reports
import Tables
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
  @Option(help: "The last time to follow it to.") var until: Moment?
  @Option(
    help: "The rule: pro-rata, fifo, lifo, lowest-balance or poison; repeatable (default: all)."
  )
  var rule: [RuleName] = RuleName.allCases

  @Option(
    help: "What accounts held before the first payment: a file with party,balance.",
    completion: .file()
  )
  var openings: String?

  @OptionGroup var tables: TableOptions
  @Flag(help: "Answer in JSON.") var json = false

  func validate() throws {
    guard let text = input.options.amount, let amount = Amount(argument: text),
      amount.number > StrictDecimal(0)
    else { throw ValidationError("--amount takes the sum to follow, as 48600.50") }
  }

  func run() throws {
    // The column of amounts is as understood.
    var input = input
    let sum = input.options.amount.flatMap { Amount(argument: $0) }
    input.options.amount = nil
    let payments = try input.options.oneCurrency(try input.read(), input.payments[0])
    guard let units = sum?.units(digits: payments.digits) else {
      throw ValidationError("--amount has more digits than an amount, or is too large")
    }
    let report = try report(units, payments)
    let names = PartyNames(ids: [])
    try tables.show(report, asJSON: json, names: names, TableOptions.question(of: input.payments))
  }

  private func report(_ units: Int64, _ payments: Payments) throws -> FollowReport {
    // A day stands for all of its moments.
    let last = at.seconds % 86_400 == 0 ? at.seconds + 86_399 : at.seconds
    var request = FollowReport.Request(
      units,
      from: try payments.party(named: from),
      at: at.seconds...last
    )
    request.until = until?.seconds ?? .max
    request.rules = rule.compactMap { TracingRule(rawValue: $0.rawValue) }
    request.tellsPoison = rule.contains(.poison)
    if let openings {
      let bytes = try Files.bytes(of: openings)
      request.openings = try OpeningBalances(bytes: bytes, file: openings, of: payments).minorUnits
    }
    do throws(TracingError) {
      return try FollowReport(of: payments, request)
    } catch {
      throw PaymentError.unreadable(
        path: input.payments[0],
        reason: refusal(error, payments.digits)
      )
    }
  }

  private func refusal(_ error: TracingError, _ digits: Int) -> String {
    let time = PaymentTime.text(at.seconds)
    return switch error {
    case .noSuchPayment:
      "\(from) pays nothing on \(time); ouro scan --list and ouro sum show what it pays"
    case .tooLittle(let paid):
      "\(from) pays only \(Figures.exact(minorUnits: paid, digits: digits)) on \(time); follow that or less"
    case .badAmounts: error.description
    }
  }
}

/// A rule by its name.
enum RuleName: String, ExpressibleByArgument, CaseIterable {
  case proRata = "pro-rata"
  case firstIn = "fifo"
  case lastIn = "lifo"
  case lowestBalance = "lowest-balance"
  case poison
}
