internal import Books
internal import Claims
internal import Networks
internal import Pages
internal import Reports

/// The question at hand: the day on a line of days with news, whose word counts, what is admitted, and the period.
struct QuestionBar {
  private let asking: Asking
  private let days: [(day: Day, claims: Int)]

  init(_ asking: Asking) {
    self.asking = asking
    days = asking.edition.news.days.compactMap { news in
      PartialDate(news.day).map { ($0.last, news.claims) }
    }
  }

  /// The bar.
  var html: HTML {
    """
    <form class="question" action="\(asking.path)" method="get" aria-label="The question">\(own)\(kept)
    <div class="days">\(strip)\(slider)</div>
    <div class="asked"><span class="day"><label>As known on <input type="date" name="as-of" \
    value="\(day.description)" required></label> \(steps)</span>
    <details class="more" open><summary>\(rest)</summary><div>\(choices)</div></details> \
    <button>Ask</button></div></form>

    """
  }

  /// The question in words, for paper and for a narrow screen.
  var words: String { "As known on \(day) · \(rest)" }

  /// What is asked besides the day.
  private var rest: String {
    let tellers = question.view.toldBy.joined(separator: ", ")
    let money =
      question.basis == .flows ? "what moved in \(question.period)" : "what is promised"
    return "\(money) · told by \(tellers.isEmpty ? "all" : tellers) · "
      + "\(Self.policies[question.view.policy] ?? "") · unknown flows \(Self.fillings[question.completion] ?? "")"
  }

  private var question: Question { asking.worked.question }
  private var day: Day { question.view.asOf }

  /// The whole question as hidden fields.
  static func hidden(_ asking: Asking) -> HTML {
    fields(QuestionParameters.pairs(asking.worked.question, head: asking.edition.shortHead))
  }

  private static func fields(_ pairs: [Target.Parameter]) -> HTML {
    let fields = pairs.map { pair -> HTML in
      "<input type=\"hidden\" name=\"\(pair.name)\" value=\"\(pair.value)\">"
    }
    return "\(fields)"
  }

  /// What the view itself was asked, which a change of the question keeps.
  private var own: HTML {
    Self.fields(
      asking.values.sorted { $0.key < $1.key }.flatMap { name, values in
        values.map { Target.Parameter(name: name, value: $0) }
      }
    )
  }

  /// What of the question has no field of its own.
  private var kept: HTML {
    let shown: Set = ["as-of", "told-by", "policy", "period", "basis", "complete", "recorded-by"]
    let pairs = QuestionParameters.pairs(question, head: asking.edition.shortHead)
    return Self.fields(pairs.filter { !shown.contains($0.name) })
  }

  // MARK: Days

  /// The days from the first news to the last, with a mark for each that has some.
  private var strip: HTML {
    guard let first = days.first?.day, let last = days.last?.day, first < last else { return "" }
    let span = Double(last.ordinal - first.ordinal)
    let place = { (day: Day) in Double(day.ordinal - first.ordinal) / span * 1_000 }
    let most = Double(days.map(\.claims).max() ?? 1)
    let marks = days.map { news in
      let height = 5 + 21 * (Double(news.claims) / most).squareRoot()
      return "M\(tenth(place(news.day))) 28v-\(tenth(height))"
    }.joined()
    let years = (first.components.year...last.components.year).compactMap { year -> HTML? in
      guard let start = Day(year: year, month: 1, day: 1), start >= first else { return nil }
      let x = tenth(place(start))
      return "<path class=\"year\" d=\"M\(x) 28v8\"/>"
    }
    let x = tenth(min(max(place(day), 0), 1_000))
    let listed = days.map { "\($0.day.ordinal):\($0.claims)" }.joined(separator: " ")
    return """
      <svg class="strip" viewBox="0 0 1000 36" preserveAspectRatio="none" aria-hidden="true" \
      data-days="\(listed)"><path class="marks" d="\(marks)"/>\(years)\
      <path class="cursor" d="M\(x) 0v36"/></svg>
      """
  }

  /// The slider, which the script shows; without it the date field and the steps do the same.
  private var slider: HTML {
    guard let first = days.first?.day, let last = days.last?.day, first < last else { return "" }
    let value = min(max(day.ordinal, first.ordinal), last.ordinal)
    let years = (first.components.year...last.components.year).compactMap { year -> HTML? in
      guard let start = Day(year: year, month: 1, day: 1), start >= first else { return nil }
      let x = Double(start.ordinal - first.ordinal) / Double(last.ordinal - first.ordinal) * 100
      return "<text x=\"\(tenth(x))%\" y=\"11\">\(String(year))</text>"
    }
    return """
      <svg class="years" aria-hidden="true" height="14">\(years)</svg>\
      <input type="range" class="slider" min="\(first.ordinal)" max="\(last.ordinal)" value="\(value)" \
      aria-label="Day" hidden>
      """
  }

  /// To the day before and after on which something was said.
  private var steps: HTML {
    let before = days.last { $0.day < day }?.day
    let after = days.first { $0.day > day }?.day
    let link = { (day: Day?, sign: String, words: String, mark: String) -> HTML in
      guard let day else { return "" }
      var asked = question
      asked.view.asOf = day
      let query = QuestionParameters.query(asked, head: asking.edition.shortHead)
      let address = "\(asking.path)?\(asking.own.isEmpty ? "" : asking.own + "&")\(query)"
      return """
        <a class="step" rel="\(mark)" href="\(address)" title="\(words): \(day.description)" \
        aria-label="\(words): \(day.description)">\(sign)</a>
        """
    }
    return """
      \(link(before, "‹", "The day of news before", "prev")) \(link(after, "›", "The next day of news", "next"))
      """
  }

  private func tenth(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }

  // MARK: Choices

  private static let policies: [Policy: String] = [
    .binding: "binding only", .reported: "as reported", .generous: "rumours too",
  ]
  private static let fillings: [CompletionMethod: String] = [
    .entropy: "filled in", .none: "left out", .sample: "drawn",
  ]

  private var choices: HTML {
    let policies = select(
      ("policy", "Counted"),
      "Binding only: signed and binding. As reported: announced and intended as well. Rumours too: those as well, and options.",
      Policy.allCases.map { ($0.rawValue, Self.policies[$0] ?? $0.rawValue) },
      question.view.policy.rawValue
    )
    let bases = select(
      ("basis", "Money"),
      "That moved in the period, or promised and still to run on the day.",
      [("flows", "that moved"), ("commitments", "promised")],
      question.basis.rawValue
    )
    let fillings = select(
      ("complete", "Unknown"),
      "What nobody states for a pair: filled in from the totals of both, left out, or drawn at random within them.",
      [CompletionMethod.entropy, .none, .sample].map {
        ($0.rawValue, Self.fillings[$0] ?? $0.rawValue)
      },
      question.completion.rawValue
    )
    return """
      <label title="Tellers, publishers or sources, with commas; press or companies">Told by \
      <input name="told-by" list="tellers" size="8" placeholder="all" \
      value="\(question.view.toldBy.joined(separator: ","))"></label>
      \(tellers)<label title="2025, 2025-03, 2025Q3, 2025-07..2026-06 or FY2025:nvidia">Period \
      <input name="period" size="8" value="\(question.period.description)" \
      list="periods"></label>\(periods)
      \(policies)\(bases)\(fillings)\(asking.house.isFolder ? "" : recorded)
      """
  }

  /// Until when the book was told, which a file keeps.
  private var recorded: HTML {
    """
    <details class="rarely"\(question.recordedBy == nil ? "" : " open" as HTML)><summary>More</summary>\
    <label title="Only what the book had been told by the end of this day">Recorded by \
    <input type="date" name="recorded-by" value="\(question.recordedBy ?? "")"></label></details>

    """
  }

  private func select(
    _ name: (field: String, label: String),
    _ meaning: String,
    _ choices: [(String, String)],
    _ chosen: String
  ) -> HTML {
    let options = choices.map { value, words -> HTML in
      "<option value=\"\(value)\"\(value == chosen ? " selected" as HTML : "")>\(words)</option>"
    }
    return """
      <label title="\(meaning)">\(name.label) <select name="\(name.field)">\(options)</select></label>

      """
  }

  /// Who may be asked for: press, companies, and publishers, those with most to say first.
  private var tellers: HTML {
    let contents = asking.edition.opened.contents
    let publishers = Dictionary(
      contents.sources.map { ($0.publisher, 1) },
      uniquingKeysWith: +
    ).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(30).map(\.key)
    let names = (["press", "companies"] + publishers).map { "<option value=\"\($0)\">" as HTML }
    return "<datalist id=\"tellers\">\(names)</datalist>"
  }

  private var periods: HTML {
    let year = asking.edition.opened.contents.lastReport.components.year
    let names = (0..<4).flatMap { [String(year - $0)] }.map { "<option value=\"\($0)\">" as HTML }
    return "<datalist id=\"periods\">\(names)</datalist>"
  }
}
