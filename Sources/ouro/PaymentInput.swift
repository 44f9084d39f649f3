import Columns
import ArgumentParser
import Claims
import Payments
import Reports
import Tables

/// Which payments a command reads, and what their columns are called.
struct PaymentInput: ParsableArguments {
  @Argument(
    help: "The payments: CSV with a header, perhaps compressed, or packed; - for standard input.",
    completion: .file()
  )
  var payments: String

  @OptionGroup var options: PaymentOptions

  var threadCount: Int { options.threadCount }

  /// The payments, after a word on rows that are none.
  func read() throws -> Payments { try options.read(payments) }
}

/// What the columns of payments are called, and how they are read.
struct PaymentOptions: ParsableArguments {
  @Option(help: "The column of who pays.") var payer = "payer"
  @Option(help: "The column of who is paid.") var payee = "payee"
  @Option(help: "The column of amounts.") var amount = "amount"
  @Option(help: "The column of times (default: time, or date).") var time: String?

  @Option(
    help: "What times that are bare numbers are: seconds, YYYYMMDD, DDMMYYYY, MMDDYYYY or with YY.",
    transform: timeFormat(named:)
  )
  var timeFormat: TimeFormat?

  @Option(help: "The currency whose rows to read, where a column currency has several.")
  var currency: String?

  @Option(help: "How many digits after the point an amount may have.")
  var digits = 2

  @Option(help: "How many rejected rows to tell of one by one; all are counted.")
  var errors = 20

  @Option(help: "The number of threads (default: one a processor); the answer is the same for any.")
  var threads: Int?

  var threadCount: Int { threads ?? Workers.processorCount }

  func validate() throws {
    guard (0...9).contains(digits) else { throw ValidationError("--digits must be 0 to 9") }
    guard errors >= 0 else { throw ValidationError("--errors must be 0 or more") }
    guard threads.map({ (1...256).contains($0) }) ?? true else {
      throw ValidationError("--threads must be 1 to 256")
    }
    guard currency.map({ Currency($0) != nil }) ?? true else {
      throw ValidationError("--currency must be a code of ISO 4217 in capital letters, as USD")
    }
    guard Set([payer, payee, amount, time ?? ""]).count == 4 else {
      throw ValidationError("--payer, --payee, --amount and --time must be four columns")
    }
  }

  /// The payments at `path`, after a word on rows that are none.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - text: What was read of it already, if all of it was.
  /// - Returns: The payments.
  /// - Throws: ``PaymentError``.
  func read(_ path: String, text: [UInt8]? = nil) throws -> Payments {
    var format = PaymentFormat()
    (format.payer, format.payee, format.amount, format.time) = (payer, payee, amount, time)
    (format.timeFormat, format.currency) = (timeFormat, currency)
    (format.digits, format.toldRows, format.threads) = (digits, errors, threadCount)
    let read =
      if let text {
        try Payments(text: text, from: path, format)
      } else if try Payments.isPacked(path) {
        try Payments(packed: path, threads: threadCount)
      } else {
        try Payments(contentsOf: path, format)
      }
    if let currency, read.count > 0, read.currency != currency {
      let own = read.currency ?? "a currency that it does not say"
      throw PaymentError.unreadable(
        path: path,
        reason: "its payments are in \(own), not in \(currency); pack those in \(currency)"
      )
    }
    tell(read.rejected)
    if let currency, read.otherCurrencyRows > 0 {
      say(
        "left out \(Figures.count(read.otherCurrencyRows, "row")) in other currencies than \(currency)"
      )
    }
    // An answer that rests on nothing is no answer.
    guard read.count > 0 else {
      let rejected = read.rejected.count
      let reason =
        currency != nil && read.otherCurrencyRows > 0
        ? "none of its payments is in \(currency ?? "")"
        : rejected > 0
          ? "none of its \(Figures.count(rejected, "row")) is a payment"
          : "it has no payments; add rows below the header"
      throw PaymentError.unreadable(path: path, reason: reason)
    }
    let parties = read.parties
    sayLookAlikes((0..<parties.count).lazy.map { parties[$0] })
    return read
  }

  private func tell(_ rejected: RejectedRows) {
    guard rejected.count > 0 else { return }
    for error in rejected.first { say("ouro: \(error)") }
    let rest = rejected.count - rejected.first.count
    let further = rest > 0 && !rejected.first.isEmpty ? ", \(rest) of them not shown" : ""
    say(
      "left out \(Figures.count(rejected.count, "row")) that \(rejected.count == 1 ? "is" : "are") no payments\(further)"
    )
  }
}

/// Says where two names may be meant for one.
///
/// Among more than ten thousand it would take longer than the search.
func sayLookAlikes(_ names: some Collection<String>) {
  guard names.count <= 10_000,
    let (first, second) = WrittenName.firstLookAlikes(among: names)
  else { return }
  say("\(first) and \(second) look alike and are written differently; they count as two parties")
}

private func timeFormat(named name: String) throws -> TimeFormat {
  guard let format = TimeFormat(rawValue: name) else {
    let names = TimeFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("--time-format must be one of \(names)")
  }
  return format
}
