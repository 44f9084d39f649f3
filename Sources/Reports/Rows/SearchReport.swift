package import Claims
internal import Tables

/// The rows of a book in which some words stand.
package struct SearchReport: Report, Codable {
  /// A row that holds all words.
  package struct Hit: Codable, Sendable {
    /// The table it is of.
    package let table: String
    /// Its id.
    package let id: String
    /// What it says, in a few words.
    package let words: String
  }

  /// The words asked for.
  package let query: String
  /// How many rows hold them all.
  package let count: Int
  /// The rows: those named so first, then those that say so.
  package let hits: [Hit]

  /// Looks for rows that hold every word, in small or capital letters, anywhere in a word.
  ///
  /// - Parameters:
  ///   - query: The words, with blanks between.
  ///   - contents: The book.
  ///   - top: How many rows to list.
  package init(_ query: String, in contents: BookContents, top: Int) {
    let words = query.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    let names = Dictionary(uniqueKeysWithValues: contents.parties.map { ($0.id, $0.name) })
    let deals = Dictionary(uniqueKeysWithValues: contents.deals.map { ($0.id, $0) })
    let ranked = BookRows(contents).all.enumerated().compactMap { place, row -> (Int, Int, Hit)? in
      let title = row.title(names, deals).lowercased()
      let body = row.cells.map(\.value).joined(separator: " ").lowercased()
      guard !words.isEmpty, words.allSatisfy({ title.contains($0) || body.contains($0) }) else {
        return nil
      }
      let rank = words == [row.id] ? 0 : words.allSatisfy(title.contains) ? 1 : 2
      return (rank, place, Hit(table: row.table, id: row.id, words: row.summary(names, deals)))
    }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    self.query = query
    count = ranked.count
    hits = ranked.prefix(top).map(\.2)
  }

  /// The hits for a person.
  package func text(_ names: PartyNames) -> String {
    guard count > 0 else { return "No row of the book holds \(query).".legibleLine + "\n" }
    var table = TextTable([.left, .left, .left])
    for hit in hits { table.add(hit.id, hit.table, hit.words) }
    let more = count > hits.count ? ["  and \(count - hits.count) more: --top shows them"] : []
    let head = "\(counted(count, "row")) with \(query)  [ouro show ID]"
    return ([head] + table.lines() + more).legibleText + "\n"
  }
}

extension String {
  fileprivate var legibleLine: String { [self].legibleText }
}

extension BookRows.Row {
  /// What the row is called, with the names of the parties in it.
  fileprivate func title(_ names: [String: String], _ deals: [String: Deal]) -> String {
    let deal = deals[self["deal"]]
    let parties = [
      self["payer"], self["payee"], self["party"], self["counterparty"], deal?.payer ?? "",
      deal?.payee ?? "",
    ]
    let own = [
      id, self["name"], self["title"], self["publisher"], self["metric"], deal?.title ?? "",
    ]
    return (own + parties + parties.compactMap { names[$0] }).joined(separator: " ")
  }

  /// What the row says, in a few words.
  fileprivate func summary(_ names: [String: String], _ deals: [String: Deal]) -> String {
    let name = { (id: String) in names[id] ?? id }
    switch table {
    case Party.table: return self["name"]
    case Source.table: return "\(self["publisher"]): \(self["title"])"
    case Deal.table: return "\(name(self["payer"])) → \(name(self["payee"])): \(self["title"])"
    case Assumption.table: return "\(self["name"]): \(self["reason"])"
    case Fact.table:
      let other = self["counterparty"].isEmpty ? "" : ", \(name(self["counterparty"]))"
      return "\(name(self["party"]))\(other): \(self["metric"]) \(self["end"]). \(words)"
    default:
      let deal = deals[self["deal"]]
      return
        "\(name(deal?.payer ?? "")) → \(name(deal?.payee ?? "")), \(self["reported"]). \(words)"
    }
  }

  private var words: String { self["quote"].isEmpty ? self["note"] : "“\(self["quote"])”" }
}
