public import ArgumentParser
import Inputs
public import Loops
import Payments
import Reports

extension PaymentPatterns.Kind: ExpressibleByArgument {}

/// Which shapes of payments are looked for.
struct PatternOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("With --patterns: the shape to look for; repeatable (default: all).")
  )
  var kind: [PaymentPatterns.Kind] = []

  @Option(
    help:
      "With --patterns: the amount that must be reported; payments from nine tenths of it on are just below."
  )
  var threshold: Amount?

  @Option(
    help:
      "With --patterns: how long money stays in an account that it passes through (default: 24h)."
  )
  var passing: Stretch?

  @Option(help: "With --patterns: the most that a hand keeps of what it passes on (default: 10%).")
  var kept: Percentage?

  @Option(
    help:
      "With --patterns: with more counterparties within the time than this a party is none of a shape of several (default: 50)."
  )
  var hub: Int?

  /// Whether anything is asked of patterns.
  var isAsked: Bool {
    !kind.isEmpty || threshold != nil || passing != nil || kept != nil || hub != nil
  }

  func validate() throws {
    guard hub.map({ $0 > 1 }) ?? true else { throw ValidationError("--hub must be 2 or more") }
    guard kept.map({ $0.share <= 1 }) ?? true else {
      throw ValidationError("--kept takes 0% to 100%")
    }
    let needs = kind.contains(.structuredIn) || kind.contains(.structuredOut)
    guard !needs || threshold != nil else {
      throw ValidationError("structured-in and structured-out need --threshold")
    }
  }

  /// What counts, in minor units of so many digits.
  func rules(_ window: Int, digits: Int) throws -> PaymentPatterns.Rules {
    var rules = PaymentPatterns.Rules(window: window)
    if let threshold {
      guard let units = threshold.units(digits: digits), units > 0 else {
        throw ValidationError("--threshold has more digits than an amount, or is nothing")
      }
      rules.threshold = units
    }
    if let passing { rules.passing = passing.seconds }
    if let kept { rules.mostKept = kept.share }
    if let hub { rules.hub = hub }
    return rules
  }
}

extension Scan {
  /// Finds shapes of payments.
  func runPatterns() throws {
    let known = try known()
    let payments = try input.read()
    var rules = try shapes.rules(within.seconds, digits: payments.digits)
    rules.minimumAmount = Int64(try leastUnits(payments))
    (rules.startsFrom, rules.startsUntil) = (rootsFrom?.seconds, rootsUntil?.seconds)
    var request = PatternReport.Request(rules, within: within.description, top: top)
    if !shapes.kind.isEmpty { request.kinds = shapes.kind }
    request.threads = input.threadCount
    request.tellsBackAndForth = backAndForth || shapes.kind.contains(.backAndForth)
    (request.parties, request.known) = (try asked(of: payments), known)
    request.rates = try input.files.readRates()
    let report = try findPatterns(payments, request)
    if json { for note in report.notes { say(note) } }
    try tell(report, payments)
  }

  private func findPatterns(
    _ payments: Payments,
    _ request: PatternReport.Request
  ) throws -> PatternReport {
    guard let list else { return PatternReport(of: payments, request) }
    return try ListFile(list, isForPeople: isForPeople).findings(FindingListing(patterns: format)) {
      try PatternReport(of: payments, request, each: $0)
    }
  }
}
