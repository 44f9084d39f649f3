package import Claims

/// All that files of filings say of one company.
package struct CompanyFilings: Sendable {
  /// A filing that was read whole.
  package struct Document: Sendable, Equatable {
    /// The filing.
    package let filing: FilingReference
    /// The last day it reports on.
    package let periodEnd: Day?
    /// How many figures it has, each counted once.
    package let figureCount: Int
    /// How many of them are of a part of the company.
    package let figuresOfParts: Int
    /// How many figures it gives again.
    package let repeated: Int
    /// How many shares it files as concentration, of customers and else.
    package let concentrationCount: Int
  }

  /// The SEC's number.
  package let cik: Int
  /// The name it files under.
  package let name: String
  /// The names its shares trade under.
  package let tickers: [String]
  /// Figures of the company as a whole, by measure, unit and time.
  package let figures: [FiscalFigure]
  /// Shares of customers.
  package let concentrations: [CustomerShare]
  /// Shares filed under the same tags that are no customer's, with why.
  package let otherShares: [(figure: FiledFigure, reason: String)]
  /// Figures of our measures that are of a part of the company only.
  package let figuresOfParts: [FiledFigure]
  /// The filings that were read whole.
  package let documents: [Document]
  /// Tags that are no measure of ours.
  package let otherTags: [OtherTag]
  /// What a filing says twice, each time otherwise.
  package let conflicts: [FilingConflict]
  /// Figures that say that there is nothing to report.
  package let nils: [UnreadFigure]
  /// Figures that could not be read.
  package let unread: [UnreadFigure]

  /// The id that a company gets in a book that has none of it yet.
  package static func id(_ name: String) -> String { Names.id(name) }

  /// A name for one filing that people can look up.
  package static func title(_ filing: FilingReference) -> String {
    [filing.form, filing.accession].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Where the SEC keeps a filing; empty where its number is not known.
  package func address(_ filing: FilingReference) -> String {
    guard !filing.accession.isEmpty else { return "" }
    let number = filing.accession.filter { $0 != "-" }
    return "https://www.sec.gov/Archives/edgar/data/\(cik)/\(number)/"
  }
}

/// Files of filings, gathered in any order, and the companies they are about.
package struct FilingSet: Sendable {
  private var facts: [Int: CompanyFacts] = [:]
  private var submissions: [Int: [Submissions]] = [:]
  private var older: [Submissions] = []
  private var documents: [(filing: InlineFiling, file: String)] = []

  /// No file.
  package init() {}

  /// What a file was taken for.
  package enum Kind: Sendable { case companyFacts, submissions, filing }

  /// Reads a file by what it holds, whatever its name.
  ///
  /// - Parameters:
  ///   - bytes: The file, unpacked.
  ///   - file: Its name.
  /// - Returns: What it was.
  /// - Throws: ``FilingError``.
  package mutating func add(_ bytes: [UInt8], file: String) throws(FilingError) -> Kind {
    switch Self.kind(bytes) {
    case .companyFacts:
      let read = try CompanyFactsReader.read(bytes, file: file)
      facts[read.cik] = read
      return .companyFacts
    case .submissions:
      let read = try SubmissionsReader.read(bytes)
      if let cik = read.cik {
        submissions[cik, default: []].append(read)
      } else {
        older.append(read)
      }
      return .submissions
    case .filing:
      documents.append((try InlineFilingReader.read(bytes, file: file), file))
      return .filing
    case nil: throw .unknownFile
    }
  }

  /// What a file holds, by its beginning; `nil` for anything else.
  package static func kind(_ bytes: [UInt8]) -> Kind? {
    guard let first = bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) else { return nil }
    if first == UInt8(ascii: "<") { return InlineFilingReader.reads(bytes) ? .filing : nil }
    guard first == UInt8(ascii: "{") else { return nil }
    let head = String(decoding: bytes.prefix(1 << 13), as: UTF8.self)
    if head.contains("\"facts\"") { return .companyFacts }
    let ofSubmissions = ["\"accessionNumber\"", "\"filings\"", "\"sicDescription\""]
    return ofSubmissions.contains(where: head.contains) ? .submissions : nil
  }

  /// The companies that facts or filings speak of, by number.
  package var ciks: [Int] {
    Set(facts.keys).union(documents.compactMap(\.filing.cik)).sorted()
  }

  /// What the files say of one company.
  package func company(_ cik: Int) -> CompanyFilings {
    let listed = facts[cik]
    let read = documents.filter { $0.filing.cik == cik }.sorted { $0.file < $1.file }
    let calendar = FiscalCalendar(FiscalCalendar.ends(listed, read.map(\.filing)))
    let dated = read.map { (filing: $0.filing, reference: reference($0.filing, $0.file, cik)) }
    let figures = dated.flatMap { document in
      document.filing.figures.map { $0.of(document.reference) }
    }
    let shares = figures.filter { CustomerShare.concepts.contains($0.concept) }
    return CompanyFilings(
      cik: cik,
      name: name(cik, listed, read.map(\.filing)),
      tickers: submissions[cik]?.first?.tickers ?? [],
      figures: FilingSeries(calendar).figures(of: (listed?.figures ?? []) + figures),
      concentrations: shares.compactMap { CustomerShare($0, calendar) },
      otherShares: shares.filter { CustomerShare($0, calendar) == nil }
        .map { ($0, CustomerShare.reason($0)) },
      figuresOfParts: figures.filter {
        !$0.members.isEmpty && FilingMeasure.byConcept[$0.concept] != nil
      },
      documents: dated.map { summary($0.filing, $0.reference) },
      otherTags: otherTags(listed, figures, read.map(\.filing)),
      conflicts: read.flatMap(\.filing.conflicts),
      nils: read.flatMap(\.filing.nils),
      unread: (listed?.unread ?? []) + read.flatMap(\.filing.unread)
    )
  }

  private func name(_ cik: Int, _ facts: CompanyFacts?, _ filings: [InlineFiling]) -> String {
    let names = [submissions[cik]?.first?.name, facts?.name, filings.first?.name]
    return names.compactMap(\.self).first { !$0.isEmpty } ?? "CIK \(CIK.text(cik))"
  }

  private func summary(
    _ filing: InlineFiling,
    _ reference: FilingReference
  ) -> CompanyFilings.Document {
    CompanyFilings.Document(
      filing: reference,
      periodEnd: filing.periodEnd,
      figureCount: filing.figures.count,
      figuresOfParts: filing.figures.count { !$0.members.isEmpty },
      repeated: filing.repeated,
      concentrationCount: filing.figures.count { CustomerShare.concepts.contains($0.concept) }
    )
  }

  /// Tags that are no measure of ours: of the list of facts, and those that only filings have.
  private func otherTags(
    _ facts: CompanyFacts?,
    _ figures: [FiledFigure],
    _ filings: [InlineFiling]
  ) -> [OtherTag] {
    var counts: [Concept: (units: Set<String>, count: Int)] = [:]
    for figure in figures
    where FilingMeasure.byConcept[figure.concept] == nil
      && !CustomerShare.concepts.contains(figure.concept)
    {
      counts[figure.concept, default: ([], 0)].units.insert(figure.unit)
      counts[figure.concept, default: ([], 0)].count += 1
    }
    for (concept, count) in filings.flatMap(\.passages) {
      counts[concept, default: ([], 0)].count += count
    }
    let listed = Set((facts?.otherTags ?? []).map(\.concept))
    let read = counts.sorted { $0.key < $1.key }
      .map {
        OtherTag(
          concept: $0.key.description,
          label: "",
          units: $0.value.units.sorted(),
          count: $0.value.count
        )
      }
      .filter { !listed.contains($0.concept) }
    return (facts?.otherTags ?? []) + read
  }

  // MARK: When a document was filed

  /// The filing that a document is: by the list of filings, by the list of facts, by the day in its name.
  private func reference(_ filing: InlineFiling, _ file: String, _ cik: Int) -> FilingReference {
    let listed = (submissions[cik] ?? []).flatMap(\.filings) + older.flatMap(\.filings)
    let stem = file.split(separator: "/").last.map(String.init) ?? file
    let same =
      listed.first { !$0.document.isEmpty && stem.hasPrefix($0.document) }
      ?? listed.first { $0.form == filing.form && $0.reportDay == filing.periodEnd }
    if let same {
      return FilingReference(
        accession: same.accession,
        form: same.form,
        filed: same.filed,
        file: file
      )
    }
    if let fact = factFiling(filing, cik) {
      return FilingReference(
        accession: fact.accession,
        form: fact.form,
        filed: fact.filed,
        file: file
      )
    }
    return FilingReference(
      accession: "",
      form: filing.form,
      filed: Self.dayInName(stem),
      file: file
    )
  }

  /// The filing of the same form whose latest figures end on the day that a document reports on.
  private func factFiling(_ filing: InlineFiling, _ cik: Int) -> FilingReference? {
    guard let end = filing.periodEnd else { return nil }
    var last: [FilingReference: Day] = [:]
    for figure in facts[cik]?.figures ?? []
    where figure.filing.form == filing.form && !figure.period.isInstant {
      last[figure.filing] = max(last[figure.filing] ?? figure.period.last, figure.period.last)
    }
    return last.filter { $0.value == end }.keys.min {
      ($0.filed?.ordinal ?? .max, $0.accession) < ($1.filed?.ordinal ?? .max, $1.accession)
    }
  }

  /// A day in the name of a file, as in `nvda-10-k-2025-02-26.html`.
  private static func dayInName(_ name: String) -> Day? {
    let bytes = Array(name.utf8)
    guard bytes.count >= 10 else { return nil }
    for start in 0...(bytes.count - 10) {
      let text = String(decoding: bytes[start..<(start + 10)], as: UTF8.self)
      if case .day(let day)? = PartialDate(text), day.components.year > 1990 { return day }
    }
    return nil
  }
}

extension FiledFigure {
  /// The same figure of a filing that is known by now.
  fileprivate func of(_ filing: FilingReference) -> FiledFigure {
    FiledFigure(
      concept: concept,
      members: members,
      period: period,
      value: value,
      unit: unit,
      decimals: decimals,
      filing: filing,
      place: place
    )
  }
}
