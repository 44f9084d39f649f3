internal import Networks

/// The answer in sentences that can be printed as they stand.
extension EconomyReport {
  /// The answer, a paragraph each: what moved and came back, whose money it began as, what is promised.
  ///
  /// - Parameter names: What people call the parties.
  /// - Returns: The paragraphs, none of them empty.
  package func answerWords(_ names: PartyNames) -> [String] {
    guard footings.contains(where: { $0.totalRange.high > 0 }) else {
      let period = header.period
      return [
        "Nothing is known to have moved between these companies in \(period), or to be promised."
      ]
    }
    return [
      [knownWords(names), weakerWords(names)], [realWords], [promisedWords(names)],
    ].map { $0.filter { !$0.isEmpty }.joined(separator: " ") }.filter { !$0.isEmpty }
  }

  // MARK: What moved

  private func knownWords(_ names: PartyNames) -> String {
    guard let known = self[.known], known.totalRange.high > 0 else {
      return "Nobody says what these companies paid one another in \(header.period)."
    }
    let paid =
      "In \(header.period) these companies are known to have paid one another "
      + "\(money(known.totalRange))."
    guard known.circulationRange.high > 0 else {
      return "\(paid) None of it is known to have come back\(comparison(known))."
    }
    let loops = listed(
      known.loops.prefix(2).map { loop in
        "\(Figures.dollars(loop.low, loop.high ?? loop.bottleneck)) went from \(path(loop, names))"
      }
    )
    guard !isWithheld(known) else { return "\(paid) Of it \(loops)." }
    return "\(paid) Of it \(loops): \(cents(known.shareRange)) of each dollar lie on such a loop"
      + "\(comparison(known))."
  }

  private func weakerWords(_ names: PartyNames) -> String {
    guard let filled = self[.completed], let known = self[.known],
      filled.totalRange.high > known.totalRange.high
    else { return "" }
    let paid =
      "Counting what is estimated, or known only by its total, they paid one another "
      + money(filled.totalRange)
    guard !isWithheld(filled), filled.circulationRange.high > 0 else {
      return filled.circulationRange.high > 0 ? "\(paid)." : "\(paid), and none of it came back."
    }
    let told = Set(known.loops.map(\.parties))
    let loops = filled.loops.filter { !told.contains($0.parties) }.prefix(2).map { loop in
      "\(amount(of: loop)) from \(path(loop, names))"
    }
    let largest = loops.isEmpty ? "" : " The largest loops: \(listed(loops))."
    return "\(paid), of which \(cents(filled.shareRange)) of each dollar lie on loops"
      + "\(comparison(filled)).\(largest)"
  }

  /// The same share a year earlier, and what chance would give.
  private func comparison(_ line: FootingLine) -> String {
    guard !isWithheld(line) else { return "" }
    let last = line.lastYear.map { range in
      "\(range.high > 0 ? cents(range) : "none") did \(lastYearName)"
    }
    let chance = line.atRandom.map { share in
      "\(share > 0 ? cents(share, share) : "none") would if the same companies paid one another at random"
    }
    let both = [last, chance].compactMap(\.self)
    return both.isEmpty ? "" : "; " + both.joined(separator: ", and ")
  }

  private var lastYearName: String {
    Int(header.period).map { "in \($0 - 1)" } ?? "on the same days a year earlier"
  }

  // MARK: Whose money

  /// Whether what companies live on came from buyers.
  private var realWords: String {
    guard let sector = realDollars["sector"], let direct = sector.direct else { return "" }
    let entered =
      "Of the \(Figures.dollars(sector.entered)) that entered these companies from outside, "
      + "\(split(direct))."
    let groups = [("lab", "the labs live"), ("neocloud", "the neoclouds")].compactMap {
      role,
      words in
      realDollars[role]?.lookedThrough.map { "\(words) on \(live($0))" }
    }
    guard !groups.isEmpty else { return entered }
    return
      "\(entered) Followed back to where it began, \(groups.joined(separator: "; ")). Companies are "
      + "whole groups here, with whatever else they sell."
  }

  private func split(_ split: RealDollars.Split) -> String {
    let unsaid = split.undisclosed >= 0.005 ? ", and of \(cent(split.undisclosed)) nobody says" : ""
    return
      "\(cent(split.buyers)) of each dollar came from buyers and \(cent(split.funders)) from those "
      + "who fund them (investors, lenders, their own reserves)\(unsaid)"
  }

  private func live(_ split: RealDollars.Split) -> String {
    let unsaid =
      split.undisclosed >= 0.02 ? " (of \(cent(split.undisclosed)) nobody says)" : ""
    return
      "\(cent(split.buyers)) of each dollar from buyers and \(cent(split.funders)) from funders\(unsaid)"
  }

  // MARK: What is promised

  private func promisedWords(_ names: PartyNames) -> String {
    guard let bound = self[.bound], let met = self[.promised], met.totalRange.high > 0 else {
      return ""
    }
    let returning =
      bound.circulationRange.high > 0
      ? "\(money(bound.circulationRange)) must come back by contract"
      : "nothing must come back by contract"
    let firm =
      bound.totalRange.high > 0
      ? "Of \(money(bound.totalRange)) that is bound, \(returning)."
      : "Nothing that these companies promised one another is bound without condition."
    let promises = conditions(of: met, names)
    let would =
      met.circulationRange.high > 0
      ? "at most \(Figures.dollars(met.circulationRange.high)) would" : "nothing would"
    let who =
      promises.isEmpty
      ? "every condition were met" : "\(promises) and all others met every condition"
    return "What is promised is another matter. \(firm) If \(who), \(would), of "
      + "at most \(Figures.dollars(met.totalRange.high))."
  }

  /// Who promised on a condition what would come back: the least payment of each loop, largest first.
  private func conditions(of met: FootingLine, _ names: PartyNames) -> String {
    var seen: Set<[String]> = []
    let promised = met.loops.compactMap { loop in
      loop.payments.min { ($0.high ?? .infinity) < ($1.high ?? .infinity) }
    }.filter {
      $0.grades.keys.contains(Grade.conditional.rawValue)
        && seen.insert([$0.payer, $0.payee]).inserted
    }.sorted { ($1.worked, $0.payer) < ($0.worked, $1.payer) }
    return listed(
      promised.map { line in
        "\(names(line.payer)) (at most \(Figures.dollars(line.high ?? line.low)) to \(names(line.payee)))"
      }
    )
  }

  // MARK: Words

  private func money(_ range: FootingLine.Range) -> String {
    let (low, high) = (Figures.dollars(range.low), Figures.dollars(range.high))
    return low == high ? low : "\(low) to \(high)"
  }

  private func amount(of loop: Loop) -> String {
    guard let high = loop.high, high > loop.bottleneck * 1.005 else {
      return Figures.dollars(loop.bottleneck)
    }
    return "\(Figures.dollars(loop.bottleneck)) (at most \(Figures.dollars(high)))"
  }

  private func path(_ loop: Loop, _ names: PartyNames) -> String {
    loop.parties.map(names.name).joined(separator: " to ") + " and back"
  }

  /// A share as cents of a dollar, in words.
  private func cents(_ range: FootingLine.Range) -> String { cents(range.low, range.high) }

  private func cents(_ low: Double, _ high: Double) -> String {
    let (least, most) = (Figures.cents(low), Figures.cents(high))
    return least == most ? cent(low) : "\(least) to \(most) cents"
  }

  private func cent(_ share: Double) -> String {
    let text = Figures.cents(share)
    return text == "1" ? "1 cent" : "\(text) cents"
  }
}
