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
    let rows = entries.suffix(Self.most).reversed().map { entry -> HTML in
      """
      <tr><td>\(entry.sequence)</td><td>\(entry.batch)</td><td>\(entry.recorded.description)</td>\
      <td>\(entry.action.rawValue)</td><td>\(entry.table)</td>\
      <td><a href="/row/\(entry.id)?\(asking.query)">\(entry.id)</a></td><td><code>\(String(entry.hash.prefix(8)))</code></td>\
      <td>\(entry.reason)</td></tr>

      """
    }
    let heads = ["entry", "batch", "recorded", "what", "table", "row", "hash", "why"].map {
      "<th scope=\"col\">\($0)</th>" as HTML
    }
    let shown = entries.count > Self.most ? ", the last \(Self.most) here" : ""
    let undo: HTML = """
      <div class="find"><form action="/history/undo" method="post"><button>Undo the last batch</button></form>
      <form action="/history/redo" method="post"><button>Redo what was undone</button></form>
      <span class="meta">What a batch added no longer counts, what it retracted counts again; nothing is deleted.</span></div>
      """
    return """
      \(entries.isEmpty ? "" : undo)<p class="answer">\(Figures.count(entries.count, "entry", "entries"))\(shown). Every entry has a hash over what it \
      says and over the entry before.</p>
      <div class="scroll" tabindex="0" role="group" aria-label="Entries"><table><thead><tr>\(heads)</tr></thead>
      <tbody>\(rows)</tbody></table></div>
      """
  }
}
