internal import Claims
internal import Readers
internal import Tables

/// What filings would do to a book, figures side by side.
struct EdgarBookReport: Encodable, Sendable {
  /// A fact that the book has.
  struct Known: Encodable, Sendable {
    let fact: String
    let low: Bound?
    let high: Bound?
    let source: String
    let reported: String
    let agrees: String
  }

  /// One figure beside what the book has.
  struct Line: Encodable, Sendable {
    let verdict: FilingComparison.Verdict
    let metric: String
    let start: String
    let end: String
    let fiscalPeriod: String
    let value: Bound?
    let unit: String
    let concept: String
    @Nullable var counterparty: String?
    @Nullable var filed: String?
    @Nullable var derived: String?
    let known: [Known]
  }

  let party: String
  let isKnown: Bool
  @Nullable var since: String?
  let earlier: Int
  let confirms: Int
  let contradicts: Int
  let restates: Int
  let adds: Int
  let figures: [Line]

  init(_ comparison: FilingComparison, _: CompanyFilings) {
    party = comparison.party
    isKnown = comparison.isKnown
    since = comparison.since?.description
    earlier = comparison.earlier
    confirms = comparison.count(.confirms)
    contradicts = comparison.count(.contradicts)
    restates = comparison.count(.restates)
    adds = comparison.count(.adds)
    figures = comparison.lines.map(Self.line)
  }

  private static func line(_ line: FilingComparison.Line) -> Line {
    Line(
      verdict: line.verdict,
      metric: line.metric.rawValue,
      start: line.period?.first.description ?? "",
      end: line.period?.last.description ?? "",
      fiscalPeriod: line.figure?.fiscalPeriod ?? line.share?.fiscalPeriod ?? "",
      value: Bound(text: line.value.description),
      unit: line.figure?.unit ?? "percent",
      concept: (line.figure?.concept ?? line.share?.figure.concept)?.description ?? "",
      counterparty: line.share == nil ? line.counterparty : line.share?.customer,
      filed: line.filing?.filed?.description,
      derived: line.figure?.derivation?.words,
      known: line.known.map { known in
        Known(
          fact: known.fact.id,
          low: known.fact.low.flatMap { Bound(text: $0.description) },
          high: known.fact.high.flatMap { Bound(text: $0.description) },
          source: known.fact.source,
          reported: known.fact.reported.description,
          agrees: known.words
        )
      }
    )
  }

  /// The answer for a person.
  var lines: [String] {
    let who = isKnown ? "\(party) in the book" : "\(party), whom the book does not have"
    let first = since.map { ", of periods that end from \($0) on" } ?? ""
    var lines = [
      "Beside \(who)\(first): \(confirms) confirmed, \(contradicts) contradicted, \(restates) restated since, \(adds) new"
        + (earlier > 0 ? " (\(earlier) earlier left out: --since)" : "")
    ]
    for (verdict, heading) in [
      (FilingComparison.Verdict.contradicts, "Contradicts"), (.restates, "Restated since"),
    ] {
      lines += table(heading, figures.filter { $0.verdict == verdict })
    }
    lines += table("New", figures.filter { $0.verdict == .adds }, atMost: 24)
    lines += table("Confirms", figures.filter { $0.verdict == .confirms }, atMost: 24)
    return lines
  }

  private func table(_ heading: String, _ figures: [Line], atMost limit: Int = .max) -> [String] {
    guard !figures.isEmpty else { return [] }
    let left = figures.count - limit
    var table = TextTable([.left, .left, .left, .right, .left, .left])
    for line in Self.latest(limit, of: figures) {
      let sides = line.counterparty.map { "\(line.metric) (\($0))" } ?? line.metric
      table.add(
        sides,
        line.fiscalPeriod,
        line.start == line.end ? line.end : "\(line.start)..\(line.end)",
        EdgarText.amount(line.value) + (line.unit == "percent" ? " %" : " \(line.unit)"),
        line.derived.map { "derived: \($0)" } ?? "filed \(line.filed ?? "?")",
        line.known.map(Self.words).joined(separator: "; ")
      )
    }
    return ["", heading + (left > 0 ? " (\(left) more: --json has them)" : "")] + table.lines()
  }

  /// The figures that end latest, in their order.
  private static func latest(_ limit: Int, of figures: [Line]) -> [Line] {
    let byTime = figures.indices.sorted { (figures[$1].end, $1) < (figures[$0].end, $0) }
    return byTime.prefix(limit).sorted().map { figures[$0] }
  }

  private static func words(_ known: Known) -> String {
    let value =
      switch (known.low, known.high) {
      case (let low?, let high?) where low == high: EdgarText.amount(low)
      case (let low?, let high?): "\(EdgarText.amount(low)) – \(EdgarText.amount(high))"
      case (nil, let high?): "at most \(EdgarText.amount(high))"
      case (let low?, nil): "at least \(EdgarText.amount(low))"
      case (nil, nil): "unknown"
      }
    let agrees = known.agrees.isEmpty ? "" : ", \(known.agrees)"
    return "book: \(value) (\(known.fact), \(known.reported), \(known.source)\(agrees))"
  }
}
