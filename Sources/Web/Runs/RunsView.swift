internal import Pages
internal import Reports

/// Runs: how far each is, what one came to, two side by side.
struct RunsView {
  private let asking: Asking

  init(_ asking: Asking) { self.asking = asking }

  // MARK: All

  /// All runs, and two of them side by side where two are chosen.
  func list() throws -> HTML {
    let runs = asking.house.runs.all
    let chosen = (asking.values["run"] ?? []).compactMap(QueryParameter.number)
    guard !runs.isEmpty else {
      return """
        <p class="answer">Nothing was run since the server started.</p>
        <p><a href="/scenarios?\(asking.query)">Choose a scenario</a></p>
        """
    }
    let rows = runs.map { run -> HTML in
      let mark: HTML = chosen.contains(run.number) ? " checked" : ""
      return """
        <tr><th scope="row"><label><input type="checkbox" name="run" value="\(run.number)"\(mark)> \(run.number)</label></th>\
        <td class="words"><a href="/runs/\(run.number)?\(run.query)">\(run.name)</a></td><td>\(run.paths)</td>\
        <td class="words">\(Self.words(run.state))</td></tr>

        """
    }
    return """
      \(try compared(chosen, runs))
      <form class="ask" action="/runs" method="get">\(QuestionBar.hidden(asking))<div class="scroll" tabindex="0" role="group" \
      aria-label="Runs"><table><thead><tr><th scope="col" class="words">run</th><th scope="col" class="words">scenario</th>\
      <th scope="col">paths</th><th scope="col" class="words">how far</th></tr></thead><tbody>\(rows)</tbody></table></div>
      <p><button>Compare the two chosen</button> <a href="/scenarios?\(asking.query)">Choose another scenario</a></p></form>
      """
  }

  private func compared(_ chosen: [Int], _ runs: [Runs.Run]) throws -> HTML {
    guard !chosen.isEmpty else { return "" }
    let sides = chosen.compactMap { number in runs.first { $0.number == number } }
    let done = sides.compactMap { run in
      if case .done(let report, let needed) = run.state { (run, report, needed) } else { nil }
    }
    guard chosen.count == 2, done.count == 2 else {
      return "<p class=\"notice\">Choose two runs that are done.</p>"
    }
    let page = try asking.page()
    let named = done.map { run, report, needed in
      (report: report, needed: needed, words: "\(run.number). \(run.name)")
    }
    return """
      <section aria-labelledby="compared"><h2 id="compared">Side by side</h2>\(page.compared(named[0], named[1]))</section>
      """
  }

  static func words(_ state: Runs.State) -> String {
    switch state {
    case .waiting: "waits"
    case .running(let share): "\(Int(share * 100)) of 100"
    case .done: "done"
    case .stopped: "stopped"
    case .refused(let why): "could not be run: \(why)"
    }
  }

  // MARK: One

  /// One run: how far it is, or what it came to.
  func run() throws -> HTML {
    let run = try RunRoutes.run(asking)
    let draft = try asking.house.scenarios.keep(draft: run.text)
    let links: HTML = """
      <p><a href="/scenarios/edit?draft=\(draft)&amp;\(run.query)">Edit it and run it again</a> · \
      <a href="/runs?\(asking.query)">All runs, and two side by side</a></p>
      """
    switch run.state {
    case .waiting, .running: return progress(run)
    case .stopped:
      return "<p class=\"answer\">\(run.name) was stopped; nothing of it is kept.</p>\(links)"
    case .refused(let why):
      return "<p class=\"answer\">\(run.name) could not be run: \(why)</p>\(links)"
    case .done(let report, let needed):
      let page = try asking.page()
      return """
        \(links)\(try page.run(report, needed, month: asking["month"], id: "run") {
          "/runs/\(run.number)?month=\($0)&\(asking.query)#run-spread"
        })
        """
    }
  }

  private func progress(_ run: Runs.Run) -> HTML {
    var share = 0
    if case .running(let done) = run.state { share = Int(done * 100) }
    return """
      <p class="answer">\(run.name), on \(run.paths) paths</p>
      <div class="running" data-run="\(run.number)"><progress max="100" value="\(share)" aria-label="Share of the work done">\
      \(share) of 100</progress> <span role="status">\(Self.words(run.state))</span></div>
      <div class="find"><form action="/runs/\(run.number)/stop" method="post"><button>Stop it</button></form>
      <a href="/runs/\(run.number)?\(asking.query)">Look again</a></div>
      """
  }
}
