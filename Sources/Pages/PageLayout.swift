internal import Drawing
internal import Reports

/// What all pages are made of: one document, sections, tables, drawings.
protocol PageLayout: Sendable {
  /// Where ids lead.
  var addresses: FlowPictures.Links { get }
}

extension PageLayout {
  var addresses: FlowPictures.Links { .withinPage(parties: []) }

  typealias Column = PageColumn
  typealias Row = PageRow

  /// A document that needs nothing else.
  func page(_ title: String, _ body: HTML) -> HTML {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <style>\(HTML(markup: ReportPage.style))</style></head><body>
      \(body)</body></html>

      """
  }

  func section(_ id: String, _ title: String, _ body: HTML) -> HTML {
    "<section id=\"\(id)\" aria-labelledby=\"\(id)-title\"><h2 id=\"\(id)-title\">\(title)</h2>\n\(body)</section>\n"
  }

  /// Where the parts of a long page are; empty for a page of one part.
  func contents(_ parts: [(id: String, words: String)]) -> HTML {
    guard parts.count > 1 else { return "" }
    let links = parts.map { part -> HTML in "<a href=\"#\(part.id)\">\(part.words)</a> " }
    return "<nav class=\"contents\" aria-label=\"On this page\">\(links)</nav>\n"
  }

  /// A table; on a telephone each row is a block, its cells named by their columns.
  func table(_ columns: [Column], _ rows: [Row]) -> HTML {
    let heads = columns.map { column -> HTML in
      column.heading.isEmpty
        ? "<td></td>" : "<th scope=\"col\"\(column.look)>\(column.heading)</th>"
    }
    let lines = rows.map { row -> HTML in
      let cells = zip(columns, row.cells).dropFirst().map { column, cell -> HTML in
        "<td\(column.look) data-label=\"\(column.heading)\">\(cell)</td>"
      }
      let id = row.id.map { id -> HTML in " id=\"\(id)\"" } ?? ""
      return "<tr\(id)><th scope=\"row\">\(row.cells[0])</th>\(cells)</tr>\n"
    }
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="Table"><table><thead><tr>\(heads)</tr></thead>
      <tbody>\(lines)</tbody></table></div>
      """
  }

  /// Links to the rows behind a figure; where they are many, all but the first are folded away.
  func links(_ ids: [String]) -> HTML {
    let most = 8
    guard ids.count > most + 2 else { return plainLinks(ids[...]) }
    return """
      \(plainLinks(ids.prefix(most))) <details class="rest"><summary>and \(ids.count - most) more</summary>\
      \(plainLinks(ids.dropFirst(most)))</details>
      """
  }

  /// Links to rows, all in sight.
  func plainLinks(_ ids: ArraySlice<String>) -> HTML {
    .joined(ids.map { id in link(id, to: addresses.row(id)) }, " ")
  }

  /// Words that lead somewhere, or words alone.
  func link(_ words: String, to address: String?) -> HTML {
    guard let address = address.flatMap(Address.init)?.text else { return "\(words)" }
    return "<a href=\"\(address)\">\(words)</a>"
  }

  func money(_ dollars: Double) -> String { Figures.dollars(dollars) }
  func money(_ low: Double, _ high: Double) -> String { Figures.dollars(low, high) }
  func range(_ point: Double, _ low: Double, _ high: Double) -> String {
    low < high ? "\(money(point)) (\(money(low, high)))" : money(point)
  }

  func figure(_ picture: PageContent.Picture) -> HTML {
    """
    <figure id="picture-\(picture.id)"><div class="scroll" tabindex="0" role="group" \
    aria-label="\(picture.title)">\(HTML(markup: picture.svg))</div>\
    <figcaption><strong>\(picture.title).</strong> \(picture.caption)</figcaption></figure>

    """
  }
}

/// A column of a table, by its heading.
enum PageColumn {
  case words(String)
  case figure(String)

  var heading: String {
    switch self {
    case .words(let heading), .figure(let heading): heading
    }
  }

  var look: HTML {
    switch self {
    case .words: " class=\"words\""
    case .figure: ""
    }
  }
}

/// A row of a table; its first cell names it.
struct PageRow {
  let id: String?
  let cells: [HTML]

  init(_ cells: [HTML], id: String? = nil) { (self.cells, self.id) = (cells, id) }
}
