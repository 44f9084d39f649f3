internal import Pages
internal import Reports

/// The scenarios there are, and what those chosen change.
struct ScenariosView {
  private let asking: Asking
  private let page: BookPage

  init(_ asking: Asking, _ page: BookPage) { (self.asking, self.page) = (asking, page) }

  /// The view.
  func html() throws -> HTML {
    let scenarios = asking.house.scenarios.all()
    guard !scenarios.isEmpty else {
      return """
        <p class="answer">There is no folder of scenarios beside the book.</p>
        <p>Start the server with one: <code>ouro serve BOOK --scenarios FOLDER</code>. It holds a YAML file for each; see
        <code>ouro help stress scenario</code>.</p>
        <p><a href="/scenarios/edit?\(asking.query)">Write one of your own</a></p>
        """
    }
    let chosen = asking.values["scenario"] ?? []
    let paths = asking.number("paths") ?? 200
    let reports = try chosen.prefix(2).enumerated().map { index, name in
      page.scenario(
        try asking.house.scenarios.report(name, paths: paths, asking),
        id: "scenario-\(index + 1)"
      )
    }
    let boxes = scenarios.map { scenario -> HTML in
      let mark: HTML = chosen.contains(scenario.name) ? " checked" : ""
      let words = scenario.name.replacing("-", with: " ")
      return """
        <span><label><input type="checkbox" name="scenario" value="\(scenario.name)"\(mark)> \(words)</label> \
        <a href="/scenarios/edit?scenario=\(scenario.name)&amp;\(asking.query)" aria-label="Edit and run \(words)">edit</a></span>

        """
    }
    let counts = [50, 200, 1_000].map { count -> HTML in
      "<option\(count == paths ? " selected" as HTML : "")>\(String(count))</option>"
    }
    return """
      <form class="find" action="/scenarios" method="get">\(QuestionBar.hidden(asking))<fieldset>\
      <legend>What if: choose one, or two to compare</legend>\(boxes)</fieldset>
      <label>on <select name="paths">\(counts)</select> paths</label> <button>Run</button></form>
      <p><a href="/scenarios/edit?\(asking.query)">Write one of your own</a> · <a href="/runs?\(asking.query)">Runs, and two \
      of them side by side</a></p>
      \(reports)
      """
  }
}
