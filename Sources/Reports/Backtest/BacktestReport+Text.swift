internal import Tables

extension BacktestReport {
  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = [
      "\(scenario)  ·  as known on \(from), against what is known on \(asOf)  ·  book \(book.prefix(8))",
      "",
    ]
    lines += wrapped(opening, indent: 0)
    if !self.lines.isEmpty {
      lines += summaryLines("By figure", kinds) {
        RealisedFigure.Kind(rawValue: $0.of)?.words ?? $0.of
      }
      lines += summaryLines("By party", parties) { names($0.of) }
      lines += figureLines(names)
      lines += missLines(names)
    }
    lines += unforeseenLines(names) + failureLines(names) + hindsightLines(names)
    return lines.legibleText + "\n"
  }

  private var opening: String {
    guard all.figures > 0 else {
      return "Nothing that this scenario projects from \(months) is known yet."
    }
    let (half, most) = (Double(all.inHalf), Double(all.inFourFifths))
    let count = Double(all.figures)
    return
      "Of \(counted(all.figures, "figure")) that came since, \(Figures.percent(half / count)) lie where half of the "
      + "paths do, and \(Figures.percent(most / count)) where four fifths do; a forecast that knows what it does "
      + "not know has 50 % and 80 %. \(Figures.count(paths, "path")) of \(months), seed \(seed)."
      + fitWords
  }

  private var fitWords: String {
    guard let fit else { return "" }
    guard let factors = fit.factors else {
      return
        " From \(fit.from) only \(counted(fit.figures, "figure")) had come by \(from): too few to say how wide "
        + "bands should be; they are as projected."
    }
    return " The bands are \(Figures.decimal(factors.half, digits: 1)) and "
      + "\(Figures.decimal(factors.fourFifths, digits: 1)) times as wide as projected: what held the "
      + "\(counted(fit.figures, "figure")) that had come by \(from) of a forecast of \(fit.from)."
  }

  private func summaryLines(
    _ title: String,
    _ rows: [Summary],
    _ name: (Summary) -> String
  ) -> [String] {
    let share = { (value: Double?) in value.map { Figures.decimal($0, digits: 2) } ?? "" }
    return [
      "",
      "\(title); interval scores of the band of four fifths, as shares of what came, the less the better",
    ]
      + TextTable.figures(
        ["", "came", "in the half", "in four fifths", "score", "beside", "as before"],
        rows.map {
          [
            name($0), "\($0.figures)", "\($0.inHalf)", "\($0.inFourFifths)", share($0.score),
            share($0.scoreBeside), share($0.scoreAsBefore),
          ]
        }
      )
  }

  /// A table for each kind of figure.
  private func figureLines(_ names: PartyNames) -> [String] {
    RealisedFigure.Kind.allCases.flatMap { kind -> [String] in
      let same = lines.filter { $0.figure == kind }
      var table = TextTable([.left, .left, .right, .right, .left])
      table.add("", "", "projected", "came", "")
      for line in same {
        table.add(
          line.who(names),
          line.period,
          Figures.dollars(line.forecast.p10, line.forecast.p90),
          Figures.dollars(line.cameLow, line.cameHigh),
          line.verdict
        )
      }
      return same.isEmpty ? [] : ["", kind.title] + table.lines()
    }
  }

  private func unforeseenLines(_ names: PartyNames) -> [String] {
    guard !unforeseen.isEmpty else { return [] }
    let receipts = unforeseen.filter { $0.payee == nil }.map { names($0.party) }
    let payments = unforeseen.compactMap { one in
      one.payee.map {
        "\(names(one.party)) → \(names($0)) (\(Figures.dollars(one.cameLow, one.cameHigh)), \(one.period))"
      }
    }
    var seen: Set<String> = []
    return [
      "", "Came, and not projected, as nothing was known of it on \(from); it counts nowhere above",
    ]
      + (receipts.isEmpty
        ? [] : wrapped("receipts of \(listed(receipts.filter { seen.insert($0).inserted }))"))
      + payments.flatMap { wrapped($0) }
  }

  private func missLines(_ names: PartyNames) -> [String] {
    let missed = lines.filter { !$0.inFourFifths }
    guard !missed.isEmpty else { return [] }
    var told: [(who: String, news: [News])] = []
    for line in missed where !told.contains(where: { $0.who == line.who(names) }) {
      told.append((line.who(names), line.told))
    }
    return ["", "Where it missed: what was told since of the largest deals there"]
      + told.flatMap { who, news -> [String] in
        let words = news.map {
          "\($0.deal)\($0.status.map { ", \($0)" } ?? "") (\($0.claim), \($0.reported))"
        }
        return wrapped(
          "\(who): \(words.isEmpty ? "no claim since; the assumptions were wrong" : listed(words))"
        )
      }
  }

  private func failureLines(_ names: PartyNames) -> [String] {
    let most = failed.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !most.isEmpty else { return [] }
    let odds = most.prefix(6).map { "\(names($0.key)) on \(Figures.percent($0.value))" }
    return [
      "", "Had failed by \(asOf), share of the paths: \(listed(odds)).",
    ].flatMap { $0.isEmpty ? [""] : wrapped($0, indent: 0) }
  }

  private func hindsightLines(_ names: PartyNames) -> [String] {
    guard !hindsight.isEmpty else { return [] }
    return [
      "",
      "Hindsight: these assumptions cite rows told only after \(from), which nobody could have made then",
    ]
      + hindsight.flatMap {
        wrapped("\(names($0.subject)): \($0.words) [\($0.rows.joined(separator: " "))]")
      }
  }
}

extension BacktestReport.Line {
  /// Whom its news are of.
  fileprivate func who(_ names: PartyNames) -> String {
    payee.map { "\(names(party)) → \(names($0))" } ?? names(party)
  }

  fileprivate var verdict: String {
    if inHalf { return "in the half" }
    if inFourFifths { return "in four fifths" }
    return cameLow > forecast.p90 ? "above" : "below"
  }
}

extension RealisedFigure.Kind {
  /// What it is, in words.
  fileprivate var words: String { self == .paid ? "paid between two" : rawValue }

  /// The title of its table.
  fileprivate var title: String {
    switch self {
    case .receipts:
      "Receipts for goods and services, projected (four fifths of the paths) and reported as revenue"
    case .cash: "Cash"
    case .debt: "Debt"
    case .paid: "Paid between two: projected, and known to have been paid"
    }
  }
}
