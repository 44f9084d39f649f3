import ArgumentParser
import Disk
import Inputs
import Payments
import Reports
import Tables
import Tracing

/// By which rules money is followed or traced through accounts, and what they held.
struct TrailOptions: ParsableArguments {
  @Option(help: "In payments: the last time to follow it to.") var until: Moment?
  @Option(
    help:
      "In payments: the rule: pro-rata, fifo, lifo, lowest-balance or poison; repeatable (default: all)."
  )
  var rule: [RuleName] = RuleName.allCases

  @Option(
    help:
      "In payments: what accounts held before the first payment: a file with party,balance.",
    completion: .file()
  )
  var openings: String?

  private var tracingRules: [TracingRule] { rule.compactMap { TracingRule(rawValue: $0.rawValue) } }

  /// Refuses what is no sum to follow.
  static func check(_ amount: String?) throws {
    guard let amount else { return }
    guard let sum = Amount(argument: amount), sum.number > StrictDecimal(0) else {
      throw ValidationError("--amount takes the sum to follow, as 48600.50")
    }
  }

  /// The payments in one currency, and the sum in their minor units; `--amount` is the sum, and the column is as understood.
  func read(_ paths: [String], _ options: PaymentOptions) throws -> (Payments, Int64?) {
    var options = options
    let sum = options.amount.flatMap { Amount(argument: $0) }
    options.amount = nil
    let files = options.files
    let payments = try files.oneCurrency(try files.read(paths), paths[0])
    guard let sum else { return (payments, nil) }
    guard let units = sum.units(digits: payments.digits) else {
      throw ValidationError("--amount has more digits than an amount, or is too large")
    }
    return (payments, units)
  }

  /// The files that an answer rests on, stated balances among them.
  func inputs(_ paths: [String], _ options: PaymentOptions, _ payments: Payments) -> [InputFile] {
    options.files.inputs(paths, payments) + [openings].compactMap(\.self).map { InputFile($0) }
  }

  /// A request with what these options say.
  func settled<Request: TrailRequest>(_ request: Request, _ payments: Payments) throws -> Request {
    var request = request
    (request.until, request.rules) = (until?.seconds ?? .max, tracingRules)
    request.tellsPoison = rule.contains(.poison)
    request.openings = try openings(of: payments)
    return request
  }

  /// What accounts are stated to have held.
  private func openings(of payments: Payments) throws -> [Int: Int64] {
    guard let openings else { return [:] }
    return try OpeningBalances(
      bytes: try Files.bytes(of: openings),
      file: openings,
      of: payments
    ).minorUnits
  }

  /// An answer, or why there is none in the words of what was asked.
  func answer<Answer>(
    _ paths: [String],
    _ payments: Payments,
    _ what: String,
    _ at: Moment,
    _ make: () throws(TracingError) -> Answer
  ) throws -> Answer {
    do throws(TracingError) {
      return try make()
    } catch {
      let reason = error.words(of: payments, what, at: at.seconds)
      throw PaymentError.unreadable(path: paths[0], reason: reason)
    }
  }
}

/// The party of payments that a user names.
///
/// - Parameters:
///   - name: Its name or account.
///   - payments: The payments.
/// - Returns: The party, as a position.
/// - Throws: `ValidationError` where there is none, or more than one.
func party(_ name: String, of payments: Payments) throws -> Int {
  do {
    return try payments.party(named: name)
  } catch {
    throw ValidationError(error.description)
  }
}

extension Moment {
  /// A day stands for all of its moments.
  var moments: ClosedRange<Int> {
    seconds...(seconds % 86_400 == 0 ? seconds + 86_399 : seconds)
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
