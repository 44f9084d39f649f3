internal import Claims
package import Drawing
internal import Networks
package import Reports

/// The map of a day, its loops, and what runs between some parties.
extension BookPage {
  /// How the map is drawn.
  package enum MapKind: String, CaseIterable, Sendable {
    case sankey, network, chord

    /// What it is called.
    var words: String {
      switch self {
      case .sankey: "Streams"
      case .network: "Network"
      case .chord: "Circle"
      }
    }

    /// How it is read.
    var reading: String {
      let all = "a dashed edge is disputed. Each party and each flow leads to what is said of it."
      return switch self {
      case .sankey:
        "Widths are dollars, to the scale in the picture. What turns back to an earlier payer runs around. Hatched flows "
          + "are filled in from totals, estimated, or rest on an assumption; \(all)"
      case .network:
        "Lines are as thick as what is paid, to the scale in the picture. Hollow lines are filled in from totals, estimated, "
          + "or rest on an assumption; \(all)"
      case .chord:
        "Arcs and ribbons are as wide as what is paid, to the scale in the picture. Hatched ribbons are filled in from "
          + "totals, estimated, or rest on an assumption; \(all)"
      }
    }

    /// Draws flows.
    package func draw(_ diagram: FlowDiagram, _ options: FlowOptions) -> Picture {
      switch self {
      case .sankey: diagram.sankey(options)
      case .network: diagram.network(options)
      case .chord: diagram.chord(options)
      }
    }
  }

  /// The flows of a footing as a diagram, each mark leading to its view.
  ///
  /// - Parameters:
  ///   - footing: The network.
  ///   - loop: The parties of a loop that is lit.
  ///   - focus: Only flows to and from this party.
  /// - Returns: The diagram.
  /// - Throws: ``FlowDiagramError``, which a network of a ledger does not give.
  package func diagram(
    _ footing: Footing,
    loop: [String] = [],
    focus: String? = nil
  ) throws(FlowDiagramError) -> FlowDiagram {
    let what =
      footing.kind.isPromised ? "Promised and still to run" : "Flows of \(footing.period)"
    return try FlowPictures(footing, links: addresses).diagram(
      title: "\(what), \(asKnown)",
      loop: loop,
      focus: focus
    )
  }

  /// As of when, by whose word and by which policy, where they are not as usual.
  private var asKnown: String {
    let told = view.request.toldBy.joined(separator: ", ")
    return "as known on \(view.request.asOf)\(told.isEmpty ? "" : ", told by \(told)")"
      + (view.request.policy == .reported ? "" : ", policy \(view.request.policy.rawValue)")
  }

  /// The map: who pays whom, what comes back lit by its name.
  ///
  /// - Parameters:
  ///   - footing: The network.
  ///   - loops: Its largest loops.
  ///   - kind: How it is drawn.
  ///   - chosen: The place of the loop that is lit, from 1.
  ///   - focus: Only flows to and from this party.
  /// - Returns: The view.
  /// - Throws: ``FlowDiagramError``, which a network of a ledger does not give.
  package func map(
    _ footing: Footing,
    _ loops: [EconomyReport.Loop],
    kind: MapKind,
    chosen: Int?,
    focus: String?
  ) throws(FlowDiagramError) -> HTML {
    let loop = chosen.flatMap { loops.indices.contains($0 - 1) ? loops[$0 - 1] : nil }
    let drawn = try diagram(footing, loop: loop?.parties ?? [], focus: focus)
    let svg = kind.draw(drawn, flowOptions("map")).svg
    let more = { (kind: MapKind, chosen: Int?) -> String in
      let focus = focus.map { "&focus=\($0)" } ?? ""
      return "kind=\(kind.rawValue)\(chosen.map { "&loop=\($0)" } ?? "")\(focus)"
    }
    let kinds = MapKind.allCases.map { other -> HTML in
      choice(other.words, address("/map", more(other, chosen)), isChosen: other == kind)
    }
    let lit = loops.enumerated().map { index, loop -> HTML in
      let isChosen = chosen == index + 1
      let address = address("/map", more(kind, isChosen ? nil : index + 1))
      let words = "\(names.round(loop.parties)) · \(loop.amountWords) · \(loop.gradeWords)"
      return "<li>\(choice(words, address, isChosen: isChosen))</li>"
    }
    let picture =
      drawn.flows.isEmpty
      ? "<p class=\"answer\">Nothing is known to run between these companies in \(footing.period).</p>"
      : figure(focus == nil ? "map" : "of-one", drawn.title, svg, kind.reading)
    let none: HTML = "<p>No money is known to come back around.</p>"
    return """
      <div class="find"><div class="choices" role="group" aria-label="How it is drawn">\(kinds)</div>
      \(focusing(footing, kind, focus))</div>
      \(picture)
      <section aria-labelledby="lit"><h2 id="lit">Loops: choose one to light it</h2>
      \(lit.isEmpty ? none : "<ul class=\"chips\">\(lit)</ul>")</section>
      """
  }

  /// The question whose flows alone are to be drawn.
  private func focusing(_ footing: Footing, _ kind: MapKind, _ focus: String?) -> HTML {
    let parties = footing.ledger.parties.sorted { names.shortName($0) < names.shortName($1) }
    let options = parties.map { id -> HTML in
      let mark: HTML = id == focus ? " selected" : ""
      return "<option value=\"\(id)\"\(mark)>\(names.shortName(id))</option>"
    }
    return """
      <form action="/map" method="get" class="focus">\(hidden)<input type="hidden" name="kind" value="\(kind.rawValue)">\
      <label>Only flows of <select name="focus"><option value="">all</option>\(options)</select></label> \
      <button>Draw</button></form>
      """
  }

  /// One of several, the chosen one marked.
  func choice(_ words: String, _ address: String, isChosen: Bool) -> HTML {
    let mark: HTML = isChosen ? " aria-current=\"true\"" : ""
    guard let address = Address(address)?.text else { return "\(words)" }
    return "<a class=\"choice\" href=\"\(address)\"\(mark)>\(words)</a> "
  }

  private static let loopWords =
    "What goes round is the least amount on a loop; its grade is that of its weakest payment."

  /// The loops, each drawn with the money that goes round.
  ///
  /// - Parameters:
  ///   - report: The loops.
  ///   - footing: The network they are of.
  /// - Returns: The view.
  /// - Throws: ``FlowDiagramError``, which a network of a ledger does not give.
  package func loops(_ report: LoopReport, _ footing: Footing) throws(FlowDiagramError) -> HTML {
    var entries: [HTML] = []
    for (index, loop) in report.loops.enumerated() {
      var options = flowOptions("loop-\(index + 1)")
      (options.width, options.height, options.hasTitle) = (640, 240, false)
      let title = "Loop \(index + 1)"
      let diagram = try FlowPictures(footing, links: addresses).diagram(of: loop, title: title)
      let map = address("/map", "kind=sankey&loop=\(index + 1)")
      entries.append(
        """
        <article class="loop" id="loop-\(index + 1)"><h2>\(index + 1). \(names.round(loop.parties))</h2>
        <p>Goes round: <strong>\(loop.amountWords)</strong> <span class="mark">\(loop.gradeWords)</span> · \
        \(link("on the map", to: map)) · \(link("what runs between them", to: addresses.round(loop.parties)))</p>
        <div class="beside">\(figure("loop-\(index + 1)", title, diagram.sankey(options).svg))\
        <div>\(flowTable(loop.payments))</div></div></article>

        """
      )
    }
    let counted = report.complete ? "\(report.count)" : "More than \(report.count)"
    let lengths = report.byLength.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
      .map { "\($0.value) of \($0.key) parties" }.joined(separator: ", ")
    let ranges = report.parties.map { party in
      let words = party.low.flatMap { low in party.high.map { Figures.dollars(low, $0) } }
      return Row([named(party.id), "\(words ?? "too much work to say")"])
    }
    return """
      <p class="answer">\(counted) \(report.count == 1 ? "loop" : "loops") in \
      \(report.period)\(lengths.isEmpty ? "" : ": \(lengths)"), \(asKnown). \
      \(report.count == 0 ? "No money is known to come back around." : Self.loopWords)</p>
      \(why)\(entries)
      \(ranges.isEmpty ? "" : section(
        "at-each",
        "How much goes round at each party, counting each dollar on one loop only",
        table([.words("party"), .figure("dollars")], ranges)
      ))
      """
  }

  /// The question why some parties make no loop.
  private var why: HTML {
    let boxes = (1...3).map { number -> HTML in
      """
      <label>\(["", "from", "to", "and on to"][number]) <input name="party" list="parties" \
      autocomplete="off"\(number < 3 ? " required" : "")></label>
      """
    }
    return """
      <details class="ask"><summary>Why is this not a loop?</summary>
      <form action="/path" method="get">\(hidden)\(boxes) <button>Look</button></form></details>
      """
  }

  /// The question as hidden fields of a form.
  var hidden: HTML {
    let fields = query.split(separator: "&").map { pair -> HTML in
      let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
      let value = sides.count > 1 ? sides[1].removingPercentSigns : ""
      return "<input type=\"hidden\" name=\"\(sides[0])\" value=\"\(value)\">"
    }
    return "\(fields)"
  }

  /// What runs between some parties, and what is missing for a loop.
  package func path(_ report: PathReport) -> HTML {
    let rounds = report.rounds.map { round -> HTML in
      let words: HTML
      if let amount = round.amount {
        words = "a loop, <strong>\(money(amount))</strong> on its least payment"
      } else if let promised = round.promised {
        words = """
          no loop of what moved; of what is promised, at most <strong>\(money(promised))</strong> on its \
          least payment
          """
      } else {
        let missing = round.missing.map { "\(names.name($0[0])) → \(names.name($0[1]))" }
        words =
          missing.isEmpty
          ? "no loop; some payments are only promised"
          : "no loop; nothing is known of \(missing.joined(separator: ", "))"
      }
      return "<p class=\"answer\">\(names.round(round.parties)): \(words).</p>\n"
    }
    let hops = report.hops.map { hop -> HTML in
      let deals = hop.deals.map { deal -> Row in
        let why = report.hops.isEmpty ? "" : hop.leftOut[deal.id] ?? ""
        return Row([
          self.deal(deal), "\(deal.kind)", "\(deal.account)\(deal.disputed ? "; disputed" : "")",
          "\(why)", links(deal.claims),
        ])
      }
      return """
        <article><h2>\(named(hop.payer)) → \(named(hop.payee))</h2>
        <dl class="pairs"><dt>moved in \(report.period)</dt><dd>\(stated(hop.moved))</dd>\
        <dt>promised</dt><dd>\(stated(hop.promised))</dd></dl>
        \(deals.isEmpty ? "<p>No deal between them that way.</p>" : table(
          [
            .words("deal"), .words("kind"), .words("as it stands"), .words("why it carries nothing"),
            .words("rows of the book"),
          ],
          deals
        ))</article>

        """
    }
    return "\(rounds)\(hops)"
  }

  private func stated(_ line: FlowLine?) -> HTML {
    guard let line else { return "nothing" }
    let range: HTML = line.rangeWords.isEmpty ? "" : " (\(line.rangeWords))"
    return """
      <strong>\(line.amountWords)</strong>\(range), \(line.gradeWords)\(line.disputed ? ", disputed" : "") \
      <div class="cited">\(links(line.evidence))</div>
      """
  }
}

extension String {
  /// The text that an address of ours holds, without its percent signs.
  fileprivate var removingPercentSigns: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
