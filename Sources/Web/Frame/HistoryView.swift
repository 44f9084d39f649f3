internal import Books
internal import Pages
internal import Reports

/// What was added, retracted and undone, the last first; a folder keeps no such past.
struct HistoryView {
  /// The most entries of one page.
  private static let most = 200

  private let asking: Asking

  init(_ asking: Asking) { self.asking = asking }

  /// The view.
  func html() throws -> HTML { asking.house.isFolder ? folder : try file() }

  private var folder: HTML {
    let contents = asking.edition.opened.contents
    return """
      <p class="answer">This book is a folder of CSV files, whose past is kept by whoever keeps the folder, as git.</p>
      <dl class="pairs"><dt>stands for its contents</dt><dd><code>\(asking.edition.head)</code></dd>\
      <dt>rows</dt><dd>\(contents.rows.count)</dd></dl>
      <p>To have it append-only, with undo and a hash over every row: <code>ouro import FOLDER NAME.ouro</code></p>
      """
  }

  private func file() throws -> HTML {
    let entries = try asking.house.log.entries()
    guard !entries.isEmpty else {
      return """
        <p class="answer">Nothing was added yet.</p>
        <p><a href="/write?\(asking.query)">Write a claim</a> · <a href="/inbox?\(asking.query)">Have an article read</a></p>
        """
    }
    let rows = entries.suffix(Self.most).reversed().map { entry -> HTML in
      """
      <tr><th scope="row"><a href="/row/\(entry.id)?\(asking.query)">\(entry.id)</a></th>\
      <td class="words" data-label="what">\(entry.action.rawValue) \(BookPage.singular(entry.table))</td>\
      <td class="words" data-label="why">\(entry.reason)</td>\
      <td class="words" data-label="recorded">\(Self.time(entry))</td><td data-label="batch">\(entry.batch)</td>\
      <td data-label="entry">\(entry.sequence)</td><td data-label="hash"><code>\(String(entry.hash.prefix(8)))</code></td></tr>

      """
    }
    let heads = [
      ("row", true), ("what", true), ("why", true), ("recorded", true), ("batch", false),
    ]
    .map { "<th scope=\"col\"\($0.1 ? " class=\"words\"" as HTML : "")>\($0.0)</th>" as HTML }
    let shown = entries.count > Self.most ? ", the last \(Self.most) here" : ""
    return """
      \(undo(entries))<p class="answer">\(Figures.count(entries.count, "entry", "entries"))\(shown). Every entry has a hash over what it \
      says and over the entry before.</p>
      <div class="scroll" tabindex="0" role="group" aria-label="Entries"><table><thead><tr>\(heads)\
      <th scope="col">entry</th><th scope="col">hash</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }

  /// What can be undone and redone, by name.
  private func undo(_ entries: [Entry]) -> HTML {
    let (last, back) = (entries.lastToUndo, entries.lastToRedo)
    let button = { (path: String, words: String, batch: [Entry]) -> HTML in
      guard let first = batch.first else { return "" }
      let why = first.reason.isEmpty || first.undoes != nil ? "" : ", \(first.reason)"
      let what = "batch \(first.undoes ?? first.batch)\(why): \(Figures.count(batch.count, "row"))"
      return "<form action=\"\(path)\" method=\"post\"><button>\(words) (\(what))</button></form>\n"
    }
    return """
      <div class="find">\(button("/history/undo", "Undo the last batch", last))\
      \(button("/history/redo", "Redo what was undone", back))
      <span class="meta">What a batch added no longer counts, what it retracted counts again; nothing is deleted.</span></div>
      """
  }

  private static func time(_ entry: Entry) -> String {
    entry.recorded.description.replacing("T", with: " ").replacing("Z", with: " UTC")
  }
}
