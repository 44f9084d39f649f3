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
    let told = try chosen.prefix(2).map { name in
      (name, try asking.house.scenarios.report(name, paths: paths, asking))
    }
    let reports = told.enumerated().map { index, told -> HTML in
      """
      \(page.scenario(told.1, id: "scenario-\(index + 1)"))
      <p><a href="/scenarios/edit?scenario=\(told.0)&amp;\(asking.query)">Change it and run it, with who is hit month by month, \
      bands of cash and the outside money needed</a></p>

      """
    }
    let compared: HTML =
      told.count < 2
      ? ""
      : """
      <section aria-labelledby="compared"><h2 id="compared">Side by side</h2>\
      \(page.compared((told[0].1, nil, told[0].1.name), (told[1].1, nil, told[1].1.name)))</section>
      """
    let boxes = scenarios.map { scenario -> HTML in
      let mark: HTML = chosen.contains(scenario.name) ? " checked" : ""
      return """
        <span><label title="\(scenario.name).yaml"><input type="checkbox" name="scenario" value="\(scenario.name)"\(mark)> \
        \(scenario.title)</label> <a href="/scenarios/edit?scenario=\(scenario.name)&amp;\(asking.query)" \
        aria-label="Edit and run \(scenario.title)">edit</a></span>

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
      \(compared)\(reports)
      """
  }
}
