import ArgumentParser
import Disk
import Foundation
import Loops
import Payments
import Reports

extension Scan {
  /// Finds money that came back however it was split.
  func runSplit() throws {
    let known = try since.map { try findingNumbers(in: $0) } ?? []
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
    try tell(report)
  }

  private func findReturns(
    _ payments: Payments,
    _ request: ReturnReport.Request
  ) throws -> ReturnReport {
    let progress = Progress()
    defer { progress.end() }
    guard let list else { return try ReturnReport(of: payments, request) { progress.show($0) } }
    let file = try NewFile(list)
    let isOnTerminal = list == "-" && Terminal.takesOutput
    var listing = ReturnListing(format)
    func flush() throws {
      let bytes = listing.drain()
      try file.write(isOnTerminal ? legibleLines(bytes) : bytes)
    }
    let report = try ReturnReport(
      of: payments,
      request,
      each: { finding in
        try listing.add(finding) { try ouro.json($0, isPretty: false) }
        try flush()
      },
      progress: { progress.show($0) }
    )
    try flush()
    try file.end()
    return report
  }

  /// The parties asked for, by what the file calls them.
  private func asked(of payments: Payments) throws -> Set<String> {
    Set(try party.map { payments.parties[try payments.party(named: $0)] })
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
  guard !numbers.isEmpty || text.contains("\"measure\"") else {
    throw PaymentError.unreadable(
      path: path,
      reason:
        "it has no numbers of findings; give the answer of an earlier run with --json, or its list"
    )
  }
  return Set(numbers.map(String.init))
}
