internal import Drawing
internal import Reports
package import Tables

/// What was found in payments that somebody dropped: the answers of `ouro scan`, of its `--split` and of `ouro follow`, as
/// they are in JSON, in a reader's order.
package struct PaymentPage: Sendable, PageLayout {
  private let follow: @Sendable (_ payer: String, _ time: String, _ amount: String) -> String

  /// Views of payments.
  ///
  /// - Parameter follow: The address at which a sum is followed that somebody paid at a time.
  package init(
    follow: @escaping @Sendable (_ payer: String, _ time: String, _ amount: String) -> String
  ) {
    self.follow = follow
  }

  // MARK: Rings

  /// Payments one after another that come back to the first payer, the largest first, each drawn.
  package func rings(_ answer: JSONValue) -> HTML {
    let rings = answer.list("largest").map(PaymentRing.init(loop:))
    let counted = answer.whole("count")
    let told = counted > rings.count ? "The \(rings.count) largest" : "All"
    let shown: HTML =
      rings.isEmpty
      ? "<p>Try a longer time, or money that was split on its way.</p>"
      : section("found", "\(told), by the least payment on each", entries(rings))
    return """
      <p class="answer">\(Figures.count(counted, "loop")) within \(Self.stretch(answer)) among \(span(answer)).\
      \(answer["complete"] == .boolean(false) ? " INCOMPLETE: there may be more." : "")</p>
      \(notes(answer))\(shown)\(busiest(answer))
      """
  }

  private func entries(_ rings: [PaymentRing]) -> HTML {
    let pieces = rings.enumerated().map { place, ring -> HTML in
      """
      <article class="loop" id="\(ring.id)"><h3>\(place + 1). \(ring.title)</h3>
      <p>\(ring.sums) · \(ring.lasting) · <code>\(ring.id)</code></p><div class="beside">\(picture(ring))<div>\(payments(ring))</div></div></article>

      """
    }
    return "\(pieces)"
  }

  private func picture(_ ring: PaymentRing) -> HTML {
    guard let svg = ring.picture else { return "" }
    return """
      <figure id="picture-\(ring.id)"><div class="scroll" tabindex="0" role="group" aria-label="\(ring.title)">\
      \(HTML(markup: svg))</div></figure>
      """
  }

  /// The payments in the order of time, each leading on to where its money went.
  private func payments(_ ring: PaymentRing) -> HTML {
    let carries = ring.payments.contains { $0.carried != nil }
    let hasFiles = ring.payments.contains { $0.file != nil }
    let rows = ring.payments.enumerated().map { place, payment in
      Row(
        [
          "\(place + 1). \(payment.time.spaced)", "\(payment.payer) → \(payment.payee)",
          "\(payment.amount)",
        ]
          + (carries ? ["\(payment.carried ?? "")" as HTML] : [])
          + (hasFiles ? ["\(payment.file ?? "")" as HTML] : [])
          + [
            "\(payment.line)",
            link("follow it", to: follow(payment.payer, payment.time, payment.exact)),
          ]
      )
    }
    return table(
      [.words("when"), .words("who pays whom"), .figure("amount")]
        + (carries ? [.figure("of it this money")] : []) + (hasFiles ? [.words("file")] : [])
        + [.figure("line"), .words("where it went")],
      rows
    )
  }

  private func busiest(_ answer: JSONValue) -> HTML {
    let parties = answer.list("busiest").map { party in
      Row(["\(party.text("name") ?? party.text("id") ?? "")", "\(party.whole("loops"))"])
    }
    let lengths = (answer["by_length"]?.pairs ?? []).sorted { Int($0.key) ?? 0 < Int($1.key) ?? 0 }
      .map { Row(["\($0.key) payments", "\($0.value.text ?? "")"]) }
    let months = (answer["by_month"]?.pairs ?? []).sorted { $0.key < $1.key }
      .map { Row(["\($0.key)", "\($0.value.text ?? "")"]) }
    guard !parties.isEmpty || !lengths.isEmpty else { return "" }
    return section(
      "counted",
      "Who is on most, how long they are, and when they begin",
      """
      <div class="columns"><div>\(table([.words("party"), .figure("loops through it")], parties))</div>
      <div>\(table([.words("how long"), .figure("loops")], lengths))</div>
      <div>\(table([.words("first payment in"), .figure("loops")], months))</div></div>
      """
    )
  }

  // MARK: Split and rejoined

  /// The most money that can have left each party and come back, however it was split, the most first.
  package func split(_ answer: JSONValue) -> HTML {
    let found = answer.list("through_others").map(PaymentRing.init(finding:))
    let plain = answer.list("returned").map(PaymentRing.init(finding:))
    let none: HTML = "<p>Nothing that cannot have been plain back and forth between two.</p>"
    return """
      <p class="answer">\(Figures.count(answer.whole("through_others_count"), "return")) through others within \
      \(Self.stretch(answer)) among \(span(answer)).</p>
      \(notes(answer))\(section("found", "Through at least two others", found.isEmpty ? none : entries(found)))
      \(plain.isEmpty ? "" : section("any", "By any way, back and forth between two counted in", returns(plain)))
      """
  }

  private func returns(_ found: [PaymentRing]) -> HTML {
    let rows = found.map { ring in
      Row([
        "\(ring.title)", "\(ring.least)", "\(ring.total)", "\(ring.lasting)",
        link(
          "follow it",
          to: ring.payments.first.map { follow($0.payer, $0.time, $0.exact) }
        ),
      ])
    }
    return table(
      [
        .words("whose money"), .figure("came back"), .figure("left"), .words("when"),
        .words("where it went"),
      ],
      rows
    )
  }

  // MARK: A sum

  /// One sum by every rule side by side, and the payments that carried it by one of them.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - rule: The rule whose payments are drawn.
  ///   - choices: The address for each other rule.
  /// - Returns: The view.
  package func followed(
    _ answer: JSONValue,
    rule: String,
    choices: (String) -> String
  ) -> HTML {
    let rules = answer.list("rules")
    let trail = MoneyTrails(rules)
    let drawn = rules.first { $0.text("rule") == rule }
    let tabs = rules.compactMap { $0.text("rule") }.map { name -> HTML in
      let mark: HTML = name == rule ? " aria-current=\"true\"" : ""
      return "<a class=\"choice\" href=\"\(choices(name))\"\(mark)>\(name)</a> "
    }
    let poison: HTML =
      answer["poison"].map { poison in
        """
        <p>Poison, which conserves nothing: it can have touched \
        \(Figures.count(poison.list("parties").count, "party", "parties")), and \
        \(poison.amount("paid")) of payments.</p>
        """
      } ?? ""
    return """
      <p class="answer">\(answer.amount("amount")) \(answer.text("currency") ?? "") that \(answer.text("from") ?? "") paid on \
      \((answer.text("at") ?? "").spaced), followed by \(Figures.count(rules.count, "rule")) side by side.</p>
      \(notes(answer))\(section("where", "Where it is", "\(table(trail.columns, trail.rows))\(Self.ruleWords)"))\(poison)
      <div class="choices" role="group" aria-label="By which rule it is drawn">\(tabs)</div>
      \(drawn.map { section("steps", "The payments that carried it, by \(rule)", steps($0)) } ?? "")
      """
  }

  private static let ruleWords: HTML = """
    <p class="meta">pro-rata: of every balance its share · fifo: what came in first goes out first · lifo: what came in last goes \
    out first · lowest-balance: never more than the least that the account held since</p>
    """

  private func steps(_ rule: JSONValue) -> HTML {
    let steps = rule.list("payments")
    guard !steps.isEmpty else { return "<p>It did not go on.</p>" }
    let rows = steps.map { step in
      Row([
        "\((step.text("time") ?? "").spaced)",
        "\(step.text("payer") ?? "") → \(step.text("payee") ?? "")", "\(step.amount("traced"))",
        "\(step.amount("amount"))", "\(step.text("line") ?? "")",
      ])
    }
    let picture = MoneyTrails.picture(steps).map { svg -> HTML in
      """
      <figure id="picture-trail"><div class="scroll" tabindex="0" role="group" aria-label="Where the sum went">\
      \(HTML(markup: svg))</div></figure>
      """
    }
    return """
      \(picture ?? "")\(table(
        [.words("when"), .words("who pays whom"), .figure("of the sum"), .figure("payment"), .figure("line")],
        rows
      ))
      """
  }

  // MARK: What all say

  private static func stretch(_ answer: JSONValue) -> String {
    let seconds = answer.whole("within")
    let units = [(604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute")]
    guard let unit = units.dropFirst().first(where: { seconds % $0.0 == 0 && seconds >= $0.0 })
    else { return Figures.count(seconds, "second") }
    return Figures.count(seconds / unit.0, unit.1)
  }

  private func span(_ answer: JSONValue) -> String {
    let days = [answer.text("first"), answer.text("last")].compactMap { $0?.spaced }
    let currency = answer.text("currency").map { "in \($0) " } ?? ""
    return "\(Figures.count(answer.whole("payments"), "payment")) \(currency)between "
      + Figures.count(answer.whole("parties"), "party", "parties")
      + (days.count == 2 ? ", \(days[0]) to \(days[1])" : "")
  }

  private func notes(_ answer: JSONValue) -> HTML {
    // An option of the command is a field here.
    var words = (answer["notes"]?.elements ?? []).compactMap(\.text).map { note in
      note.replacing(#/ \(--[^)]*\)/#, with: "")
    }
    let left = answer.whole("rejected")
    if left > 0 { words.append("\(Figures.count(left, "row")) left out as no payments") }
    let items = words.map { "<li>\($0.prefix(1).uppercased() + $0.dropFirst()).</li>" as HTML }
    return items.isEmpty ? "" : "<ul class=\"notes\">\(items)</ul>"
  }
}

extension JSONValue {
  /// The values of a list under a key.
  func list(_ key: String) -> [JSONValue] { self[key]?.elements ?? [] }

  /// A text, or a number as it was written.
  func text(_ key: String) -> String? { self[key]?.text }

  /// A whole number; 0 where there is none.
  func whole(_ key: String) -> Int { self[key]?.text.flatMap { Int($0) } ?? 0 }

  /// An amount as people read it.
  func amount(_ key: String) -> String {
    self[key]?.text.flatMap { Double($0) }.map(Self.amount) ?? ""
  }

  /// An amount as people read it: of what is no whole number, two digits at least.
  static func amount(_ number: Double) -> String {
    let text = Figures.amount(number)
    let digits = text.split(separator: ".", omittingEmptySubsequences: false)
    return digits.count == 2 && digits[1].count == 1 ? text + "0" : text
  }
}

extension String {
  /// A moment as people read it: a blank between day and time, and no zone, since all are in one.
  var spaced: String {
    let bare = hasSuffix("Z") ? String(dropLast()) : self
    return bare.replacing("T", with: " ")
  }
}
