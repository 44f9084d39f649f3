import ArgumentParser
import Inputs
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
    request.rates = try input.files.readRates()
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
    return try ListFile(list, isForPeople: isForPeople).findings(FindingListing(returns: format)) {
      try ReturnReport(of: payments, request, each: $0) { progress.show($0) }
    }
  }
}
