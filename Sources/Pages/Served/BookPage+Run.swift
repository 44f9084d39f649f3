internal import Drawing
internal import Projection
package import Reports

/// A scenario that was run: what it changes, who is hit when, its bands, and the outside money needed.
extension BookPage {
  /// A run that is done.
  ///
  /// - Parameters:
  ///   - report: What the scenario changes.
  ///   - needed: The outside money needed; `nil` where nobody's cash is known.
  ///   - month: The month of which the map is, as `2027-05`; the last by default.
  ///   - id: What stands before every id, where a page has several runs.
  ///   - address: The address of the same run with the map of another month.
  /// - Returns: The view.
  /// - Throws: ``FanChartError`` and ``FlowDiagramError``, which a run does not give.
  package func run(
    _ report: ScenarioReport,
    _ needed: NeededReport?,
    month: String?,
    id: String,
    address: (String) -> String
  ) throws -> HTML {
    let subtitle = "\(report.name) · \(report.chanceAfter.paths) paths · as known on \(report.asOf)"
    let pictures = try ProjectionPictures(
      names,
      subtitle: subtitle,
      prefix: "\(id)-",
      hasStyle: false
    ).all(of: report).map(figure)
    return """
      \(scenario(report, id: id))
      \(section("\(id)-spread", "Who is hit, month by month", try spread(report, month: month, id: id, address)))
      \(needed.map { section("\(id)-needed", "Outside money needed", money(needed: $0)) } ?? "")
      \(pictures.isEmpty ? "" : section("\(id)-bands", "Half of the paths, and nine in ten", "\(pictures)"))
      """
  }

  private func money(needed: NeededReport) -> HTML {
    """
    <p class="answer">\(needed.answerWords)</p>
    \(needed.money.parties.isEmpty ? "" : ProjectionPage.table(of: needed.money, names))
    """
  }

  /// Two runs in figures, side by side.
  package func compared(
    _ left: (report: ScenarioReport, needed: NeededReport?, words: String),
    _ right: (report: ScenarioReport, needed: NeededReport?, words: String)
  ) -> HTML {
    let both = [left, right]
    func row(_ words: String, _ value: (ScenarioReport, NeededReport?) -> String) -> Row {
      Row(["\(words)"] + both.map { "\(value($0.report, $0.needed))" })
    }
    let summary =
      [
        row("paid inside, all draws at their middle") { report, _ in money(report.inside.after) },
        row("of it on loops") { report, _ in Figures.percent(report.closedLoopShare.after) },
        row("somebody fails, of the paths") { report, _ in
          Figures.percent(report.chanceAfter.somebodyFails)
        },
        row("lost, on average") { report, _ in money(report.chanceAfter.lossMean) },
        row("lost, nineteen paths in twenty at most") { report, _ in
          money(report.chanceAfter.loss95)
        },
      ]
      + (both.allSatisfy { $0.needed == nil }
        ? []
        : [
          row("outside money needed") { _, needed in
            needed.map { money($0.money.total) } ?? "not known"
          }
        ])
    let shares = both.map { side in
      Dictionary(uniqueKeysWithValues: side.report.chanceAfter.parties.map { ($0.id, $0.fails) })
    }
    let failing = Set(shares.flatMap { $0.filter { $0.value > 0 }.keys }).sorted {
      (shares[1][$1] ?? 0, $0) < (shares[1][$0] ?? 0, $1)
    }
    let odds = failing.map { party in
      Row([named(party)] + shares.map { "\(Figures.percent($0[party] ?? 0))" })
    }
    let heads = both.map { Column.figure($0.words) }
    return """
      \(table([.words("")] + heads, summary))
      \(odds.isEmpty ? "" : section("fails", "Has failed by the end, of the paths", table([.words("party")] + heads, odds)))
      """
  }

  // MARK: Month by month

  /// What became of a party by a month, from the worst.
  fileprivate enum Fate: String, CaseIterable {
    case failed = "has failed"
    case forced = "forced loss"
    case risk = "at risk"
    case unknown = "nobody can know"
    case holds = "holds"

    /// What it means.
    var meaning: String {
      switch self {
      case .failed: "has failed by then with all draws at their middle"
      case .forced: "somebody who failed owed it money that did not come"
      case .risk: "has failed by then on some of the paths, and not on the middle one"
      case .unknown:
        "its cash, receipts or spending are known to nobody, so that it cannot be told to fail or to hold"
      case .holds: "on every path"
      }
    }
  }

  private func spread(
    _ report: ScenarioReport,
    month: String?,
    id: String,
    _ address: (String) -> String
  ) throws -> HTML {
    let months = report.chanceAfter.parties.first?.cash.map(\.month) ?? []
    guard let last = months.last else {
      return "<p>Nobody's cash is known, so that nobody can be told to fail or to hold.</p>"
    }
    let shown = month.flatMap { months.contains($0) ? $0 : nil } ?? last
    let fates = fates(report, by: shown)
    let marks =
      [months.first, report.after.failures.first?.month].compactMap(\.self)
      + months.indices.filter { $0 % 6 == 5 }.map { months[$0] }
    let chips = Set(marks + [last, shown]).sorted().map { month in
      "<li>\(choice(month, address(month), isChosen: month == shown))</li>" as HTML
    }
    return """
      <ul class="chips" aria-label="Months">\(chips)</ul>
      \(try map(report, fates, shown, id))\(fateTable(fates, report, shown))\(failures(report, by: shown))
      """
  }

  private func fates(_ report: ScenarioReport, by month: String) -> [(party: String, fate: Fate)] {
    let risk = Dictionary(
      uniqueKeysWithValues: report.chanceAfter.parties.map { party in
        (party.id, party.cash.last { $0.month <= month }?.failed ?? 0)
      }
    )
    let links = report.after.failures.filter { $0.month <= month }.flatMap(\.links)
    let unpaid = Set(links.filter { $0.amount > 0 }.map(\.to))
    return report.after.parties.map { party in
      let fate: Fate =
        if let failed = party.failed, failed <= month {
          .failed
        } else if unpaid.contains(party.id) {
          .forced
        } else if risk[party.id] ?? 0 > 0 {
          .risk
        } else {
          party.tracked ? .holds : .unknown
        }
      return (party.id, fate)
    }
  }

  private func map(
    _ report: ScenarioReport,
    _ fates: [(party: String, fate: Fate)],
    _ month: String,
    _ id: String
  ) throws -> HTML {
    let flows = report.after.flows.filter { $0.payer != $0.payee }.prefix(60)
    let drawn = Set(flows.flatMap { [$0.payer, $0.payee] })
    let nodes = fates.filter { drawn.contains($0.party) }.map { party, fate in
      FlowDiagram.Node(
        id: party,
        label: names.shortName(party),
        group: fate.rawValue,
        href: addresses.party(party)
      )
    }
    let known = Set(nodes.map(\.id))
    let diagram = try FlowDiagram(
      title: "Who is hit by \(month), and what these pay one another from \(report.months)",
      nodes: nodes,
      flows: flows.filter { known.contains($0.payer) && known.contains($0.payee) }.map { flow in
        FlowDiagram.Flow(
          source: flow.payer,
          target: flow.payee,
          amount: flow.amount,
          href: addresses.pair(flow.payer, flow.payee)
        )
      },
      groups: Fate.allCases.map(\.rawValue)
    )
    var options = flowOptions("\(id)-spread")
    options.height = 560
    return figure("\(id)-spread", diagram.title, diagram.sankey(options).svg)
  }

  private func fateTable(
    _ fates: [(party: String, fate: Fate)],
    _ report: ScenarioReport,
    _ month: String
  ) -> HTML {
    let shares = Dictionary(
      uniqueKeysWithValues: report.chanceAfter.parties.map { ($0.id, $0) }
    )
    let rows = Fate.allCases.flatMap { fate in
      fates.filter { $0.fate == fate }.map { party, _ in
        let share = shares[party]?.cash.last { $0.month <= month }?.failed
        return Row([
          named(party), "<span class=\"fate \(fate.look)\">\(fate.rawValue)</span>",
          "\(share.map { Figures.percent($0) } ?? "cannot be told")",
        ])
      }
    }
    let meanings = Fate.allCases.map { fate -> HTML in
      "<dt><span class=\"fate \(fate.look)\">\(fate.rawValue)</span></dt><dd>\(fate.meaning)</dd>"
    }
    return """
      <div class="columns"><div>\(table(
        [.words("party"), .words("by \(month)"), .figure("has failed, of the paths")],
        rows
      ))</div><dl class="pairs">\(meanings)</dl></div>
      """
  }

  /// Who failed, in order, and who did not get what was owed.
  private func failures(_ report: ScenarioReport, by month: String) -> HTML {
    let rows = report.after.failures.filter { $0.month <= month }.flatMap { event in
      let who = event.failed.map(named) ?? ""
      let unpaid = event.links.isEmpty ? [nil] : event.links.map { Optional($0) }
      return unpaid.enumerated().map { place, link in
        Row([
          "\(event.month)", place == 0 ? who : "",
          "\(place == 0 ? event.words : "")", link.map { pair($0.from, $0.to) } ?? "",
          "\(link.map { money($0.amount) } ?? "")",
        ])
      }
    }
    guard !rows.isEmpty else {
      return "<p>With all draws at their middle nobody whose cash is known has failed by then.</p>"
    }
    return table(
      [
        .words("month"), .words("who fails"), .words("how"), .words("through what is not paid"),
        .figure("dollars"),
      ],
      rows
    )
  }
}

extension BookPage.Fate {
  /// The class of its mark.
  fileprivate var look: String {
    switch self {
    case .failed: "failed"
    case .forced: "forced"
    case .risk: "risk"
    case .unknown: "unknown"
    case .holds: "holds"
    }
  }
}
