internal import Columns
internal import Loops
internal import Networks
package import Payments
internal import Tables

/// Money that has come back through others, told as the payment comes by that brings it: each time it is more than was told.
///
/// The most that is told of a party is the most that ``ReturnReport`` finds for it through others.
package struct ArrivingReturns {
  /// What was told last of a party.
  package struct Told: Codable, Sendable, Equatable {
    /// How much had come back, in minor units.
    let returned: Int64
    /// When the last of it came.
    let last: Int
  }

  private let settings: PaymentWatch.Settings
  private let rules: MoneyReturns.Rules
  private let request: ReturnReport.Request
  /// What was told last of each party, by what the payments call it.
  package private(set) var told: [String: Told]

  /// Tells returns by `settings`, of which some were told before.
  package init(_ settings: PaymentWatch.Settings, told: [String: Told] = [:]) {
    (self.settings, self.told) = (settings, told)
    var rules = MoneyReturns.Rules(window: settings.within)
    rules.minimumAmount = settings.minimumAmount
    self.rules = rules
    request = ReturnReport.Request(rules, within: "", top: 1)
  }

  /// What has come back by the last of some payments.
  ///
  /// - Parameter payments: All by which money of the last one's payee may have gone, and come home within the window.
  /// - Returns: The return in full; `nil` where as much of it was told before, or nothing that could not have been
  ///   between two alone.
  /// - Throws: ``MoneyReturnError`` for amounts too large to be added.
  package mutating func finding(_ payments: Payments) throws -> ReturnFinding? {
    guard payments.count > 0 else { return nil }
    let search = payments.search(nil)
    let returns = try MoneyReturns(of: search.columns, rules: rules)
    let home = Int(search.columns.payee[payments.count - 1])
    let found = returns.answer(of: home).throughOthers
    guard let best = found.first(where: { $0.beyondTwo > 0 }),
      let whole = returns.returns([best], by: .throughOthers).first
    else { return nil }
    let party = payments.parties[search.party(of: home)]
    if let before = told[party], before.last >= whole.firstTime, before.returned >= whole.returned {
      return nil
    }
    told[party] = Told(returned: whole.returned, last: whole.lastTime)
    return FindingWriter(payments, search, returns, request).finding(best, whole, .throughOthers)
  }

  /// Forgets what was told of money that came back too long ago to overlap what comes.
  package mutating func forget(before now: Int) {
    let (oldest, overflow) = now.subtractingReportingOverflow(settings.within)
    guard !overflow else { return }
    told = told.filter { $0.value.last >= oldest }
  }
}

extension ReturnFinding {
  /// One line for a person: when the last came back, whose, by whom, how much of how much, and by which payments.
  package var line: String {
    "\(last)  \(legible(cells[0]))  \(cells[1]) of \(cells[2])  since \(first)  lines \(cells[6])  \(id)\n"
  }
}
