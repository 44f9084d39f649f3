public import ArgumentParser
import Claims
import Columns
import Inputs
public import Payments
import Reports

/// Which payments a command reads, and what their columns are called.
struct PaymentInput: ParsableArguments {
  @Argument(
    help: """
      The payments: tables and statements as they come, perhaps compressed, or packed; several files \
      are read as one; - for standard input.
      """,
    completion: .file()
  )
  var payments: [String]

  @OptionGroup var options: PaymentOptions

  var threadCount: Int { options.threadCount }
  var files: PaymentFiles { options.files }

  /// The files that an answer of `payments` rests on.
  func inputs(_ payments: Payments) -> [InputFile] { files.inputs(self.payments, payments) }

  /// The payments, after a word on how they were understood and on rows that are none.
  func read() throws -> Payments { try files.read(payments) }

  func validate() throws {
    guard !payments.isEmpty else { throw ValidationError("Name a file of payments.") }
    guard payments.count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("Standard input can be read once.")
    }
  }
}

/// What the columns of payments are called, and how they are read.
struct PaymentOptions: ParsableArguments {
  @Option(help: "The column of who pays, by its name or place (default: as understood).")
  var payer: String?
  @Option(help: "The column of who is paid.") var payee: String?
  @Option(help: "The column of amounts.") var amount: String?
  @Option(help: "The column of times.") var time: String?

  @Option(
    help: """
      What times that are bare numbers are: seconds, YYYYMMDD, DDMMYYYY, MMDDYYYY or with YY, \
      milliseconds, spreadsheet (days since 1900) or days.
      """,
    transform: timeFormat(named:)
  )
  var timeFormat: NumberedTime?

  @Option(help: "The order of day, month and year where dates leave it open: DMY, MDY or YMD.")
  var dayOrder: DayOrder?

  @Option(help: "The mark before decimals: point or comma.") var decimal: DecimalMark?

  @Option(help: "What stands between cells: one character, or tab.", transform: delimiter(named:))
  var delimiter: Character?

  @Option(help: "The encoding: UTF-8, UTF-16LE, UTF-16BE, Windows-1252 or ISO-8859-15.")
  var encoding: TextEncoding?

  @Option(help: "Whose statement it is, where the file does not say: an IBAN, a number or a name.")
  var account: String?

  @Option(
    help: """
      What amounts below zero mean where two columns say who pays whom: refuse, turn (the money went \
      the other way) or ignore-sign.
      """
  )
  var negatives: NegativeAmounts?

  @Option(
    help: """
      Of a journal (French FEC, ledger, beancount): which entries are payments, from the credited account to the debited: \
      two-sided (of one on either side) or pro-rata (of several too, in proportion).
      """
  )
  var journal: JournalRule?

  @Option(
    help: ArgumentHelp(
      "Keep rows in which a column has a value; repeatable.",
      valueName: "COLUMN=VALUE"
    )
  )
  var `where`: [String] = []

  @Option(
    help:
      "A file to read the understanding of the payments from, or to write it to where there is none.",
    completion: .file()
  )
  var map: String?

  @Option(help: "The currency whose rows to read, where there are several.")
  var currency: String?

  @Option(
    help: "What currencies are worth: a file with currency,rate,to and perhaps day.",
    completion: .file()
  )
  var rates: String?

  @Option(
    help: "Names that stand for others: a file with alias,party, as ouro parties writes.",
    completion: .file()
  )
  var aliases: String?

  @Option(
    help: "Parties whose payments to leave out, by name or account: a file with one a line.",
    completion: .file()
  )
  var leaveOut: String?

  @Option(
    parsing: .unconditional,
    help: "How many digits after the point an amount may have; below 0 with --round."
  )
  var digits = 2

  @Flag(help: "Round amounts that have more digits.") var round = false

  @Option(help: "How many rejected rows to tell of one by one; all are counted.")
  var errors = 20

  @Option(help: "The number of threads (default: one a processor); the answer is the same for any.")
  var threads: Int?

  var threadCount: Int { threads ?? Workers.processorCount }

  func validate() throws {
    guard (round ? -18...9 : 0...9).contains(digits) else {
      throw ValidationError("--digits must be 0 to 9, or below 0 with --round")
    }
    guard errors >= 0 else { throw ValidationError("--errors must be 0 or more") }
    guard threads.map({ (1...256).contains($0) }) ?? true else {
      throw ValidationError("--threads must be 1 to 256")
    }
    guard currency.map({ Currency($0) != nil }) ?? true else {
      throw ValidationError("--currency must be a code of ISO 4217 in capital letters, as USD")
    }
    guard Set([payer ?? "payer", payee ?? "payee", amount ?? "amount", time ?? ""]).count == 4
    else {
      throw ValidationError("--payer, --payee, --amount and --time must be four columns")
    }
    guard `where`.allSatisfy({ $0.dropFirst().contains("=") }) else {
      throw ValidationError("--where takes COLUMN=VALUE")
    }
  }

  /// How files of payments are read by these options.
  var files: PaymentFiles {
    var hints = ReadingHints()
    (hints.payer, hints.payee, hints.amount, hints.time) = (payer, payee, amount, time)
    (hints.numbers, hints.dayOrder, hints.decimal) = (timeFormat, dayOrder, decimal)
    (hints.delimiter, hints.encoding, hints.account) = (delimiter, encoding, account)
    hints.journal = journal
    (hints.negatives, hints.rounds, hints.digits) = (negatives, round, digits)
    (hints.currency, hints.toldRows, hints.threads) = (currency, errors, threadCount)
    let wishes = `where`.map {
      $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    }
    hints.filters = Dictionary(grouping: wishes) { String($0[0]) }.sorted { $0.key < $1.key }
      .map { ReadingHints.Filter(column: $0.key, values: $0.value.map { String($0[1]) }) }
    var files = PaymentFiles(hints, say: { say($0) })
    (files.map, files.rates, files.aliases, files.leftOut) = (map, rates, aliases, leaveOut)
    return files
  }
}

extension DayOrder: ExpressibleByArgument {}
extension DecimalMark: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
extension NegativeAmounts: ExpressibleByArgument {}
extension JournalRule: ExpressibleByArgument {}

private func timeFormat(named name: String) throws -> NumberedTime {
  guard let format = NumberedTime(named: name) else {
    let names = NumberedTime.all.map(\.name).joined(separator: ", ")
    throw ValidationError("--time-format must be one of \(names)")
  }
  return format
}

private func delimiter(named name: String) throws -> Character {
  if ["tab", "\\t"].contains(name.lowercased()) { return "\t" }
  guard let only = name.first, name.count == 1, only.isASCII, only != "\"" else {
    throw ValidationError("--delimiter must be one character, or tab")
  }
  return only
}
