internal import Claims
internal import Readers
internal import Tables

extension EdgarReport {
  /// How many of the latest periods of a measure are printed.
  private static let latest = 6
  /// How many tags that are no measure of ours are printed.
  private static let tagsShown = 12

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    let derived = facts.count { $0.derived != nil }
    var lines = [
      "\(company.name) · CIK \(company.cik) · \(Figures.count(facts.count - derived, "figure")) filed, "
        + "\(derived) worked out, \(Figures.count(customers.count, "share of a customer", "shares of customers"))"
    ]
    if let book { lines += [""] + book.lines }
    lines += figureLines + documentLines + customerLines + gapLines + tagLines
    return lines.map(legible).joined(separator: "\n") + "\n"
  }

  // MARK: Figures

  private var figureLines: [String] {
    var lines: [String] = []
    for (heading, figures) in series {
      let left = figures.count - Self.latest
      let more = left > 0 ? " (\(left) earlier: --json has them)" : ""
      lines += ["", "\(heading)\(more)"]
      var table = TextTable([.left, .left, .right, .left])
      for figure in figures.suffix(Self.latest) {
        table.add(
          figure.fiscalPeriod,
          figure.isInstant ? figure.end : "\(figure.start)..\(figure.end)",
          EdgarText.amount(figure.low),
          EdgarText.remark(figure)
        )
      }
      lines += table.lines()
    }
    return lines
  }

  /// Figures of one measure and unit together, in the order of ``facts``.
  private var series: [(heading: String, figures: [Figure])] {
    var series: [(heading: String, figures: [Figure])] = []
    for figure in facts {
      let words = figure.measure.replacing("-", with: " ")
      let heading = "\(words.prefix(1).uppercased())\(words.dropFirst()), \(figure.unit)"
      if series.last?.heading == heading {
        series[series.count - 1].figures.append(figure)
      } else {
        series.append((heading, [figure]))
      }
    }
    return series
  }

  // MARK: Documents and customers

  private var documentLines: [String] {
    documents.flatMap { document -> [String] in
      let filing = document.filing
      let title = [
        filing.form, filing.accession,
        filing.filed.map { "filed \($0)" } ?? "filed on no day that is known",
      ]
      .filter { !$0.isEmpty }.joined(separator: " ")
      var lines = [
        "",
        "\(filing.file): \(title), to \(document.periodEnd ?? "no day that is told")",
        "  \(Figures.count(document.figures, "figure")), \(document.figuresOfParts) of them of parts of the company, "
          + "\(document.repeated) said again",
      ]
      if document.customers == 0 {
        lines.append("  It files no share of any customer.")
      }
      return lines
    }
  }

  private var customerLines: [String] {
    guard !customers.isEmpty else { return [] }
    var table = TextTable([.left, .right, .left, .left, .left])
    for share in customers {
      table.add(
        share.counterparty ?? "",
        "\(share.low?.short ?? "") %",
        "of \(share.benchmark ?? "")",
        share.fiscalPeriod,
        "“\(share.span.map { EdgarText.around($0) } ?? "")”"
      )
    }
    let others =
      notClaims.isEmpty
      ? []
      : [
        "  \(Figures.count(notClaims.count, "share")) under the same tag that \(notClaims.count == 1 ? "is" : "are") no customer's: --json has them"
      ]
    return ["", "Shares of customers"] + table.lines() + others
  }

  // MARK: What was not understood

  private var gapLines: [String] {
    var lines: [String] = []
    for conflict in conflicts {
      let values = conflict.values.map { EdgarText.amount($0) }.joined(separator: " and ")
      lines.append(
        "  said twice, each time otherwise: \(conflict.concept) \(conflict.period): \(values)"
      )
    }
    for gap in unread {
      lines.append("  not read: \(gap.concept) (\(gap.context)): \(gap.because)")
    }
    if !nils.isEmpty {
      lines.append(
        "  said to be nothing: \(nils.map(\.concept).uniqued.joined(separator: ", "))"
      )
    }
    return lines.isEmpty ? [] : ["", "Left out"] + lines
  }

  private var tagLines: [String] {
    guard !otherTags.isEmpty else { return [] }
    let most = otherTags.sorted { ($1.count, $0.concept) < ($0.count, $1.concept) }
      .prefix(Self.tagsShown)
    let more = otherTags.count - most.count
    return [
      "",
      "\(Figures.count(otherTags.count, "tag")) that \(otherTags.count == 1 ? "is" : "are") no measure of ours, the most used first:",
      "  " + most.map { "\($0.concept) \($0.count)" }.joined(separator: ", ")
        + (more > 0 ? ", and \(more) more: --json lists them" : ""),
    ]
  }
}

extension Array<String> {
  /// Each once, in order.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

/// Words for figures of filings.
enum EdgarText {
  /// All digits, with thousands apart.
  static func amount(_ value: Bound?) -> String {
    guard let value else { return "–" }
    guard let whole = value.minorUnits(0) else { return value.value.description }
    return Figures.grouped(whole)
  }

  /// When and how a figure came about.
  static func remark(_ figure: EdgarReport.Figure) -> String {
    var parts = ["\(figure.filing.form) filed \(figure.reported ?? "on no day that is known")"]
    if let derived = figure.derived { parts.append("derived: \(derived)") }
    if let old = figure.supersedes.last {
      parts.append("was \(amount(old.value)) as filed \(old.filing.filed ?? "before")")
    }
    return parts.joined(separator: " · ")
  }

  /// The words of a figure with those beside it.
  static func around(_ place: EdgarReport.Place) -> String {
    let before = place.before.split(separator: " ").suffix(8).joined(separator: " ")
    let after = place.after.split(separator: " ").prefix(8).joined(separator: " ")
    return [before, place.text, after].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
