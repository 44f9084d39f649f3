internal import Claims

/// Which fiscal year and quarter a period is, as a company counts.
///
/// Lists of facts give the fiscal period of the filing, not of the figure: last year's figure in this year's report goes
/// under this year. So years are told by the annual reports alone: the last day that an annual report reports on ends
/// the year that it is about; other periods are counted from there. Some reports call their year by the number of another
/// (Nvidia's of 2011 to 2014 do): what most reports of the company say counts for all.
struct FiscalCalendar {
  /// Last days of years, with what the company calls them, by time.
  private let years: [(last: Day, year: Int)]

  init(_ ends: [(last: Day, year: Int)]) {
    var years: [(last: Day, year: Int)] = []
    for end in ends.sorted(by: { ($0.last, $0.year) < ($1.last, $1.year) })
    where years.last.map({ end.last.ordinal - $0.last.ordinal > 60 }) != false {
      years.append(end)
    }
    let lead = Self.lead(years)
    self.years = years.map { ($0.last, Self.calendarYear($0.last) + lead) }
  }

  /// How far a company's years run ahead of the calendar, as most of its reports say; of two said equally often the later.
  private static func lead(_ years: [(last: Day, year: Int)]) -> Int {
    var counts: [Int: Int] = [:]
    var best: (lead: Int, count: Int) = (0, 0)
    for end in years {
      let lead = end.year - calendarYear(end.last)
      counts[lead, default: 0] += 1
      if let count = counts[lead], count >= best.count { best = (lead, count) }
    }
    return best.lead
  }

  /// The year that most of a year lies in or ends with: one that ends in the first days of January is the one before.
  private static func calendarYear(_ last: Day) -> Int {
    last.advanced(by: -14).components.year
  }

  /// The ends of years that reports in a list of facts, and filings read whole, are about.
  static func ends(_ facts: CompanyFacts?, _ filings: [InlineFiling]) -> [(last: Day, year: Int)] {
    var lastDays: [String: Day] = [:]
    for figure in facts?.figures ?? [] where FiscalLength(figure.period) == .year {
      let number = figure.filing.accession
      lastDays[number] = max(lastDays[number] ?? figure.period.last, figure.period.last)
    }
    let listed = (facts?.reports ?? []).compactMap { report -> (last: Day, year: Int)? in
      guard report.fiscalPeriod == "FY", !report.filing.form.hasSuffix("/A"),
        ["10-K", "20-F", "40-F"].contains(where: report.filing.form.hasPrefix)
      else { return nil }
      return lastDays[report.filing.accession].map { ($0, report.fiscalYear) }
    }
    let read = filings.compactMap { filing -> (last: Day, year: Int)? in
      guard filing.cover["DocumentFiscalPeriodFocus"] == "FY", let end = filing.periodEnd,
        let year = filing.cover["DocumentFiscalYearFocus"].flatMap({ Int($0) })
      else { return nil }
      return (end, year)
    }
    return (listed + read).filter { (1900...2200).contains($0.year) }
  }

  /// The period as the company counts it: `FY2025`, `FY2025 Q4`, `FY2025 9M`; where it has no years, by its last day.
  func label(_ period: FiledPeriod) -> String {
    guard let (year, last) = year(of: period.last) else { return "to \(period.last)" }
    let elapsed = 365 - (last.ordinal - period.last.ordinal)
    let quarter = min(4, max(1, Int((Double(elapsed) / 91.25).rounded())))
    switch FiscalLength(period) {
    case .year where quarter == 4: return "FY\(year)"
    case .half where quarter == 2: return "FY\(year) H1"
    case .nineMonths where quarter == 3: return "FY\(year) 9M"
    case .quarter: return "FY\(year) Q\(quarter)"
    case nil where period.isInstant:
      return quarter == 4 && last.ordinal - period.last.ordinal < 15
        ? "FY\(year)" : "FY\(year) Q\(quarter)"
    default: return "to \(period.last)"
    }
  }

  /// The fiscal year that a day lies in, and its last day, known or counted on from those that are.
  private func year(of day: Day) -> (year: Int, last: Day)? {
    guard let first = years.first, let final = years.last else { return nil }
    if let known = years.first(where: { $0.last >= day }) {
      let back = (known.last.ordinal - day.ordinal) / 365
      guard back > 0 else { return (known.year, known.last) }
      guard known.last == first.last else { return nil }
      return (known.year - back, known.last.advanced(by: -back * 365))
    }
    // A week more or less: a year may have 53 of them.
    let on = (day.ordinal - final.last.ordinal + 350) / 365
    return (final.year + max(1, on), final.last.advanced(by: max(1, on) * 365))
  }
}
