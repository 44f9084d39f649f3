import ArgumentParser
import Disk
import Loops
import Payments
import Reports

extension Scan {
  /// Finds money that came back however it was split.
  func runSplit() throws {
    let known = try known()
    let payments = try input.read()
    let isDaily = allowTies == nil && payments.knowsOnlyDays
    var rules = MoneyReturns.Rules(window: within.seconds)
    rules.allowsTies = allowTies ?? isDaily
    rules.minimumAmount = try leastUnits(payments)
    (rules.startsFrom, rules.startsUntil) = (rootsFrom?.seconds, rootsUntil?.seconds)
    var request = ReturnReport.Request(rules, within: within.description, top: top)
    request.threads = input.threadCount
    (request.tellsBackAndForth, request.parties) = (backAndForth, try asked(of: payments))
    (request.known, request.saysTies) = (known, isDaily)
    request.rates = try input.options.readRates()
    let report = try findReturns(payments, request)
    if json { for note in report.notes { say(note) } }
    try tell(report, payments)
  }

  private func findReturns(
    _ payments: Payments,
    _ request: ReturnReport.Request
  ) throws -> ReturnReport {
    let progress = Progress()
    defer { progress.end() }
    guard let list else { return try ReturnReport(of: payments, request) { progress.show($0) } }
    let writer = try FindingWriting(list, FindingListing(returns: format))
    let report = try ReturnReport(
      of: payments,
      request,
      each: writer.write,
      progress: { progress.show($0) }
    )
    try writer.end()
    return report
  }

  /// The numbers of the findings that are known already.
  func known() throws -> Set<String> { try since.map { try findingNumbers(in: $0) } ?? [] }

  /// The parties asked for, by what the file calls them.
  func asked(of payments: Payments) throws -> Set<String> {
    Set(try party.map { payments.parties[try payments.party(named: $0)] })
  }
}

/// Writes findings one after another to a file or to standard output.
final class FindingWriting<Finding: Encodable> {
  private let file: NewFile
  private let isOnTerminal: Bool
  private var listing: FindingListing<Finding>

  init(_ path: String, _ listing: FindingListing<Finding>) throws {
    self.listing = listing
    file = try NewFile(path)
    isOnTerminal = path == "-" && Terminal.takesOutput
  }

  func write(_ finding: Finding) throws {
    try listing.add(finding) { try ouro.json($0, isPretty: false) }
    try flush()
  }

  /// Writes what is left.
  func end() throws {
    try flush()
    try file.end()
  }

  private func flush() throws {
    let bytes = listing.drain()
    try file.write(isOnTerminal ? legibleLines(bytes) : bytes)
  }
}

/// The numbers of findings in an earlier answer or list.
///
/// - Parameter path: JSON as of `--json`, JSON lines, or CSV as of `--list`.
/// - Returns: The numbers.
/// - Throws: ``PaymentError`` where it holds none.
func findingNumbers(in path: String) throws -> Set<String> {
  let text = String(decoding: try Files.bytes(of: path), as: UTF8.self)
  let kinds: Set = ["ring", "split", "return", "pattern"]
  let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) }
  let numbers = words.filter { word in
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && kinds.contains(String(parts[0])) && parts[1].count == 10
      && parts[1].allSatisfy(\.isHexDigit)
  }
  // A list without findings is a header, or as JSON lines nothing.
  let isEmptyList = ["", "finding,", "loop,"].contains {
    $0.isEmpty ? text.isEmpty : text.hasPrefix($0)
  }
  guard !numbers.isEmpty || isEmptyList || text.contains("\"measure\"") else {
    throw PaymentError.unreadable(
      path: path,
      reason:
        "it has no numbers of findings; give the answer of an earlier run with --json, or its list"
    )
  }
  return Set(numbers.map(String.init))
}
