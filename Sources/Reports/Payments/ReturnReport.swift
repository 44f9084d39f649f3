internal import Columns
package import Loops
internal import Networks
package import Payments

/// Money that can have left a party and come back within a window however it was split.
package struct ReturnReport: Report {
  /// What is asked of payments.
  package struct Request: Sendable {
    /// What counts; the least amount is in minor units.
    package var rules: MoneyReturns.Rules
    /// The window as its user wrote it.
    package var within: String
    /// How many of the returns to tell.
    package var top: Int
    /// The number of threads; the answer is the same for any.
    package var threads = 1
    /// Whether to tell of money that goes back and forth between two as well.
    package var tellsBackAndForth = false
    /// The parties to tell of, by what the file calls them; all where there are none.
    package var parties: Set<String> = []
    /// The numbers of findings that are known already.
    package var known: Set<String> = []
    /// Whether to say that ties are allowed because only days are known.
    package var saysTies = false
    /// What currencies are worth, where that is given; without, money stays within one.
    package var rates: PaymentRates?

    /// Asks for what came back by `rules`.
    package init(_ rules: MoneyReturns.Rules, within: String, top: Int) {
      (self.rules, self.within, self.top) = (rules, within, top)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case measure, returned, notes, complete
    case returnCount = "returned_count"
    case throughOthers = "through_others"
    case throughCount = "through_others_count"
    case searchedParties = "parties_searched"
    case partiesLeft = "parties_left"
    case startsGivenUp = "starts_given_up"
  }

  private let measure = "split"
  let scanned: ScannedPayments
  private let answer: MoneyReturns.Answer
  /// How many there are, those known already left out.
  let throughCount: Int
  private let returnCount: Int
  let throughOthers: [ReturnFinding]
  let returned: [ReturnFinding]
  let tellsBackAndForth: Bool
  /// The returns between two alone that are told as a number: how many, and the largest.
  private let backAndForth: (count: Int, largest: String)
  /// What a reader has to know, a sentence each.
  package let notes: [String]

  /// Finds what can have come back among `payments`.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - request: What is asked.
  ///   - consume: Is given every finding through others, and with back and forth all others too.
  ///   - progress: Is told from time to time which share is done.
  /// - Throws: ``MoneyReturnError``, and what `consume` throws.
  package init(
    of payments: Payments,
    _ request: Request,
    each consume: ((ReturnFinding) throws -> Void)? = nil,
    progress: @escaping @Sendable (Double) -> Void
  ) throws {
    let search = payments.search(request.rates)
    let returns = try MoneyReturns(
      of: search.columns,
      rules: request.rules,
      threads: request.threads
    )
    var question = MoneyReturns.Request()
    question.threads = request.threads
    answer = returns.answer(question, progress: progress)
    scanned = ScannedPayments(
      payments,
      search,
      within: request.rules.window,
      request.within,
      hasRates: request.rates != nil
    )
    let writer = FindingWriter(payments, search, returns, request)
    (throughOthers, throughCount) = try writer.tell(
      answer.throughOthers.filter { $0.beyondTwo > 0 },
      .throughOthers,
      consume
    )
    (returned, returnCount) = try writer.tell(
      answer.all,
      .all,
      request.tellsBackAndForth ? consume : nil
    )
    tellsBackAndForth = request.tellsBackAndForth
    let plain = answer.all.filter { $0.beyondTwo == 0 && writer.wants($0) }
    backAndForth = (plain.count, plain.first.map { writer.told($0, $0.most) } ?? "")
    notes = Self.notes(request, answer) + scanned.currencyNotes
  }

  private static func notes(_ request: Request, _ answer: MoneyReturns.Answer) -> [String] {
    var notes = [
      "this is what can have come back, not what did: the same payments may have carried other money, and other ways "
        + "may have brought as much"
    ]
    if request.rules.allowsTies {
      notes.append(
        "payments of one moment may follow one another in any order"
          + (request.saysTies ? ", because no payment has a time of day" : "")
          + ": what can have come back is an upper bound"
          + (request.saysTies ? " (--no-allow-ties forbids it)" : "")
      )
    }
    if answer.partiesLeft > 0 {
      notes.append(
        "INCOMPLETE: \(Figures.count(answer.partiesLeft, "party", "parties")) with smaller payments were not searched: "
          + "the search had looked at so many payments that it had no end in sight; try a shorter --within"
      )
    }
    if answer.startsGivenUp > 0 {
      notes.append(
        "INCOMPLETE: \(Figures.count(answer.startsGivenUp, "start")) had too many payments between leaving and coming "
          + "back, and were given up; try a shorter --within or a larger --min"
      )
    }
    return notes
  }

  /// Writes what was searched and what was found side by side.
  package func encode(to encoder: any Encoder) throws {
    try scanned.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(measure, forKey: .measure)
    try container.encode(answer.isComplete, forKey: .complete)
    try container.encode(answer.searchedParties, forKey: .searchedParties)
    try container.encode(answer.partiesLeft, forKey: .partiesLeft)
    try container.encode(answer.startsGivenUp, forKey: .startsGivenUp)
    try container.encode(throughCount, forKey: .throughCount)
    try container.encode(throughOthers, forKey: .throughOthers)
    try container.encode(returnCount, forKey: .returnCount)
    try container.encode(returned, forKey: .returned)
    try container.encode(notes, forKey: .notes)
  }
}

extension ReturnReport {
  /// The answer for a person; parties go by what the file calls them.
  package func text(_: PartyNames) -> String {
    let found = Figures.count(throughCount, "return")
    var lines = [scanned.summary("\(found) through at least two others")]
    lines += scanned.remarks.filter { !notes.contains($0) } + notes.map(\.sentence)
    func add(_ title: String, _ findings: [ReturnFinding]) {
      guard !findings.isEmpty else { return }
      let header = [title, "came back", "had left", "beyond two", "from", "to", "on lines"]
      lines += [""] + TextTable.figures(header, findings.map(\.cells))
    }
    add("through at least two others", throughOthers)
    if tellsBackAndForth {
      add("by any way", returned)
    } else if backAndForth.count > 0 {
      lines += [
        "",
        "\(Figures.count(backAndForth.count, "return")) between two alone, the largest of \(backAndForth.largest); "
          + "--back-and-forth lists them.",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// The same with a large letter first and a point at the end.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
