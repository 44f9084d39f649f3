internal import Books
internal import Claims
internal import Pages
internal import Reports

/// The cells of a candidate, to be corrected and accepted, or rejected.
struct CandidateForm {
  private let item: InboxItem
  private let asking: Asking

  init(_ item: InboxItem, _ asking: Asking) { (self.item, self.asking) = (item, asking) }

  private static let choices: [String: [String]] = [
    "kind": Deal.Kind.allCases.map(\.rawValue), "status": Claim.Status.allCases.map(\.rawValue),
    "level": Claim.Level.allCases.map(\.rawValue), "says": Claim.Relation.allCases.map(\.rawValue),
  ]
  private static let hints = [
    "low": "1.5bn", "high": "1.5bn", "published": "2026-09-03", "start": "2025", "end": "2027-06",
    "inside": "ids of new parties of the sector",
  ]
  private static let lists = [
    "payer": "parties", "payee": "parties", "party": "parties", "counterparty": "parties",
    "teller": "parties", "deal": "deals",
  ]

  /// The form.
  var html: HTML {
    let columns =
      item.fields["table"] == "facts"
      ? ["party", "counterparty", "metric", "low", "high", "unit", "start", "end"]
      : [
        "payer", "payee", "kind", "status", "level", "low", "high", "currency", "start", "end",
        "deal", "says", "about",
      ]
    let always = ["publisher", "published", "teller", "title", "url", "note", "inside"]
    let others = item.fields.keys.filter {
      !Inbox.fixed.contains($0) && !columns.contains($0) && !always.contains($0)
    }.sorted()
    let contents = asking.edition.opened.contents
    let parties = contents.parties.map { "<option value=\"\($0.id)\">\($0.name)</option>" as HTML }
    let deals = contents.deals.map { "<option value=\"\($0.id)\">\($0.title)</option>" as HTML }
    return """
      <form class="cells" action="/inbox/\(item.number)/accept" method="post">\((columns + always).map(field))
      <label>as a claim about <select name="target"><option value="">the deal it names, else a new one</option>\
      <option value="new">a new deal</option></select></label>
      <label>why, for the history <input name="reason" maxlength="500"></label>
      <details><summary>How it was read</summary><div class="cells">\(others.map(field))</div></details>
      <button>Accept</button></form><datalist id="parties">\(parties)</datalist><datalist id="deals">\(deals)</datalist>
      <form class="find" action="/inbox/\(item.number)/reject" method="post"><label>Why not \
      <input name="reason" maxlength="500" required></label> <button>Reject</button></form>
      """
  }

  private func field(_ name: String) -> HTML {
    let value = item.fields[name] ?? ""
    let isNeeded = ["publisher", "published"].contains(name)
    let words: HTML =
      "\(name.replacing("_", with: " "))\(isNeeded ? " <small>needed</small>" as HTML : "")"
    if let choices = Self.choices[name], value.isEmpty || choices.contains(value) {
      let options = ([""] + choices).map { choice -> HTML in
        "<option\(choice == value ? " selected" as HTML : "")>\(choice)</option>"
      }
      return "<label>\(words) <select name=\"cell-\(name)\">\(options)</select></label>\n"
    }
    let list: HTML = Self.lists[name].map { " list=\"\($0)\"" } ?? ""
    return """
      <label>\(words) <input name="cell-\(name)" value="\(value)" maxlength="1000" \
      placeholder="\(Self.hints[name] ?? "")"\(list)\(isNeeded ? " required" as HTML : "")></label>

      """
  }
}
