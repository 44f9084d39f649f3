public import ArgumentParser
import Claims
import Columns
import Disk
import Foundation
public import Payments
import Reports
import Tables

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

  /// The files that an answer of `payments` rests on.
  func inputs(_ payments: Payments) -> [InputFile] { options.inputs(self.payments, payments) }

  /// The payments, after a word on how they were understood and on rows that are none.
  func read() throws -> Payments { try options.read(payments) }

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

  /// The files that an answer rests on: those of payments, and those that say how they are read.
  ///
  /// - Parameters:
  ///   - paths: The files of payments.
  ///   - payments: What was read of them.
  /// - Returns: Each with its hash: as it was read where that is known, else as it is now.
  func inputs(_ paths: [String], _ payments: Payments) -> [InputFile] {
    let others = [map, rates, aliases, leaveOut].compactMap(\.self)
    // Of several files each packed one is read as it is, and what it was packed from stays with it.
    let packed = paths.count == 1 ? payments.packedFrom : []
    return paths.map {
      InputFile($0, sha256: payments.knownHash(of: $0), packedFrom: packed)
    } + others.map { InputFile($0) }
  }

  /// What is said of the files beforehand.
  private func hints() throws -> ReadingHints {
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
    if let map, Files.kind(map) == .file {
      do {
        hints.map = try JSONDecoder().decode(Understanding.self, from: Data(Files.bytes(of: map)))
      } catch let error as DecodingError {
        throw PaymentError.unreadable(
          path: map,
          reason: "it is no understanding of payments: \(place(of: error))"
        )
      }
    }
    return hints
  }

  private func place(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "\(key.stringValue) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      (context.codingPath.map(\.stringValue) + [context.debugDescription]).joined(separator: ": ")
    @unknown default: "it is damaged"
    }
  }

  /// The payments of one file, after a word on how it was understood.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - text: What was read of it already, if all of it was.
  /// - Returns: The payments.
  /// - Throws: ``PaymentError``.
  func read(_ path: String, text: [UInt8]? = nil) throws -> Payments {
    try read([path], text: text)
  }

  /// The payments of several files as one, after a word on how they were understood.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - text: What was read of the only one already, if all of it was.
  /// - Returns: The payments.
  /// - Throws: ``PaymentError``.
  func read(_ paths: [String], text: [UInt8]? = nil) throws -> Payments {
    let hints = try hints()
    let read = try Payments(asTheyCome: paths, text: text, hints)
    for line in read.understandingLines { say(line) }
    if let map, hints.map == nil { try write(read, to: map) }
    try checkCurrency(of: read, paths)
    for line in read.rejectionLines { say(line) }
    if let currency, read.otherCurrencyRows > 0 {
      say(
        "left out \(Figures.count(read.otherCurrencyRows, "row")) in other currencies than \(currency)"
      )
    }
    guard read.count > 0 else { throw read.nothingRead(paths[0], currency: currency) }
    let known = try leavingOut(try renamed(read), paths)
    let parties = known.parties
    sayLookAlikes((0..<parties.count).lazy.map { parties[$0] })
    return known
  }

  /// The payments with parties by the names that a person confirmed.
  private func renamed(_ read: Payments) throws -> Payments {
    guard let aliases else { return read }
    let list = try PartyAliases(bytes: Files.bytes(of: aliases), file: aliases)
    let (known, used) = read.renamed(list)
    say("\(Figures.count(used, "name")) of \(aliases) stand for others")
    return known
  }

  /// The payments without those of some parties, after a word on what they are.
  private func leavingOut(_ read: Payments, _ paths: [String]) throws -> Payments {
    guard let leaveOut else { return read }
    let lines = String(decoding: try Files.bytes(of: leaveOut), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let (kept, left) = read.leavingOut(lines.filter { !$0.isEmpty && !$0.hasPrefix("#") })
    for party in left {
      let money = party.totals.map { total in
        let units = Int64(clamping: total.minorUnits)
        return "\(Figures.exact(minorUnits: units, digits: read.digits)) \(total.currency ?? "")"
      }
      let told = money.isEmpty ? "" : ", \(money.joined(separator: " and "))"
      say(
        "left out \(Figures.count(party.payments, "payment")) of \(party.name)\(told)"
          .trimmingCharacters(in: .whitespaces)
      )
    }
    guard kept.count > 0 else {
      throw PaymentError.unreadable(
        path: paths[0],
        reason: "\(leaveOut) leaves out all of its payments"
      )
    }
    return kept
  }

  /// The rates that were given.
  func readRates() throws -> PaymentRates? {
    try rates.map { try PaymentRates(bytes: Files.bytes(of: $0), file: $0) }
  }

  /// The payments in one currency, where rates are given.
  func converted(_ read: Payments) throws -> Payments {
    guard let rates = try readRates() else { return read }
    let (payments, leftOut) = read.converted(by: rates)
    if leftOut > 0 {
      say("left out \(Figures.count(leftOut, "payment")) in currencies without a rate")
    }
    say("amounts are in \(rates.base), at the rates given")
    return payments
  }

  /// The payments in one currency: what measures add up.
  func oneCurrency(_ read: Payments, _ path: String) throws -> Payments {
    let payments = try converted(read)
    if let fault = payments.severalCurrencies(path) { throw fault }
    return payments
  }

  /// Writes down how the first file was understood.
  private func write(_ read: Payments, to map: String) throws {
    guard let source = read.sources.first else {
      return say(
        "\(map) is not written: the file is of the plain form, of which there is nothing to say"
      )
    }
    let text = try json(source.understanding, isAnswer: false) + "\n"
    try Files.replace(map, with: Array(text.utf8))
    say("wrote how \(source.path) was understood to \(map)")
  }

  private func checkCurrency(of read: Payments, _ paths: [String]) throws {
    guard let currency, read.count > 0, read.currency != currency else { return }
    let own = read.currency ?? "a currency that it does not say"
    throw PaymentError.unreadable(
      path: paths[0],
      reason: "its payments are in \(own), not in \(currency); pack those in \(currency)"
    )
  }
}

extension DayOrder: ExpressibleByArgument {}
extension DecimalMark: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
extension NegativeAmounts: ExpressibleByArgument {}
extension JournalRule: ExpressibleByArgument {}

/// Says where two names may be meant for one.
///
/// Among more than ten thousand it would take longer than the search.
func sayLookAlikes(_ names: some Collection<String>) {
  guard names.count <= 10_000,
    let (first, second) = WrittenName.firstLookAlikes(among: names)
  else { return }
  say("\(first) and \(second) look alike and are written differently; they count as two parties")
}

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
