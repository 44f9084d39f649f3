internal import Projection
package import Reports

/// What a scenario changes: before and after, who fails, whose money is another.
extension BookPage {
  /// A scenario that was run.
  package func scenario(_ report: ScenarioReport, id: String) -> HTML {
    let total = Row([
      "paid inside", "\(money(report.inside.before))", "\(money(report.inside.after))",
    ])
    let share = Row([
      "of it on loops", "\(Figures.percent(report.closedLoopShare.before))",
      "\(Figures.percent(report.closedLoopShare.after))",
    ])
    let before = Dictionary(uniqueKeysWithValues: report.before.parties.map { ($0.id, $0) })
    let failing = report.after.parties.compactMap { party -> Row? in
      let was = before[party.id]
      guard party.failed != nil || was?.failed != nil else { return nil }
      return Row([named(party.id), "\(was?.failed ?? "does not")", "\(party.failed ?? "does not")"])
    }
    let flows = report.flows.prefix(30).map { flow in
      Row([
        pair(flow.payer, flow.payee), "\(money(flow.amount.before))", "\(money(flow.amount.after))",
        "\(money(flow.amount.after - flow.amount.before))",
      ])
    }
    let none: HTML = "<p>Nobody fails with all draws at their middle.</p>"
    return """
      <section aria-labelledby="\(id)"><h2 id="\(id)">\(report.name)</h2>
      <p>\(report.description)</p><p class="meta">\(report.months)</p>
      <p class="answer">\(report.paragraph)</p>
      <div>Rests on: \(links(report.evidence))</div>
      <div class="columns"><div><h3>With all draws at their middle</h3>
      \(table([.words(""), .figure("without"), .figure("with")], [total, share]))</div>
      <div><h3>Who fails on that path</h3>
      \(failing.isEmpty ? none : table([.words("party"), .words("without"), .words("with")], failing))</div></div>
      <h3>Whose money is another</h3>
      \(table([.words("who pays whom"), .figure("without"), .figure("with"), .figure("difference")], flows))
      <details><summary>All of it, as the command prints it</summary><div class="scroll" tabindex="0" role="group" \
      aria-label="\(report.name), as the command prints it"><pre>\(.lines(report.text(names)))</pre></div></details></section>

      """
  }
}
