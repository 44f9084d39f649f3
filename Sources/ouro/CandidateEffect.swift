import Books
import Claims
import Readers
import Reports

/// A claim of the book that stands beside a candidate.
struct Standing: Encodable {
  let claim: String
  let deal: String
  let reported: String
  let teller: String?
  let status: String?
  let amount: String
  /// `same`, `contradicts`, or empty.
  let compared: String

  var text: String {
    let parts = [claim, reported, teller, status, amount, compared].compactMap(\.self).filter {
      !$0.isEmpty
    }
    return parts.joined(separator: " · ")
  }

  /// The claims about the deal that a candidate belongs to, compared with it.
  static func claims(
    of cells: [String: String],
    in contents: BookContents,
    target: Acceptance.Target
  ) -> [Standing] {
    let deal: String? =
      if case .deal(let id) = target { id } else { target == .new ? nil : cells["deal"] }
    guard let deal else { return [] }
    let said = amount(of: cells)
    return contents.claims.filter { $0.deal == deal }.map { claim in
      Standing(
        claim: claim.id,
        deal: deal,
        reported: claim.reported.description,
        teller: claim.teller,
        status: claim.status?.rawValue,
        amount: claim.amount.map {
          CandidateText.amount(
            bound($0.low, $0.currency),
            bound($0.high, $0.currency),
            $0.currency.code,
            per: nil
          )
        } ?? "",
        compared: compared(claim, said, cells["status"])
      )
    }
  }

  private static func bound(_ units: Int64?, _ currency: Currency) -> Bound? {
    units.flatMap { Bound(minorUnits: $0, digits: currency.minorDigits) }
  }

  private static func compared(_ claim: Claim, _ said: AmountRange?, _ status: String?) -> String {
    if let said, let amount = claim.amount {
      if amount.contradicts(said) { return "contradicts" }
      if amount == said, status == nil || claim.status?.rawValue == status {
        return "says the same"
      }
    }
    let isOut = { (status: String?) in status.flatMap(Claim.Status.init)?.isWayOut }
    if let one = isOut(claim.status?.rawValue), let other = isOut(status), one != other {
      return "contradicts"
    }
    return ""
  }

  private static func amount(of cells: [String: String]) -> AmountRange? {
    guard let currency = cells["currency"].flatMap({ Currency($0) }), cells["per"] == nil else {
      return nil
    }
    let units = { (name: String) in
      cells[name].flatMap { Bound(text: $0)?.minorUnits(currency.minorDigits) }
    }
    return AmountRange(low: units("low"), high: units("high"), currency: currency)
  }
}

/// What accepting a candidate would change in the report.
struct CandidateEffect: Encodable {
  /// How much goes round on one footing, before and after.
  struct Footing: Encodable {
    let footing: String
    let insideBefore: Double
    let insideAfter: Double
    let shareBefore: Double
    let shareAfter: Double
  }

  /// The rows that would enter, by table and id.
  let rows: [String]
  let footings: [Footing]
  /// What is missing before it can be accepted.
  let missing: String?

  init(missing: String) { (rows, footings, self.missing) = ([], [], missing) }

  /// Asks the report before and after, as of the later day of the two.
  init(before contents: BookContents, adding new: [any Record]) throws {
    rows = new.map { "\(type(of: $0).table) \($0.id)" }
    missing = nil
    let changed = try Self.adding(new, to: contents)
    let day = max(contents.lastReport, changed.lastReport)
    let (old, later) = (try Self.report(contents, day), try Self.report(changed, day))
    footings = zip(old.footings, later.footings).map { was, now in
      Footing(
        footing: was.footing.rawValue,
        insideBefore: was.total,
        insideAfter: now.total,
        shareBefore: was.share,
        shareAfter: now.share
      )
    }
  }

  private static func adding(_ rows: [any Record], to contents: BookContents) throws -> BookContents
  {
    func new<Row: Record>(_: Row.Type) -> [Row] { rows.compactMap { $0 as? Row } }
    do throws(BookContents.ReferenceFault) {
      return try BookContents(
        parties: contents.parties + new(Party.self),
        sources: contents.sources + new(Source.self),
        deals: contents.deals + new(Deal.self),
        claims: contents.claims + new(Claim.self),
        facts: contents.facts + new(Fact.self),
        assumptions: contents.assumptions
      )
    } catch {
      throw AcceptanceProblem(
        reason:
          "\(error.table) \(error.id), \(error.fault.column): \(error.fault.reason); \(error.fault.advice)"
      )
    }
  }

  private static func report(_ contents: BookContents, _ day: Day) throws -> EconomyReport {
    let view = try View(of: contents, ViewRequest(asOf: day, toldBy: [], policy: .reported))
    return try EconomyReport(
      Economy(view, Question(view: view.request, samples: 1)),
      book: (name: "", head: "", version: version)
    )
  }

  var text: String {
    if let missing { return "It cannot be accepted yet: \(missing)" }
    let changes = footings.filter {
      $0.insideBefore != $0.insideAfter || $0.shareBefore != $0.shareAfter
    }.map { footing in
      "\(footing.footing): \(Figures.dollars(footing.insideBefore)) → \(Figures.dollars(footing.insideAfter)) inside, "
        + "\(Figures.percent(footing.shareBefore)) → \(Figures.percent(footing.shareAfter)) of it in loops"
    }
    let what = changes.isEmpty ? ["no figure of the report changes"] : changes
    return "Accepting adds \(rows.joined(separator: ", ")).\n  " + what.joined(separator: "\n  ")
  }
}

/// Rows that do not fit the book.
struct AcceptanceProblem: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}
