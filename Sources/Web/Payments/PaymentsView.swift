internal import Books
internal import Pages
internal import Reports
internal import Tables

/// The views of payments: what was dropped, how it was understood, and what was found in it.
struct PaymentsView {
  private let asking: Asking

  init(_ asking: Asking) { self.asking = asking }

  /// The option that keeps how the files were understood, in a file for each way to ask.
  static func map(_ asking: Asking) -> String {
    "--map=map-\(Fingerprint.of(PaymentQuestion.options(asking)).prefix(12)).json"
  }

  // MARK: What was dropped

  /// Where files are dropped, and those that were.
  var list: HTML {
    let rows = asking.house.statements.all.map { statement -> HTML in
      """
      <tr><th scope="row"><a href="/payments/\(statement.id)/rings?\(asking.query)">\
      \(Self.names(statement))</a></th><td>\(Self.size(statement.bytes))</td>\
      <td class="words">\(statement.dropped.description)</td><td class="words"><code>\(statement.id)</code></td></tr>

      """
    }
    let dropped: HTML =
      rows.isEmpty
      ? ""
      : """
      <section aria-labelledby="dropped"><h2 id="dropped">Dropped before</h2><div class="scroll" tabindex="0" \
      role="group" aria-label="Dropped before"><table><thead><tr><th scope="col" class="words">files</th>\
      <th scope="col">size</th><th scope="col" class="words">when</th><th scope="col" class="words">number</th></tr></thead>
      <tbody>\(rows)</tbody></table></div></section>
      """
    return """
      <p class="answer">Bank statements and payment files: money that leaves an account and comes back, and where a sum went.</p>
      <form class="read drop" action="/payments/drop" method="post" enctype="multipart/form-data">
      <label class="zone">Drop statements here, or choose them: tables in any layout, camt, pain, MT940, OFX, BAI2, NACHA, \
      xlsx and ods, perhaps compressed; several files are read as one<input type="file" name="file" multiple required></label>
      <div class="find"><button>Read them</button> <span class="meta">They stay on this machine, in a folder that goes when \
      the server ends; at most \(Statements.mostBytes >> 20) MB.</span></div></form>
      \(dropped)
      """
  }

  private static func names(_ statement: Statements.Statement) -> String {
    let more = statement.names.count - 3
    return statement.names.prefix(3).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 10_000 ? "\(bytes) bytes" : bytes < 1 << 20 ? "\(bytes >> 10) kB" : "\(bytes >> 20) MB"
  }

  // MARK: What was found

  /// How the files were understood, and what was found in them.
  func found(_ search: PaymentRoutes.Search) throws -> HTML {
    let statement = try PaymentRoutes.statement(asking)
    let isAsked = search != .follow || ["from", "at", "sum"].allSatisfy { asking[$0] != nil }
    let result =
      isAsked
      ? try PaymentRoutes.run(search, asking, ["--json"])
      : try PaymentRoutes.run(.rings, asking, ["--json"])
    let answer = result.end == .exit(0) ? try? JSONValue(result.output) : nil
    let body: HTML
    switch (answer, search) {
    case (let answer?, .rings): body = page.rings(answer)
    case (let answer?, .split): body = page.split(answer)
    case (let answer?, .follow) where isAsked:
      let rule = asking["rule"] ?? "pro-rata"
      body = page.followed(answer, rule: rule) { address("follow", rule: $0) }
    case (.some, .follow): body = "<p>Name a payment above, or choose one of a ring.</p>"
    case (nil, _): body = failed(result)
    }
    return """
      \(tabs(search))\(understood(statement, result, answer, search))\(form(search))\(body)
      <form class="find" action="/payments/\(asking.id)/forget" method="post"><button>Forget these files</button></form>
      """
  }

  private func failed(_ result: ChildProgram.Result) -> HTML {
    switch result.end {
    case .exit(64), .exit(65), .exit(66):
      "<p class=\"answer\">They are not understood that way yet: see what is said above, and correct it.</p>"
    default: "<p class=\"answer\">\(PaymentRoutes.refusal(of: result).words)</p>"
    }
  }

  private var page: PaymentPage {
    let (place, kept, query) = ("/payments/\(asking.id)/follow", kept, asking.query)
    return PaymentPage { payer, time, amount in
      let own = [("from", payer), ("at", time), ("sum", amount)] + kept
      return "\(place)?" + Self.pairs(own) + "&" + query
    }
  }

  /// The parameters that say how the files are understood, as asked.
  private var kept: [(String, String)] {
    PaymentQuestion.understanding.compactMap { parameter in
      asking[parameter.name].map { (parameter.name, $0) }
    }
  }

  private static func pairs(_ pairs: [(String, String)]) -> String {
    pairs.map { "\($0)=\(Target.encoded($1))" }.joined(separator: "&")
  }

  private func address(_ search: String, rule: String? = nil) -> String {
    var own = kept
    if let rule {
      own += ["from", "at", "sum", "until"].compactMap { name in asking[name].map { (name, $0) } }
      own.append(("rule", rule))
    } else {
      own += ["within", "min", "top"].compactMap { name in asking[name].map { (name, $0) } }
    }
    let text = Self.pairs(own)
    return "/payments/\(asking.id)/\(search)?\(text.isEmpty ? "" : text + "&")\(asking.query)"
  }

  private func tabs(_ chosen: PaymentRoutes.Search) -> HTML {
    let links = PaymentRoutes.Search.allCases.map { search -> HTML in
      let mark: HTML = search == chosen ? " aria-current=\"true\"" : ""
      let own = search == .follow ? Self.pairs(kept) : nil
      let place =
        own.map {
          "/payments/\(asking.id)/follow?\($0.isEmpty ? "" : $0 + "&")\(asking.query)"
        } ?? address(search.rawValue)
      return "<a class=\"choice\" href=\"\(place)\"\(mark)>\(search.title)</a> "
    }
    return "<nav class=\"choices\" aria-label=\"What is looked for\">\(links)</nav>"
  }

  // MARK: How it was understood

  private func understood(
    _ statement: Statements.Statement,
    _ result: ChildProgram.Result,
    _ answer: JSONValue?,
    _ search: PaymentRoutes.Search
  ) -> HTML {
    // What is said again below, and of the file that keeps the understanding, is left out.
    let notes = Set((answer?["notes"]?.elements ?? []).compactMap(\.text))
    let lines = result.words.split(whereSeparator: \.isNewline).map(String.init)
      .filter { !$0.contains("map-") && !notes.contains($0) }.joined(separator: "\n")
    let plain: HTML =
      answer != nil && search != .follow && answer?["sources"]?.elements.isEmpty ?? true
      ? "<p>A plain table, by its own names of columns: who pays, who is paid, the amount, the day.</p>"
      : ""
    let sources = answer.flatMap { $0["sources"]?.elements } ?? []
    let files = sources.map { source -> HTML in
      """
      <li><code>\(source["file"]?.text ?? "")</code>: \(source["payments"]?.text ?? "0") payments, \
      \(source["rejected"]?.text ?? "0") rows left out · SHA-256 <code>\(source["sha256"]?.text ?? "")</code></li>

      """
    }
    // A plain table, and a sum that is followed, tell their files alone.
    let inputs = (sources.isEmpty ? answer?["inputs"]?.elements ?? [] : []).filter {
      $0["file"]?.text?.hasPrefix("map-") == false
    }
    let hashes = inputs.map { input -> HTML in
      """
      <li><code>\(input["file"]?.text ?? "")</code> · SHA-256 <code>\(input["sha256"]?.text ?? "")</code></li>

      """
    }
    let list: HTML =
      files.isEmpty && hashes.isEmpty ? "" : "<ul class=\"notes\">\(files)\(hashes)</ul>"
    let header = sources.first?["understanding"]?["header"]?.elements.compactMap(\.text) ?? []
    let isOpen: HTML = answer == nil ? " open" : ""
    return """
      <section aria-labelledby="understood"><h2 id="understood">How \(Self.names(statement)) was understood</h2>
      \(plain)\(lines.isEmpty ? "" : said(lines))
      \(list)
      <details class="correct"\(isOpen)><summary>Correct it</summary>\(correction(header))</details></section>
      """
  }

  /// What the program said while it read.
  private func said(_ lines: String) -> HTML {
    """
    <div class="scroll" tabindex="0" role="group" aria-label="What was said of them"><pre>\(.lines(lines))</pre></div>
    """
  }

  private func correction(_ header: [String]) -> HTML {
    let names = Set(PaymentQuestion.understanding.map(\.name))
    let others = asking.values.sorted { $0.key < $1.key }.filter { !names.contains($0.key) }
    let fields = PaymentQuestion.understanding.map { parameter -> HTML in
      "<label>\(parameter.meaning) \(field(parameter, list: "columns"))</label>\n"
    }
    let columns = header.map { "<option value=\"\($0)\">" as HTML }
    return """
      <form class="cells" action="\(asking.path)" method="get">\(hidden(others))\(fields)<button>Read them so</button></form>
      <datalist id="columns">\(columns)</datalist>
      """
  }

  private func hidden(_ values: [(key: String, value: [String])]) -> HTML {
    let fields = values.flatMap { name, values in
      values.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" as HTML }
    }
    return "\(fields)\(QuestionBar.hidden(asking))"
  }

  private func field(_ parameter: QueryParameter, list: String? = nil) -> HTML {
    let value = asking[parameter.name] ?? ""
    if case .choice(let choices) = parameter.shape {
      let options = ([""] + choices).map { choice -> HTML in
        let mark: HTML = choice == value ? " selected" : ""
        return
          "<option value=\"\(choice)\"\(mark)>\(choice.isEmpty ? "as understood" : choice)</option>"
      }
      return "<select name=\"\(parameter.name)\">\(options)</select>"
    }
    let isColumn = ["payer", "payee", "amount", "time"].contains(parameter.name)
    let suggestions: HTML = list.map { isColumn ? " list=\"\($0)\"" : "" } ?? ""
    return
      "<input name=\"\(parameter.name)\" value=\"\(value)\" maxlength=\"200\" autocomplete=\"off\"\(suggestions)>"
  }

  // MARK: What is asked

  private func form(_ search: PaymentRoutes.Search) -> HTML {
    let names = Set(PaymentQuestion.understanding.map(\.name))
    let own = search.parameters.filter { !names.contains($0.name) && $0.name != "rule" }
    let mine = Set(own.map(\.name))
    let others = asking.values.sorted { $0.key < $1.key }.filter { !mine.contains($0.key) }
    let words = [
      "within": "within", "max-hops": "payments at most", "min": "each at least",
      "tolerance": "changing by at most, in percent", "top": "how many to tell", "from": "that",
      "at": "paid on", "sum": "the sum of", "until": "until",
    ]
    let usual = ["within": PaymentQuestion.usualWindow, "top": PaymentQuestion.usualTop]
    let fields = own.map { parameter -> HTML in
      let isNeeded: HTML = ["from", "at", "sum"].contains(parameter.name) ? " required" : ""
      return """
        <label>\(words[parameter.name] ?? parameter.name) <input name="\(parameter.name)" size="\(parameter.name == "from" ? 24 : 9)" \
        value="\(asking[parameter.name] ?? "")" placeholder="\(usual[parameter.name] ?? "")"\(isNeeded) \
        title="\(parameter.meaning) Takes \(parameter.words)."></label>

        """
    }
    return """
      <form class="find" action="/payments/\(asking.id)/\(search.rawValue)" method="get">\(hidden(others))\(fields)\
      <button>\(search == .follow ? "Follow it" : "Look")</button></form>
      """
  }
}
