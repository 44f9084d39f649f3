internal import Claims
package import Readers
internal import Tables

/// What filings of one company say: figures by measure and period, shares of customers, and what was not understood.
///
/// In JSON it has the keys of a document that was read (`facts`, `claims`, `not_claims`, `parties`), each fact with more
/// beside: its tag, filing, fiscal period, what it supersedes, how it was worked out.
package struct EdgarReport: Report {
  /// Whom it is about.
  package struct Company: Encodable, Sendable {
    let cik: String
    let name: String
    let tickers: [String]
    /// The id in the book, or the one it would get.
    let party: String
  }

  /// A value that a later one superseded.
  struct Superseded: Encodable {
    let value: Bound
    let filing: Filing
  }

  /// A filing, so that somebody can look it up.
  struct Filing: Encodable {
    let accession: String
    let form: String
    @Nullable var filed: String?
    let file: String
    let url: String
  }

  /// Where a figure stands in a document.
  struct Place: Encodable {
    let context: String
    let start: Int
    let end: Int
    let text: String
    let before: String
    let after: String
    let isHidden: Bool
  }

  /// One figure, with the keys of a fact read out of a text and more.
  struct Figure: Encodable {
    let party: String
    @Nullable var counterparty: String?
    /// The metric of a book; what has none there goes by its own name.
    let metric: String
    let measure: String
    @Nullable var low: Bound?
    @Nullable var high: Bound?
    let unit: String
    let start: String
    let end: String
    let isInstant: Bool
    let fiscalPeriod: String
    @Nullable var reported: String?
    @Nullable var teller: String?
    let concept: String
    let filing: Filing
    let timesFiled: Int
    let supersedes: [Superseded]
    let otherTags: [OtherValue]
    @Nullable var derived: String?
    @Nullable var benchmark: String?
    let members: [String]
    @Nullable var span: Place?
    let because: String
  }

  /// The same period under another tag.
  struct OtherValue: Encodable {
    let concept: String
    let value: Bound
  }

  /// A document that was read whole.
  struct Document: Encodable {
    let filing: Filing
    @Nullable var periodEnd: String?
    let figures: Int
    let figuresOfParts: Int
    let repeated: Int
    let concentrations: Int
    let customers: Int
  }

  /// A share that is no customer's, or a figure of a part.
  struct OtherShare: Encodable {
    let concept: String
    let value: Bound
    let unit: String
    let start: String
    let end: String
    let members: [String]
    let because: String
  }

  /// A figure that is said twice, each time otherwise.
  struct Conflict: Encodable {
    let concept: String
    let period: String
    let values: [Bound]
    let contexts: [String]
  }

  /// A figure that gives no number.
  struct Gap: Encodable {
    let concept: String
    let context: String
    let because: String
  }

  private let publisher = "SEC EDGAR"
  private let sourceKind = "filing"
  private let claims: [String] = []
  /// Whom it is about.
  package let company: Company
  let facts: [Figure]
  let customers: [Figure]
  let notClaims: [OtherShare]
  let ofParts: [OtherShare]
  let documents: [Document]
  let conflicts: [Conflict]
  let nils: [Gap]
  let unread: [Gap]
  /// Tags that are no measure of ours.
  package let otherTags: [OtherTag]
  private let parties: [String: [String]]
  let book: EdgarBookReport?

  /// Tells what filings say.
  ///
  /// - Parameters:
  ///   - company: What they say.
  ///   - comparison: The same beside a book, where there is one.
  package init(_ company: CompanyFilings, beside comparison: FilingComparison? = nil) {
    let party = comparison?.party ?? CompanyFilings.id(company.name)
    let shown = EdgarFigures(company, party: party)
    self.company = Company(
      cik: CIK.text(company.cik),
      name: company.name,
      tickers: company.tickers,
      party: party
    )
    facts = company.figures.map(shown.figure)
    customers = company.concentrations.map(shown.figure)
    notClaims = company.otherShares.map { shown.other($0.figure, $0.reason) }
    ofParts = company.figuresOfParts.map { shown.other($0, "it is of a part of the company") }
    documents = company.documents.map { document in
      let shares = company.concentrations.filter { $0.figure.filing == document.filing }
      return shown.document(document, customers: shares.count)
    }
    conflicts = company.conflicts.map(shown.conflict)
    nils = company.nils.map(shown.gap)
    unread = company.unread.map(shown.gap)
    otherTags = company.otherTags
    parties = [party: [company.name]]
    book = comparison.map { EdgarBookReport($0, company) }
  }
}

/// Puts what was filed in the words of a report.
private struct EdgarFigures {
  let company: CompanyFilings
  let party: String

  init(_ company: CompanyFilings, party: String) { (self.company, self.party) = (company, party) }

  func filing(_ filing: FilingReference) -> EdgarReport.Filing {
    EdgarReport.Filing(
      accession: filing.accession,
      form: filing.form,
      filed: filing.filed?.description,
      file: filing.file,
      url: company.address(filing)
    )
  }

  func figure(_ figure: FiscalFigure) -> EdgarReport.Figure {
    EdgarReport.Figure(
      party: party,
      counterparty: nil,
      metric: figure.measure.metric?.rawValue ?? figure.measure.rawValue,
      measure: figure.measure.rawValue,
      low: Bound(text: figure.value.description),
      high: Bound(text: figure.value.description),
      unit: figure.unit,
      start: figure.period.first.description,
      end: figure.period.last.description,
      isInstant: figure.period.isInstant,
      fiscalPeriod: figure.fiscalPeriod,
      reported: figure.standing.filing.filed?.description,
      teller: party,
      concept: figure.concept.description,
      filing: filing(figure.standing.filing),
      timesFiled: figure.standing.repeats + 1,
      supersedes: figure.versions.dropLast().compactMap { version in
        Bound(text: version.value.description)
          .map { EdgarReport.Superseded(value: $0, filing: filing(version.filing)) }
      },
      otherTags: figure.others.compactMap { other in
        Bound(text: other.value.description)
          .map { EdgarReport.OtherValue(concept: other.concept.description, value: $0) }
      },
      derived: figure.derivation.map { derivation in
        "\(derivation.words): \(EdgarText.amount(bound(derivation.whole))) less \(EdgarText.amount(bound(derivation.part)))"
          + (derivation.isStale ? ", one of which was restated since" : "")
      },
      benchmark: nil,
      members: [],
      span: figure.standing.place.map(place),
      because: "the tag \(figure.concept)"
    )
  }

  func figure(_ share: CustomerShare) -> EdgarReport.Figure {
    let figure = share.figure
    return EdgarReport.Figure(
      party: party,
      counterparty: share.customer,
      metric: share.benchmark == .revenue ? "revenue-share" : "share-of-\(share.benchmark.words)",
      measure: "customer-share",
      low: Bound(text: share.percent.description),
      high: Bound(text: share.percent.description),
      unit: "percent",
      start: figure.period.first.description,
      end: figure.period.last.description,
      isInstant: figure.period.isInstant,
      fiscalPeriod: share.fiscalPeriod,
      reported: figure.filing.filed?.description,
      teller: party,
      concept: figure.concept.description,
      filing: filing(figure.filing),
      timesFiled: 1,
      supersedes: [],
      otherTags: [],
      derived: nil,
      benchmark: share.benchmark.words,
      members: members(figure),
      span: figure.place.map(place),
      because: "the tag \(figure.concept) on the axis srt:MajorCustomersAxis"
    )
  }

  private func members(_ figure: FiledFigure) -> [String] {
    figure.members.map { "\($0.axis)=\($0.member)" }
  }

  private func place(_ place: FiledPlace) -> EdgarReport.Place {
    EdgarReport.Place(
      context: place.context,
      start: place.start,
      end: place.end,
      text: place.words,
      before: place.before,
      after: place.after,
      isHidden: place.isHidden
    )
  }

  func other(_ figure: FiledFigure, _ reason: String) -> EdgarReport.OtherShare {
    EdgarReport.OtherShare(
      concept: figure.concept.description,
      value: bound(figure.value),
      unit: figure.unit,
      start: figure.period.first.description,
      end: figure.period.last.description,
      members: members(figure),
      because: reason
    )
  }

  private func bound(_ value: StrictDecimal) -> Bound {
    guard let bound = Bound(text: value.description) else {
      preconditionFailure("a decimal reads back as itself")
    }
    return bound
  }

  func document(_ document: CompanyFilings.Document, customers: Int) -> EdgarReport.Document {
    EdgarReport.Document(
      filing: filing(document.filing),
      periodEnd: document.periodEnd?.description,
      figures: document.figureCount,
      figuresOfParts: document.figuresOfParts,
      repeated: document.repeated,
      concentrations: document.concentrationCount,
      customers: customers
    )
  }

  func conflict(_ conflict: FilingConflict) -> EdgarReport.Conflict {
    EdgarReport.Conflict(
      concept: conflict.first.concept.description,
      period: conflict.first.period.description,
      values: [bound(conflict.first.value), bound(conflict.other.value)],
      contexts: [conflict.first, conflict.other].compactMap { $0.place?.context }
    )
  }

  func gap(_ gap: UnreadFigure) -> EdgarReport.Gap {
    EdgarReport.Gap(concept: gap.concept, context: gap.context, because: gap.reason)
  }
}
