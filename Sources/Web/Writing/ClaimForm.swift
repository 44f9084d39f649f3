internal import Books
internal import Claims
internal import Pages
internal import Readers

/// A claim written by hand: as a line of plain words, or cell by cell; the same rows as `ouro add` makes.
enum ClaimForm {
  /// Adds the rows of a line of plain words.
  static func addWords(_ writing: Writing) throws -> String {
    guard let words = writing.fields["words"] else {
      throw Refusal(422, "Write a line as \(PlainSentence.example).")
    }
    let book = try writing.book()
    let contents = try book.snapshot().contents
    let reported = writing.fields["reported"].flatMap { PartialDate($0) }
    guard writing.fields["reported"] == nil || reported != nil else {
      throw Refusal(422, "reported takes a date as 2025, 2025-03 or 2025-03-31.")
    }
    let made = try PlainRows(
      try PlainSentence(words),
      from: PlainRows.Origin(
        reported: reported?.last ?? Inbox.day(writing.now, contents),
        source: writing.fields["source"] ?? "",
        teller: writing.fields["teller"] ?? "",
        isInside: writing.fields["outside"] == nil
      ),
      into: contents
    )
    return try add(made.rows.map { NewRow($0) }, to: book, writing)
  }

  /// Adds a claim about a deal that the book has, from its cells.
  static func addCells(_ writing: Writing) throws -> String {
    let book = try writing.book()
    var cells: [String: String] = [:]
    for column in Claim.allColumns { cells[column] = writing.fields["cell-\(column)"] }
    let deal = cells["deal"] ?? ""
    if cells["id"] == nil {
      let taken = Set(try book.snapshot().contents.claims.map(\.id))
      let free = (1...).lazy.map { "\(deal).\($0)" }.first { !taken.contains($0) }
      cells["id"] = free
    }
    return try add([NewRow(try Self.claim(cells))], to: book, writing)
  }

  private static func claim(_ cells: [String: String]) throws(Refusal) -> Claim {
    do throws(FieldFault) {
      return try Claim(PlainAmount.fields(cells))
    } catch {
      throw Refusal(422, "\(error.column): \(error.reason); \(error.advice)")
    }
  }

  private static func add(_ rows: [NewRow], to book: Book, _ writing: Writing) throws -> String {
    _ = try book.add(rows, reason: writing.fields["reason"] ?? "", now: writing.now)
    return rows.last { $0.record is Claim }.map { "/row/\($0.record.id)" } ?? "/history"
  }
}

/// The forms for a claim, which know the book's parties, deals and sources.
struct ClaimFormView {
  private let asking: Asking

  init(_ asking: Asking) { self.asking = asking }

  /// The view.
  var html: HTML {
    guard !asking.house.isFolder else {
      return """
        <p class="answer">This book is a folder, which is edited by hand and kept in git.</p>
        <p>To have it written in the browser, import it first: <code>ouro import FOLDER NAME.ouro</code>, then \
        <code>ouro serve NAME.ouro</code>.</p>
        """
    }
    return """
      <section aria-labelledby="in-words"><h2 id="in-words">In a line of plain words</h2>
      <form class="read" action="/write/words" method="post"><label>Who pays whom how much, and when\
      <textarea name="words" rows="2" maxlength="400" required placeholder="\(PlainSentence.example)"></textarea></label>
      <div class="find"><label>where it stands <input name="source" maxlength="600" list="publishers" \
      size="34" placeholder="an address, or who published it"></label>
      <label>told by <input name="teller" maxlength="200" list="parties"></label>
      <label>reported on <input type="date" name="reported"></label>
      <label><input type="checkbox" name="outside" value="yes"> parties that are new are outside the sector</label>
      <label>why, for the history <input name="reason" maxlength="500"></label> <button>Add it</button></div></form>
      <p class="meta">Parties, source and deal are made where they are new. Without a source it counts as an estimate. A denial, \
      or a sentence of an article, is better read by the <a href="/inbox?\(asking.query)">inbox</a>.</p></section>
      <section aria-labelledby="in-cells"><h2 id="in-cells">About a deal of the book, cell by cell</h2>
      <form class="cells" action="/write/claim" method="post">\(Self.first.map(cell))
      <details><summary>More cells</summary><div class="cells">\(rest.map(cell))</div></details>
      <label>why, for the history <input name="reason" maxlength="500"></label><button>Add it</button></form>\
      <p class="meta">What was added by mistake is undone in the <a href="/history?\(asking.query)">history</a>.</p></section>
      \(lists)
      """
  }

  /// The cells that most claims have, in the order in which people think of them.
  private static let first = [
    "deal", "source", "reported", "teller", "status", "level", "low", "high", "currency", "start",
    "end", "quote", "says", "about",
  ]
  private var rest: [String] { Claim.allColumns.filter { !Self.first.contains($0) } }

  private static let needed: Set = ["deal", "source", "reported", "status"]
  private static let choices: [String: [String]] = [
    "status": Claim.Status.allCases.map(\.rawValue),
    "level": Claim.Level.allCases.map(\.rawValue),
    "says": Claim.Relation.allCases.map(\.rawValue),
    "condition": Claim.Condition.allCases.map(\.rawValue), "pen": Pen.allCases.map(\.rawValue),
  ]
  private static let lists = [
    "deal": "deals", "source": "sources", "teller": "parties", "new_payer": "parties",
  ]

  private func cell(_ column: String) -> HTML {
    let isNeeded: HTML = Self.needed.contains(column) ? " required" : ""
    let meaning: HTML = Self.meanings[column].map { "<small>\($0)</small> " } ?? ""
    let name: HTML = "\(column.replacing("_", with: " ")) \(meaning)"
    if let words = Self.choices[column] {
      let options = (Self.needed.contains(column) ? words : [""] + words).map {
        "<option>\($0)</option>" as HTML
      }
      return
        "<label>\(name)<select name=\"cell-\(column)\"\(isNeeded)>\(options)</select></label>\n"
    }
    let list: HTML = Self.lists[column].map { " list=\"\($0)\"" } ?? ""
    let value = column == "deal" ? asking["deal"] ?? "" : ""
    return """
      <label>\(name)<input name="cell-\(column)" value="\(value)" maxlength="2000" \
      placeholder="\(Self.hints[column] ?? "")"\(list)\(isNeeded)></label>

      """
  }

  private static let hints = [
    "id": "made of the deal", "low": "1.5bn", "high": "1.5bn", "currency": "USD",
    "reported": "2025-03-06", "start": "2025", "end": "2027-06", "about": "c004",
  ]

  /// What a cell is for, where its name does not say it.
  private static let meanings: [String: HTML] = [
    "source": "its id, of the list", "reported": "the day it came out",
    "teller": "who says so, where not the source", "status": "how far it has come",
    "level": "what the amount is", "low": "empty for “up to”", "high": "empty for “at least”",
    "says": "of another claim", "about": "the id of that claim",
    "condition": "what has to happen first", "pen": "empty where it is stated",
  ]

  private var lists: HTML {
    let contents = asking.edition.opened.contents
    func list(_ id: String, _ options: [(value: String, words: String)]) -> HTML {
      let lines = options.map { "<option value=\"\($0.value)\">\($0.words)</option>" as HTML }
      return "<datalist id=\"\(id)\">\(lines)</datalist>"
    }
    return """
      \(list("parties", contents.parties.map { ($0.id, $0.name) }))
      \(list("deals", contents.deals.map { ($0.id, $0.title) }))
      \(list("sources", contents.sources.map { ($0.id, "\($0.publisher): \($0.title)") }))
      \(list("publishers", Set(contents.sources.map(\.publisher)).sorted().map { ($0, "") }))
      """
  }
}
