internal import Books
internal import Claims
internal import Pages
internal import Reports

/// Scenarios edited, run and compared.
enum RunRoutes {
  private static let draft = QueryParameter("draft", "A text that was edited.", .id)
  private static let chosen = QueryParameter(
    "run",
    "The number of a run; two to compare.",
    .number(1...1_000_000),
    repeats: true
  )
  private static let month = QueryParameter("month", "The month that the map is of.", .date)

  static let all: [Route] = [
    page("/scenarios/edit", "Edit a scenario", [PageRoutes.scenario, draft]) { asking in
      try ScenarioEditor(asking).html()
    },
    page("/runs", "Runs", [chosen]) { asking in try RunsView(asking).list() },
    page("/runs/{id}", "A run", [month]) { asking in try RunsView(asking).run() },
    Route(
      path: "/api/runs/{id}",
      kind: .answer(["after", "assumptions", "before", "flows", "name", "paragraph"]),
      title: "What a scenario changes that was run on the page: ouro stress scenario",
      asks: false,
      parameters: [],
      isKept: false
    ) { asking in
      guard case .done(let report, _) = try run(asking).state else {
        throw Refusal(422, "The run is not done, or was stopped.")
      }
      return .json(try AnswerJSON.text(of: report))
    },
  ]

  private static func page(
    _ path: String,
    _ title: String,
    _ parameters: [QueryParameter],
    _ body: @escaping @Sendable (Asking) throws -> HTML
  ) -> Route {
    Route(path: path, kind: .page, title: title, asks: true, parameters: parameters, isKept: false)
    { asking in
      .page(
        try Frame(asking, title: title, route: path, hasQuestion: false).document(try body(asking))
      )
    }
  }

  /// The run that an address names.
  static func run(_ asking: Asking) throws -> Runs.Run {
    guard let number = QueryParameter.number(asking.id), let run = asking.house.runs[number] else {
      throw Refusal(404, "No such run began since the server started, or it was forgotten.")
    }
    return run
  }

  /// Takes a text that was edited: to run it, or with one thing more that happens.
  static func take(_ writing: Writing) throws -> String {
    let fields = writing.fields
    // A browser ends lines as the wire does.
    guard let text = fields["text"]?.replacing("\r\n", with: "\n") else {
      throw Refusal(422, "Write what happens.")
    }
    let scenarios = writing.house.scenarios
    let worked = try writing.worked()
    let query = QuestionParameters.query(worked.question, head: worked.edition.shortHead)
    if fields["action"] == "add" {
      let draft = try scenarios.keep(draft: try ShockLine(fields).added(to: text))
      return "/scenarios/edit?draft=\(draft)&\(query)"
    }
    let paths = fields["paths"].flatMap(QueryParameter.number) ?? 1_000
    guard (1...10_000).contains(paths) else { throw Refusal(422, "A run has 1 to 10,000 paths.") }
    _ = try scenarios.keep(draft: text)
    let question = try scenarios.question(.init(name: "scenario", text: text), worked)
    let number = try writing.house.runs.start(
      question,
      text: text,
      paths: paths,
      worked,
      version: writing.house.version
    )
    return "/runs/\(number)?\(query)"
  }
}

/// A scenario's text, and a form for one thing more that happens.
struct ScenarioEditor {
  private let asking: Asking

  init(_ asking: Asking) { self.asking = asking }

  /// The view.
  func html() throws -> HTML {
    """
    <p class="answer">\(words) What a scenario may say stands in <code>docs/model.md</code>; names are those of the book.</p>
    <form class="read edit" action="/scenarios/run" method="post">\(QuestionBar.hidden(asking))
    <label>The scenario<textarea name="text" rows="18" spellcheck="false" required>\n\(.lines(try text()))</textarea></label>
    \(happening)
    <div class="find"><label>on <select name="paths"><option>200</option><option selected>1000</option><option>5000</option>\
    <option>10000</option></select> paths</label> <button name="action" value="run">Run it</button></div></form>
    \(names)
    """
  }

  private var words: String {
    asking["scenario"].map { "What if: \($0.replacing("-", with: " "))." }
      ?? "What happens, and what is assumed."
  }

  private func text() throws -> String {
    let scenarios = asking.house.scenarios
    if let draft = asking["draft"] {
      guard let text = scenarios.draft(draft) else {
        throw Refusal(404, "That text is no longer kept; begin again from a scenario.")
      }
      return text
    }
    guard let name = asking["scenario"] else {
      return "name: What if\ndescription: >\n  Say what you ask.\nmonths: 36\nshocks:\n"
    }
    guard let named = scenarios.all().first(where: { $0.name == name }) else {
      throw Refusal(404, "The folder of scenarios has none of that name.")
    }
    return named.text
  }

  /// One thing more that happens.
  private var happening: HTML {
    let verbs = ShockLine.verbs.map { verb -> HTML in
      let more = verb.more.map { " (with \($0))" } ?? ""
      return "<option value=\"\(verb.word)\">\(verb.meaning)\(more)</option>"
    }
    return """
      <fieldset><legend>Let one thing more happen</legend>
      <label>what <select name="verb">\(verbs)</select></label>
      <label>to the deal or the party, or how much <input name="target" list="targets" maxlength="300"></label>
      <label>with <input name="value" size="12" maxlength="60" placeholder="0.5, -20%, -60% to -20%"></label>
      <label>in <input type="month" name="on" placeholder="2027-03"></label>
      <label>because <input name="because" maxlength="300"></label>
      <button name="action" value="add">Add it</button></fieldset>
      """
  }

  private var names: HTML {
    let contents = asking.edition.opened.contents
    let parties = contents.parties.filter(\.isInside).map {
      "<option value=\"\($0.id)\">\($0.name)</option>" as HTML
    }
    let deals = contents.deals.map { "<option value=\"\($0.id)\">\($0.title)</option>" as HTML }
    return "<datalist id=\"targets\">\(parties)\(deals)</datalist>"
  }
}
