internal import Claims
internal import Disk
internal import Foundation
package import Payments
package import Reports
internal import Tables

/// Files of payments, and what is said beforehand of how they are read: what becomes of them is payments.
package struct PaymentFiles {
  private let hints: ReadingHints
  /// A file to read the understanding of the payments from, or to write it to where there is none.
  package var map: String?
  /// What currencies are worth.
  package var rates: String?
  /// Names that stand for others.
  package var aliases: String?
  /// Parties whose payments are left out, one a line.
  package var leftOut: String?
  private let say: (String) -> Void

  /// Files that are read by hints.
  ///
  /// - Parameters:
  ///   - hints: What is said of them beforehand.
  ///   - say: Takes words for whoever asked: how files were understood, and what was left out.
  package init(_ hints: ReadingHints, say: @escaping (String) -> Void) {
    (self.hints, self.say) = (hints, say)
  }

  /// The number of threads.
  package var threads: Int { hints.threads }

  /// What a file that is no book holds, by the columns of who pays whom: edges or payments.
  func holds(_ beginning: [UInt8]) -> FlowFile {
    FlowFile(beginning: beginning, payer: hints.payer, payee: hints.payee)
  }

  /// The files besides the payments.
  package var besides: [String] { [map, rates, aliases, leftOut].compactMap(\.self) }

  /// The files that an answer rests on: those of payments, and those that say how they are read.
  ///
  /// - Parameters:
  ///   - paths: The files of payments.
  ///   - payments: What was read of them.
  /// - Returns: Each with its hash: as it was read where that is known, else as it is now.
  package func inputs(_ paths: [String], _ payments: Payments) -> [InputFile] {
    // Of several files each packed one is read as it is, and what it was packed from stays with it.
    let packed = paths.count == 1 ? payments.packedFrom : []
    return paths.map {
      InputFile($0, sha256: payments.knownHash(of: $0), packedFrom: packed)
    } + besides.map { InputFile($0) }
  }

  /// The payments of files as one, after a word on how they were understood.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - text: What was read of the only one already, if all of it was.
  /// - Returns: The payments.
  /// - Throws: ``PaymentError``.
  package func read(_ paths: [String], text: [UInt8]? = nil) throws -> Payments {
    var hints = hints
    if let map, Files.kind(map) == .file { hints.map = try Self.understanding(map) }
    let read = try Payments(asTheyCome: paths, text: text, hints)
    for line in read.understandingLines { say(line) }
    if let map, hints.map == nil { try write(read, to: map) }
    try checkCurrency(of: read, paths)
    for line in read.rejectionLines { say(line) }
    if let currency = hints.currency, read.otherCurrencyRows > 0 {
      say(
        "left out \(Figures.count(read.otherCurrencyRows, "row")) in other currencies than \(currency)"
      )
    }
    guard read.count > 0 else { throw read.nothingRead(paths[0], currency: hints.currency) }
    let known = try leavingOut(try renamed(read), paths)
    let parties = known.parties
    if let words = lookAlikes((0..<parties.count).lazy.map { parties[$0] }) { say(words) }
    return known
  }

  private static func understanding(_ path: String) throws -> Understanding {
    do {
      return try JSONDecoder().decode(Understanding.self, from: Data(Files.bytes(of: path)))
    } catch let error as DecodingError {
      throw PaymentError.unreadable(
        path: path,
        reason: "it is no understanding of payments: \(place(of: error))"
      )
    }
  }

  private static func place(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "\(key.stringValue) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      (context.codingPath.map(\.stringValue) + [context.debugDescription]).joined(separator: ": ")
    @unknown default: "it is damaged"
    }
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
    guard let leftOut else { return read }
    let lines = String(decoding: try Files.bytes(of: leftOut), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let (kept, left) = read.leavingOut(lines.filter { !$0.isEmpty && !$0.hasPrefix("#") })
    for party in left { say(party.words(digits: read.digits)) }
    guard kept.count > 0 else {
      throw PaymentError.unreadable(
        path: paths[0],
        reason: "\(leftOut) leaves out all of its payments"
      )
    }
    return kept
  }

  /// The rates that were given.
  ///
  /// - Throws: ``TableError``, and ``FileError``.
  package func readRates() throws -> PaymentRates? {
    try rates.map { try PaymentRates(bytes: Files.bytes(of: $0), file: $0) }
  }

  /// The payments in one currency, where rates are given.
  ///
  /// - Parameter read: The payments.
  /// - Returns: The payments.
  /// - Throws: What ``readRates()`` throws.
  package func converted(_ read: Payments) throws -> Payments {
    guard let rates = try readRates() else { return read }
    let (payments, leftOut) = read.converted(by: rates)
    if leftOut > 0 {
      say("left out \(Figures.count(leftOut, "payment")) in currencies without a rate")
    }
    say("amounts are in \(rates.base), at the rates given")
    return payments
  }

  /// The payments in one currency: what measures add up.
  ///
  /// - Parameters:
  ///   - read: The payments.
  ///   - path: The file, or the first of them.
  /// - Returns: The payments.
  /// - Throws: ``PaymentError`` where they are in several, and no rates are given.
  package func oneCurrency(_ read: Payments, _ path: String) throws -> Payments {
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
    let text = try AnswerJSON.text(of: source.understanding, isAnswer: false) + "\n"
    try Files.replace(map, with: Array(text.utf8))
    say("wrote how \(source.path) was understood to \(map)")
  }

  private func checkCurrency(of read: Payments, _ paths: [String]) throws {
    guard let currency = hints.currency, read.count > 0, read.currency != currency else { return }
    let own = read.currency ?? "a currency that it does not say"
    throw PaymentError.unreadable(
      path: paths[0],
      reason: "its payments are in \(own), not in \(currency); pack those in \(currency)"
    )
  }
}

/// Where two names may be meant for one; `nil` where none do.
///
/// Among more than ten thousand it would take longer than the search.
func lookAlikes(_ names: some Collection<String>) -> String? {
  guard names.count <= 10_000,
    let (first, second) = WrittenName.firstLookAlikes(among: names)
  else { return nil }
  return "\(first) and \(second) look alike and are written differently; they count as two parties"
}
