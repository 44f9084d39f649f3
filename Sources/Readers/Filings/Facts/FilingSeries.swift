internal import Claims
internal import Tables

/// Puts filed figures in series: what of one measure and period was filed when, and what follows from two periods.
///
/// A later value of the same tag and period supersedes the earlier one. Quarters that nobody files follow from longer
/// periods with the same first day: the year less its nine months, nine months less a half year, a half year less its
/// first quarter. Both come from the same time: the longer one as it was filed, the shorter one as it stood that day.
struct FilingSeries {
  private let calendar: FiscalCalendar

  /// What stands of one tag, unit and period.
  private struct Line {
    let concept: Concept
    let rank: Int
    let period: FiledPeriod
    let unit: String
    var versions: [FiscalFigure.Version]
    var derivation: FiscalFigure.Derivation?
  }

  private struct Key: Hashable {
    let concept: Concept
    let unit: String
    let period: FiledPeriod
  }

  private struct Cell: Hashable {
    let measure: FilingMeasure
    let unit: String
    let period: FiledPeriod
  }

  init(_ calendar: FiscalCalendar) { self.calendar = calendar }

  /// The series of all measures, by measure, then unit, then time.
  func figures(of filed: [FiledFigure]) -> [FiscalFigure] {
    var lines: [FilingMeasure: [Line]] = [:]
    for line in filedLines(filed) {
      guard let known = FilingMeasure.byConcept[line.concept] else { continue }
      lines[known.measure, default: []].append(line)
    }
    var figures: [FiscalFigure] = []
    for measure in FilingMeasure.allCases {
      let filed = lines[measure] ?? []
      figures += chosen(measure, filed + (measure.isBalance ? [] : quarters(of: filed)))
    }
    return figures + costs(figures)
  }

  // MARK: Versions

  /// Figures of the company as a whole by tag, unit and period, in the order in which these were met.
  private func filedLines(_ filed: [FiledFigure]) -> [Line] {
    var places: [Key: Int] = [:]
    var groups: [(key: Key, figures: [FiledFigure])] = []
    for figure in filed where figure.members.isEmpty {
      guard let known = FilingMeasure.byConcept[figure.concept],
        known.measure.isBalance == figure.period.isInstant
      else { continue }
      let key = Key(concept: figure.concept, unit: figure.unit, period: figure.period)
      if let place = places[key] {
        groups[place].figures.append(figure)
      } else {
        places[key] = groups.count
        groups.append((key, [figure]))
      }
    }
    return groups.map { key, figures in
      Line(
        concept: key.concept,
        rank: FilingMeasure.byConcept[key.concept]?.rank ?? 0,
        period: key.period,
        unit: key.unit,
        versions: Self.versions(figures),
        derivation: nil
      )
    }
  }

  /// The values in the order they were filed; what was filed on a day nobody knows counts only where nothing else does.
  private static func versions(_ figures: [FiledFigure]) -> [FiscalFigure.Version] {
    let dated = figures.filter { $0.filing.filed != nil }
    let undated = figures.filter { $0.filing.filed == nil }
    let ordered = dated.enumerated().sorted { one, other in
      (one.element.filing.filed?.ordinal ?? 0, one.element.filing.accession, one.offset)
        < (other.element.filing.filed?.ordinal ?? 0, other.element.filing.accession, other.offset)
    }.map(\.element)
    var versions: [FiscalFigure.Version] = []
    for figure in ordered + undated {
      if let last = versions.last, last.value == figure.value {
        versions[versions.count - 1].repeats += 1
        if last.place == nil, last.filing.accession == figure.filing.accession {
          versions[versions.count - 1].place = figure.place
        }
      } else if versions.isEmpty || figure.filing.filed != nil {
        versions.append(
          FiscalFigure.Version(
            value: figure.value,
            filing: figure.filing,
            place: figure.place,
            repeats: 0
          )
        )
      }
    }
    return versions
  }

  // MARK: What follows

  /// The quarters of each tag that were not filed by themselves.
  private func quarters(of lines: [Line]) -> [Line] {
    let filed = Set(lines.map { Key(concept: $0.concept, unit: $0.unit, period: $0.period) })
    var derived: [Line] = []
    for whole in lines {
      guard let length = FiscalLength(whole.period), length != .quarter else { continue }
      for part in lines
      where part.concept == whole.concept && part.unit == whole.unit
        && part.period.first == whole.period.first && part.period.last < whole.period.last
      {
        guard let shorter = FiscalLength(part.period), shorter.rawValue + 1 == length.rawValue,
          let rest = Period(first: part.period.last.advanced(by: 1), last: whole.period.last),
          FiscalLength(.duration(rest)) == .quarter
        else { continue }
        let key = Key(concept: whole.concept, unit: whole.unit, period: .duration(rest))
        guard !filed.contains(key),
          let line = difference(whole, part, .duration(rest), Self.words(length))
        else { continue }
        derived.append(line)
      }
    }
    return derived
  }

  private static func words(_ length: FiscalLength) -> String {
    switch length {
    case .year: "year less nine months"
    case .nineMonths: "nine months less half year"
    default: "half year less first quarter"
    }
  }

  /// One line less another, as both stood on the days the first was filed.
  private func difference(
    _ whole: Line,
    _ part: Line,
    _ period: FiledPeriod,
    _ words: String
  ) -> Line? {
    var versions: [FiscalFigure.Version] = []
    var derivation: FiscalFigure.Derivation?
    var used: FiscalFigure.Version?
    var isStale = false
    for version in whole.versions {
      let known = part.versions.last { Self.precedes($0, version) } ?? part.versions[0]
      if let used, used == known {
        isStale = true
        continue
      }
      guard let value = version.value.less(known.value) else { return nil }
      used = known
      isStale = false
      let filing = Self.precedes(known, version) ? version.filing : known.filing
      if versions.last?.value != value {
        versions.append(
          FiscalFigure.Version(value: value, filing: filing, place: nil, repeats: 0)
        )
      }
      derivation = FiscalFigure.Derivation(
        words: words,
        whole: version.value,
        part: known.value,
        isStale: false
      )
    }
    guard let last = derivation, !versions.isEmpty else { return nil }
    isStale = isStale || used != part.versions.last
    return Line(
      concept: whole.concept,
      rank: whole.rank,
      period: period,
      unit: whole.unit,
      versions: versions,
      derivation: FiscalFigure.Derivation(
        words: last.words,
        whole: last.whole,
        part: last.part,
        isStale: isStale
      )
    )
  }

  /// Whether a value was filed no later than another; what was filed on no known day is taken to be.
  private static func precedes(_ one: FiscalFigure.Version, _ other: FiscalFigure.Version) -> Bool {
    guard let first = one.filing.filed, let then = other.filing.filed else { return true }
    return first <= then
  }

  // MARK: One figure a period

  /// For each period what was filed before what was worked out, then the tag that is taken first.
  private func chosen(_ measure: FilingMeasure, _ lines: [Line]) -> [FiscalFigure] {
    let cells = Dictionary(grouping: lines) {
      Cell(measure: measure, unit: $0.unit, period: $0.period)
    }
    return cells.sorted { ($0.key.unit, $0.key.period) < ($1.key.unit, $1.key.period) }
      .map { cell, lines in
        let ranked = lines.sorted {
          ($0.derivation == nil ? 0 : 1, $0.rank) < ($1.derivation == nil ? 0 : 1, $1.rank)
        }
        return figure(measure, ranked[0], ranked.dropFirst().filter { $0.derivation == nil })
      }
  }

  private func figure(
    _ measure: FilingMeasure,
    _ line: Line,
    _ others: some Sequence<Line>
  ) -> FiscalFigure {
    FiscalFigure(
      measure: measure,
      concept: line.concept,
      period: line.period,
      unit: line.unit,
      versions: line.versions,
      derivation: line.derivation,
      others: others.map { other in
        let last = other.versions[other.versions.count - 1]
        return FiscalFigure.Other(concept: other.concept, value: last.value, filing: last.filing)
      },
      fiscalPeriod: calendar.label(line.period)
    )
  }

  /// Costs that nobody filed: revenue less operating income of the same period.
  private func costs(_ figures: [FiscalFigure]) -> [FiscalFigure] {
    let key = { (figure: FiscalFigure) in
      Cell(measure: .costs, unit: figure.unit, period: figure.period)
    }
    let filed = Set(figures.filter { $0.measure == .costs }.map(key))
    let incomes = Dictionary(
      figures.filter { $0.measure == .operatingIncome }.map { (key($0), $0) }
    ) { first, _ in first }
    return figures.filter { $0.measure == .revenue && !filed.contains(key($0)) }
      .compactMap { revenue in
        guard let income = incomes[key(revenue)],
          let line = difference(
            line(revenue),
            line(income),
            revenue.period,
            "revenue less operating income"
          )
        else { return nil }
        return figure(.costs, line, [])
      }
  }

  private func line(_ figure: FiscalFigure) -> Line {
    Line(
      concept: figure.concept,
      rank: 0,
      period: figure.period,
      unit: figure.unit,
      versions: figure.versions,
      derivation: figure.derivation
    )
  }
}
