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
    """
  }

  private func table(_ items: [InboxItem]) -> HTML {
    let rows = items.map { item -> HTML in
      """
      <tr><th scope="row"><a href="/inbox/\(item.number)?\(asking.query)">\(item.number)</a></th>\
      <td class="words">\(Self.sides(item))</td><td class="words">\(Self.what(item))</td>\
      <td class="words">“\(item.fields["quote"] ?? "")”</td><td class="words">\(Self.state(item))</td></tr>

      """
    }
    let heads = ["number", "who", "what", "read from", "state"].map {
      "<th scope=\"col\" class=\"words\">\($0)</th>" as HTML
    }
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="Candidates"><table><thead><tr>\(heads)</tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }

  private static func sides(_ item: InboxItem) -> String {
    let cell = { (name: String) in item.fields[name] ?? "?" }
    return item.fields["table"] == "facts" ? cell("party") : "\(cell("payer")) → \(cell("payee"))"
  }

  private static func what(_ item: InboxItem) -> String {
    let names =
      item.fields["table"] == "facts"
      ? ["metric", "low", "unit"] : ["kind", "status", "low", "unit"]
    return names.compactMap { item.fields[$0] }.joined(separator: " ")
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
    let item = try Inbox.item(asking.id, among: try asking.house.log.inbox())
    let contents = asking.edition.opened.contents
    let passage: HTML = """
      <blockquote>… \(item.fields["before"] ?? "")<mark>\(item.fields["quote"] ?? "")</mark>\(item.fields["after"] ?? "") …\
      </blockquote><p class="meta">\(item.fields["because"] ?? "")</p>
      """
    let known = Standing.claims(of: item.fields, in: contents, target: .found).map {
      claim -> HTML in
      "<li><a href=\"/row/\(claim.claim)?\(asking.query)\">\(claim.claim)</a>\(String(claim.text.dropFirst(claim.claim.count)))</li>"
    }
    let beside: HTML =
      known.isEmpty ? "<p>The book knows no such deal.</p>" : "<ul class=\"rows\">\(known)</ul>"
    guard item.state == .open else {
      let undo: HTML =
        if case .accepted = item.state {
          "<p>Undoing the last batch in the <a href=\"/history?\(asking.query)\">history</a> lets it wait again.</p>"
        } else { "" }
      return """
        \(passage)<p class="answer">Candidate \(item.number) was \(Self.state(item)).</p>\(undo)
        <p><a href="/inbox?\(asking.query)">Back to the inbox</a></p>
        """
    }
    return """
      \(passage)\(section("would", "What accepting it would change", try effect(item)))
      \(section("known", "What the book knows of the deal", beside))
      \(section("decide", "Decide", decision(item)))
      """
  }

  private func effect(_ item: InboxItem) throws -> HTML {
    let contents = asking.edition.opened.contents
    let effect: CandidateEffect
    do {
      let rows = try Acceptance(
        item.fields,
        number: item.number,
        into: contents,
        readOn: contents.lastReport
      ).rows()
      effect = try CandidateEffect(before: contents, adding: rows)
    } catch let error as AcceptanceError {
      effect = CandidateEffect(missing: error.description)
    }
    let lines = effect.text.split(separator: "\n").map { "<p>\(String($0))</p>" as HTML }
    return "\(lines)"
  }

  private func decision(_ item: InboxItem) -> HTML {
    let columns =
      item.fields["table"] == "facts"
      ? ["party", "counterparty", "metric", "low", "high", "unit", "start", "end"]
      : [
        "payer", "payee", "kind", "status", "level", "low", "high", "currency", "start", "end",
        "deal", "says", "about",
      ]
    let always = ["teller", "publisher", "published", "title", "url", "note", "inside"]
    let others = item.fields.keys.filter {
      !Inbox.fixed.contains($0) && !columns.contains($0) && !always.contains($0)
    }.sorted()
    let inputs = (columns + always + others).map { name -> HTML in
      let list: HTML =
        ["payer", "payee", "party", "counterparty"].contains(name) ? " list=\"parties\"" : ""
      return """
        <label>\(name.replacing("_", with: " ")) <input name="cell-\(name)" value="\(item.fields[name] ?? "")" \
        maxlength="1000"\(list)></label>

        """
    }
    let parties = asking.edition.opened.contents.parties.map { party -> HTML in
      "<option value=\"\(party.id)\">\(party.name)</option>"
    }
    return """
      <form class="cells" action="/inbox/\(item.number)/accept" method="post">\(inputs)
      <label>as a claim about <select name="target"><option value="">the deal it names, else a new one</option>\
      <option value="new">a new deal</option></select></label>
      <label>why, for the history <input name="reason" maxlength="500"></label>
      <button>Accept</button></form><datalist id="parties">\(parties)</datalist>
      <form class="find" action="/inbox/\(item.number)/reject" method="post"><label>Why not \
      <input name="reason" maxlength="500" required></label> <button>Reject</button></form>
      """
  }
}
