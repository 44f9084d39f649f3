internal import Columns
package import Loops
internal import Networks
package import Payments
internal import Tables

/// Patterns among the payments of the last window, told at steps of time: those that are new, or more than was told.
///
/// Each look ranks what it sees among the parties of its own window, as ``PatternReport`` does.
package struct ArrivingPatterns {
  /// What is looked for, and how often.
  package struct Settings: Codable, Sendable, Equatable {
    /// The kinds.
    package var kinds = PaymentPatterns.Kind.allCases.filter { $0 != .backAndForth }
    /// The amount below which payments are split, in minor units.
    package var threshold: Int64?
    /// The most seconds that money stays in an account that it passes through.
    package var passing = 86_400
    /// The most that a hand keeps of what it passes on, as a share.
    package var mostKept = 0.1
    /// With more counterparties than this a party is none of a shape of several.
    package var hub = 50
    /// How many of each kind to tell at a look.
    package var top = 3
    /// How many seconds lie between two looks.
    package var step: Int

    /// Looks for all kinds but what goes back and forth, every `step` seconds.
    package init(step: Int) { self.step = step }
  }

  /// What was told last of a kind and a party.
  package struct Told: Codable, Sendable, Equatable {
    let measure: Double
    let last: String
  }

  private let settings: Settings
  private let request: PatternReport.Request
  /// What was told last, by kind and party.
  package private(set) var told: [String: Told]

  /// Tells patterns within `within` seconds by `settings`, of which some were told before.
  package init(
    _ settings: Settings,
    within: Int,
    minimumAmount: Double,
    told: [String: Told] = [:]
  ) {
    (self.settings, self.told) = (settings, told)
    var rules = PaymentPatterns.Rules(window: within)
    rules.minimumAmount = Int64(minimumAmount)
    rules.threshold = settings.threshold
    (rules.passing, rules.mostKept, rules.hub) = (settings.passing, settings.mostKept, settings.hub)
    var request = PatternReport.Request(rules, within: "", top: 0)
    request.kinds = settings.kinds
    request.tellsBackAndForth = true
    self.request = request
  }

  /// What is new among the payments of a window.
  ///
  /// - Parameter payments: All payments of the window.
  /// - Returns: Of each kind the least usual findings that are new, or more than was told of their party.
  package mutating func findings(_ payments: Payments) -> [PatternFinding] {
    guard payments.count > 0 else { return [] }
    var seen: [PatternFinding] = []
    _ = PatternReport(of: payments, request) { seen.append($0) }
    var told: [String: Told] = [:]
    var counts: [String: Int] = [:]
    var new: [PatternFinding] = []
    for finding in seen {
      let key = "\(finding.kind) \(finding.party)"
      let before = self.told[key]
      let isMore = before.map { $0.measure < finding.measure || $0.last < finding.first } ?? true
      if isMore, told[key] == nil, counts[finding.kind, default: 0] < settings.top {
        counts[finding.kind, default: 0] += 1
        told[key] = Told(measure: finding.measure, last: finding.last)
        new.append(finding)
      } else if let before, told[key] == nil {
        // What was told stays known as long as it is in sight.
        told[key] = before
      }
    }
    self.told = told
    return new
  }
}

extension PatternFinding {
  /// One line for a person: when the last payment came, what sort, who, how much of it, and by which payments.
  package var line: String {
    let measure = "\(cells[1]) (as many have: \(cells[2]) of \(Figures.grouped(among)))"
    return
      "\(last)  \(kind)  \(legible(cells[0]))  \(measure)  since \(first)  lines \(cells[7])  \(id)\n"
  }
}
