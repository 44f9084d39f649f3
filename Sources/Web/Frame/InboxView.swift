internal import Books
internal import Claims
internal import Pages
internal import Readers
internal import Reports

/// The inbox: candidates read out of documents, and one of them with all that helps to decide.
struct InboxView {
  private let asking: Asking

  init(_ asking: Asking) { self.asking = asking }

  // MARK: All

  /// What waits, and where to put more in.
  func list() throws -> HTML {
    guard !asking.house.isFolder else { return folder }
    let items = try asking.house.log.inbox()
    let waiting = items.filter { $0.state == .open }
    let decided = items.filter { $0.state != .open }
    return """
      \(form)
      <section aria-labelledby="waiting"><h2 id="waiting">Waiting: \(waiting.count)</h2>\
      \(waiting.isEmpty ? Self.nothing : table(waiting))</section>
      \(decided.isEmpty ? "" : section("decided", "Decided: \(decided.count)", table(decided)))
      """
  }

  private static let nothing: HTML = "<p>Nothing waits.</p>"

  private func section(_ id: String, _ title: String, _ body: HTML) -> HTML {
    "<section aria-labelledby=\"\(id)\"><h2 id=\"\(id)\">\(title)</h2>\(body)</section>"
  }

  private var folder: HTML {
    """
    <p class="answer">A book folder has no inbox: it is edited by hand and kept in git.</p>
    <p>See what a document says with <code>ouro read --book FOLDER</code>, or import the folder first:
    <code>ouro import FOLDER NAME.ouro</code>, then <code>ouro serve NAME.ouro</code>.</p>
    """
  }

  private var form: HTML {
    """
    <form class="read" action="/inbox/read" method="post"><label>Paste an article, a release or a passage of a filing, \
    or drop a file here<textarea name="text" rows="6" required></textarea></label>
    <div class="find"><label>Published by <input name="publisher" maxlength="200"></label>
    <label>on <input type="date" name="published"></label>
    <label>at <input type="url" name="url" maxlength="600" placeholder="https://…"></label>
    <button>Read</button></div></form>
    <p class="meta">Nothing enters the book before somebody accepts it, and nothing is accepted without a publisher and a day.</p>
    """
  }

  private func table(_ items: [InboxItem]) -> HTML {
    let rows = items.map { item -> HTML in
      """
      <tr><th scope="row"><a href="/inbox/\(item.number)?\(asking.query)">\(item.number). \(sides(item))</a></th>\
      <td class="words" data-label="what">\(Self.what(item))</td>\
      <td class="words" data-label="read from">“\(item.fields["quote"] ?? "")”</td>\
      <td class="words" data-label="state">\(Self.state(item))</td></tr>

      """
    }
    let heads = ["candidate", "what", "read from", "state"].map {
      "<th scope=\"col\" class=\"words\">\($0)</th>" as HTML
    }
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="Candidates"><table><thead><tr>\(heads)</tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }

  /// Who pays whom, or of whom a figure is, by the names of the book.
  private func sides(_ item: InboxItem) -> String {
    let parties = asking.edition.opened.contents.parties
    let name = { (cell: String) -> String in
      let id = item.fields[cell] ?? "?"
      return item.fields["\(cell)_name"] ?? parties.first { $0.id == id }?.name ?? id
    }
    return item.fields["table"] == "facts" ? name("party") : "\(name("payer")) → \(name("payee"))"
  }

  /// What it says, its amount as people read it.
  private static func what(_ item: InboxItem) -> String {
    let names = item.fields["table"] == "facts" ? ["metric"] : ["kind", "status"]
    let bound = { (cell: String) in item.fields[cell].flatMap { Bound(text: $0) } }
    let (low, high) = (bound("low"), bound("high"))
    let unit = item.fields["unit"] ?? item.fields["currency"] ?? ""
    let amount =
      low == nil && high == nil
      ? nil : CandidateText.amount(low, high, unit, per: item.fields["per"])
    return (names.map { item.fields[$0] } + [amount]).compactMap(\.self).joined(separator: ", ")
  }

  private static func state(_ item: InboxItem) -> String {
    switch item.state {
    case .open: "waits"
    case .accepted(let batch): "accepted with batch \(batch)"
    case .rejected(let reason): "rejected: \(reason)"
    }
  }

  // MARK: One

  /// One candidate: its words, its cells to correct, what the book knows of the deal, and what it would change.
  func candidate() throws -> HTML {
    guard !asking.house.isFolder else { return folder }
    let items = try asking.house.log.inbox()
    let item = try Inbox.item(asking.id, among: items)
    let passage: HTML = """
      <p class="answer"><b>\(sides(item))</b>: \(Self.what(item))</p>
      <blockquote>… \(item.fields["before"] ?? "")<mark>\(item.fields["quote"] ?? "")</mark>\(item.fields["after"] ?? "") …\
      </blockquote><p class="meta">Read so by the rule “\(item.fields["because"] ?? "")”.</p>
      """
    guard item.state == .open else {
      return "\(place(item, items))\(passage)\(try decided(item))"
    }
    return """
      \(place(item, items))\(passage)\(section("would", "What accepting it would change", try effect(item)))
      \(section("known", "What the book knows of the deal", known(item)))
      \(section("decide", "Decide", CandidateForm(item, asking).html))
      """
  }

  /// Where it stands among those that wait.
  private func place(_ item: InboxItem, _ items: [InboxItem]) -> HTML {
    let waiting = items.filter { $0.state == .open && $0.number != item.number }
    let next = waiting.first { $0.number > item.number } ?? waiting.first
    let link: HTML =
      next.map { next in
        "<a href=\"/inbox/\(next.number)?\(asking.query)\">The next that waits: \(next.number)</a>"
      } ?? "Nothing else waits."
    return "<p>\(link) · <a href=\"/inbox?\(asking.query)\">All \(items.count)</a></p>\n"
  }

  private func known(_ item: InboxItem) -> HTML {
    let contents = asking.edition.opened.contents
    let lines = Standing.claims(of: item.fields, in: contents, target: .found).map {
      claim -> HTML in
      "<li><a href=\"/row/\(claim.claim)?\(asking.query)\">\(claim.claim)</a>\(String(claim.text.dropFirst(claim.claim.count)))</li>"
    }
    guard let deal = contents.deals.first(where: { $0.id == item.fields["deal"] }), !lines.isEmpty
    else { return "<p>The book knows no such deal.</p>" }
    return """
      <p><a href="/deal/\(deal.id)?\(asking.query)">\(deal.title)</a></p><ul class="rows">\(lines)</ul>
      """
  }

  /// What became of a candidate that was decided, and where that is undone.
  private func decided(_ item: InboxItem) throws -> HTML {
    let told: HTML = "<p class=\"answer\">Candidate \(item.number) was \(Self.state(item)).</p>"
    guard case .accepted(let batch) = item.state else { return told }
    let entries = try asking.house.log.entries().filter { $0.batch == batch }
    let rows = entries.map { entry -> HTML in
      """
      <li>\(BookPage.singular(entry.table)) <a href="/row/\(entry.id)?\(asking.query)">\(entry.id)</a></li>

      """
    }
    let contents = asking.edition.opened.contents
    let added = Set(entries.map { "\($0.table) \($0.id)" })
    let lines = try CandidateEffect(of: added, in: contents).map { effect -> [HTML] in
      effect.changes.map { "<li>\($0)</li>" }
    }
    return """
      \(told)<p>It added:</p><ul>\(rows)</ul>
      \(lines.map { section("did", "What it changed", "<ul>\($0)</ul>") } ?? "")
      <p>Undoing the last batch in the <a href="/history?\(asking.query)">history</a> lets it wait again.</p>
      """
  }

  private func effect(_ item: InboxItem) throws -> HTML {
    let contents = asking.edition.opened.contents
    do {
      let rows = try Acceptance(
        item.fields,
        number: item.number,
        into: contents,
        readOn: contents.lastReport
      ).rows()
      let effect = try CandidateEffect(before: contents, adding: rows)
      let lines = effect.text.split(separator: "\n").map { "<p>\(String($0))</p>" as HTML }
      return "\(lines)"
    } catch let error as AcceptanceError {
      return "<p>It cannot be accepted yet. \(Inbox.words(error))</p>"
    }
  }
}
