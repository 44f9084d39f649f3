internal import Books
internal import Claims
internal import Pages
internal import Reports

/// What stands around every view: the bar that leads to all of them, the question, and the foot.
struct Frame {
  private let asking: Asking
  private let title: String
  private let route: String
  private let hasQuestion: Bool

  /// The frame of a view.
  ///
  /// - Parameters:
  ///   - asking: What is asked.
  ///   - title: What the view is called.
  ///   - route: Where it stands, with any id in braces.
  ///   - hasQuestion: Whether the question about the book bears on it.
  init(_ asking: Asking, title: String, route: String, hasQuestion: Bool = true) {
    (self.asking, self.title, self.route) = (asking, title, route)
    self.hasQuestion = hasQuestion && !asking.isEmptyBook
  }

  /// The bar: a path and a word for each view.
  private static let bar = [
    ("/report", "Answer"), ("/map", "Map"), ("/loops", "Loops"), ("/party", "Parties"),
    ("/deal", "Deals"), ("/flows", "Flows"), ("/disputes", "Disputes"),
    ("/changes", "What changed"),
    ("/trend", "Trend"), ("/check", "Check"),
    ("/source", "Sources"), ("/history", "History"), ("/inbox", "Inbox"),
    ("/write", "Write"), ("/scenarios", "Scenarios"), ("/payments", "Payments"),
  ]

  /// The whole page.
  ///
  /// - Parameter body: The view.
  /// - Returns: The page.
  /// - Throws: ``ViewError`` where nobody is called as a teller asked for.
  func document(_ body: HTML) throws -> HTML {
    let book = asking.edition.opened.name
    let heading = try heading()
    return Self.page(
      "\(heading) · \(book)",
      """
      \(header)\(moved)\(hasQuestion ? QuestionBar(asking).html : "")
      <main id="main" tabindex="-1"><div class="head"><h1>\(heading)</h1>\(exports)</div>\
      \(hasQuestion ? "<p class=\"meta on-paper\">\(QuestionBar(asking).words) · \(book)</p>" as HTML : "")
      \(body)</main>
      \(footer)
      """
    )
  }

  /// A page with nothing of a book around its body.
  static func page(_ title: String, _ body: HTML) -> HTML {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="stylesheet" href="/style.css"><link rel="icon" href="/icon.svg" type="image/svg+xml">
    <script src="/app.js" defer></script></head>
    <body><a class="skip" href="#main">To the content</a>
    \(body)</body></html>

    """
  }

  /// What the view is called: the name of what it shows, where it shows one thing.
  private func heading() throws -> String {
    let view = try asking.worked.view()
    switch route {
    case "/party/{id}": return PartyNames(view).name(asking.id)
    case "/deal/{id}": return view.contents.deals.first { $0.id == asking.id }?.title ?? title
    case "/source/{id}": return view.source(asking.id)?.title ?? title
    case "/row/{id}", "/claim/{id}":
      let row = asking.edition.opened.contents.rows.first { $0.id == asking.id }
      let word = row.map { BookPage.singular(type(of: $0).table) } ?? title
      return "\(word.prefix(1).uppercased() + word.dropFirst()) \(asking.id)"
    case "/inbox/{id}": return "\(title) \(asking.id)"
    case "/path":
      let parties = try PageRoutes.ids(asking).map(PartyNames(view).name)
      return parties.count == 2
        ? "Between \(parties[0]) and \(parties[1])" : "Between \(parties.joined(separator: ", "))"
    case "/report":
      return asking.isEmptyBook
        ? "An empty book" : "Who pays whom, and how much of it comes back"
    default: return title
    }
  }

  /// The view of the bar to which one that is not on it belongs.
  private static let homes = [
    "/path": "/loops", "/tellers": "/disputes", "/left-out": "/flows", "/row": "/source",
    "/claim": "/source",
    "/runs": "/scenarios",
  ]

  private var header: HTML {
    let step = "/" + (route.split(separator: "/").first.map(String.init) ?? "")
    let here = Self.homes[step] ?? step
    let links = Self.bar.map { path, word -> HTML in
      let mark: HTML = path == here ? " aria-current=\"page\"" : ""
      return "<a href=\"\(path)?\(asking.query)\"\(mark)>\(word)</a>\n"
    }
    return """
      <header class="top"><a class="brand" href="/report?\(asking.query)">\(Self.ring)\
      <span>\(asking.edition.opened.name)</span></a>
      <nav aria-label="Views">\(links)</nav>
      <form class="finder" action="/search" method="get" role="search">\(QuestionBar.hidden(asking))\
      <input type="search" name="q" aria-label="Search the book" placeholder="Search" autocomplete="off">\
      </form></header>

      """
  }

  /// The ring that stands for the program.
  private static let ring: HTML = """
    <svg class="ring" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M20.5 12a8.5 8.5 0 1 1-3-6.5" \
    fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round"/><path d="M13.6 5.6l6.1-3.2.3 6.6z" \
    fill="currentColor"/></svg>
    """

  /// Whether the book went on since the address was made, or cannot be read.
  private var moved: HTML {
    let (mine, now) = (asking.edition, asking.current)
    var notices: [HTML] = []
    if let trouble = now.trouble {
      notices.append(
        """
        <p class="notice" role="status">The book on the disk cannot be read as it is now; this is as it was when \
        it last could. \(trouble)</p>

        """
      )
    }
    if let time = asking.worked.question.recordedBy {
      notices.append(
        """
        <p class="notice" role="status">This is what the book knew by the end of \(time), at \
        <code>\(String(mine.head.prefix(8)))</code>.</p>

        """
      )
    } else if mine.head != now.head {
      let query = QuestionParameters.query(asking.worked.question, head: now.shortHead)
      let address = "\(asking.path)?\(asking.own.isEmpty ? "" : asking.own + "&")\(query)"
      notices.append(
        """
        <p class="notice" role="status">The book has moved on since: this shows it at \
        <code>\(String(mine.head.prefix(8)))</code>, and it is now at <code>\(String(now.head.prefix(8)))</code>. \
        <a href="\(address)">Show it as it is now</a></p>

        """
      )
    } else if asking.isForgotten {
      notices.append(
        """
        <p class="notice" role="status">The book has moved on since this address was made, and that state of it is no \
        longer in memory: this shows it as it is now, at <code>\(String(now.head.prefix(8)))</code>.</p>

        """
      )
    }
    return "\(notices)"
  }

  /// Where the view can be had as something else.
  private var exports: HTML {
    var links: [HTML] = []
    for (address, word) in asking.exports(of: route) {
      links.append("<a href=\"\(address)\">\(word)</a>\n")
    }
    guard !links.isEmpty else { return "" }
    return
      "<p class=\"exports\">\(links)<button type=\"button\" class=\"print\" hidden>Print</button></p>"
  }

  private var footer: HTML {
    let question = asking.worked.question
    return """
      <footer><p>ouro \(asking.house.version) · book <code>\(asking.edition.head)</code> · seed \
      \(String(question.seed)) · \(question.samples) draws · <a href="/api/openapi.json">the same for programs</a> · \
      <kbd>?</kbd> lists the keys</p></footer>
      """
  }
}
