package import Claims
internal import Networks
internal import Tables

/// An answer that is also tables.
package protocol TabularReport: Report {
  /// Its tables, the main one first.
  ///
  /// - Parameter names: What people call the parties.
  /// - Returns: The tables, each by a name of its own.
  func sheets(_ names: PartyNames) -> [Sheet]

  /// What it says in sentences, a paragraph each; none where tables say it all.
  ///
  /// - Parameter names: What people call the parties.
  /// - Returns: The paragraphs.
  func paragraphs(_ names: PartyNames) -> [String]
}

extension TabularReport {
  /// No sentences.
  package func paragraphs(_: PartyNames) -> [String] { [] }
}

/// An answer as a workbook: what was asked and of what, the tables, the rows they cite, and the sources of these.
package struct Workbook: Sendable, Equatable {
  /// What was asked, and of what.
  package struct Question: Sendable, Equatable {
    /// What is said of the question, in order: `as known on`, `2026-06-30`.
    package var lines: [(what: String, said: String)]

    /// A question that a command asks.
    ///
    /// - Parameters:
    ///   - command: The command as it was given.
    ///   - version: The program's version.
    ///   - lines: What else is said of it.
    package init(
      command: String,
      version: String,
      _ lines: [(what: String, said: String)] = []
    ) {
      self.lines = [("asked", command)] + lines + [("answered by", version)]
    }

    /// A question that a command asks of a book.
    ///
    /// - Parameters:
    ///   - command: The command as it was given.
    ///   - version: The program's version.
    ///   - book: The name and the hash of the book.
    ///   - view: The day, the tellers and the policy.
    ///   - network: The period and how its network is made, where that is asked.
    package init(
      command: String,
      version: String,
      book: (name: String, head: String),
      view: ViewRequest,
      network: Reports.Question? = nil
    ) {
      let tellers = view.toldBy.isEmpty ? "everybody" : view.toldBy.joined(separator: ", ")
      var lines = [
        ("book", book.name), ("book head", book.head), ("as known on", view.asOf.description),
        ("told by", tellers), ("policy", view.policy.rawValue),
      ]
      if let network {
        lines += [
          ("period", network.period.description), ("basis", network.basis.rawValue),
          ("unknown flows filled in by", network.completion.rawValue),
          ("parties counted", network.isConsolidated ? "by group" : "each by itself"),
          ("draws", "\(network.samples)"), ("seed", "\(network.seed)"),
        ]
        if let inside = network.inside {
          lines.append(("inside", inside.joined(separator: ", ")))
        }
      }
      self.init(command: command, version: version, lines)
    }

    /// The question that a run of a projection answers.
    ///
    /// - Parameters:
    ///   - command: The command as it was given.
    ///   - run: What the run is of.
    package init(command: String, of run: RunFile.Parameters) {
      let tellers = run.toldBy.isEmpty ? "everybody" : run.toldBy.joined(separator: ", ")
      self.init(
        command: command,
        version: run.version,
        [
          ("book", run.book), ("book head", run.bookHash), ("as known on", run.asOf),
          ("told by", tellers), ("policy", run.policy), ("scenario", run.name),
          ("scenario's file", run.scenario),
          (
            "months",
            [run.months.first, run.months.last].compactMap(\.self).joined(separator: "..")
          ),
          ("paths", "\(run.paths)"), ("seed", "\(run.seed)"),
        ]
      )
    }

    /// Whether both say the same.
    package static func == (one: Self, other: Self) -> Bool {
      one.lines.elementsEqual(other.lines) { $0 == $1 }
    }
  }

  /// The sheets: the question, the tables, and where there is a book, rows and sources.
  package let sheets: [Sheet]
  /// The main table, which a CSV file holds alone.
  package let main: Sheet

  /// Puts an answer on sheets.
  ///
  /// - Parameters:
  ///   - report: The answer.
  ///   - question: What was asked.
  ///   - contents: The book whose rows the answer cites.
  ///   - names: What people call the parties.
  package init(
    _ report: some TabularReport,
    _ question: Question,
    of contents: BookContents? = nil,
    _ names: PartyNames
  ) {
    let paragraphs = report.paragraphs(names)
    self.init(report.sheets(names), question, paragraphs: paragraphs, of: contents)
  }

  /// Puts tables on sheets.
  ///
  /// - Parameters:
  ///   - all: The tables, the main one first; others in which nothing stands are left out.
  ///   - question: What was asked.
  ///   - paragraphs: The answer in sentences.
  ///   - contents: The book whose rows the tables cite.
  package init(
    _ all: [Sheet],
    _ question: Question,
    paragraphs: [String] = [],
    of contents: BookContents? = nil
  ) {
    precondition(!all.isEmpty, "an answer without a table is no workbook")
    main = all[0]
    let tables = all.prefix(1) + all.dropFirst().filter { !$0.rows.isEmpty }
    let said = paragraphs.enumerated().map { index, paragraph in
      (what: index == 0 ? "answer" : "", said: paragraph)
    }
    let list = tables.map { table in
      (what: "sheet", said: "\(table.name): \(Figures.count(table.rows.count, "row"))")
    }
    let first = Sheet(
      "Question",
      question.lines + said + list,
      [.text("what") { $0.what }, .text("said") { $0.said }]
    )
    let cited = contents.map { CitedRows(Array(tables), $0).sheets } ?? []
    sheets = [first] + tables + cited.filter { !$0.rows.isEmpty }
    precondition(Set(sheets.map(\.name)).count == sheets.count, "two sheets have one name")
  }
}

/// The rows of a book that tables cite, and the documents that say so.
private struct CitedRows {
  let sheets: [Sheet]

  init(_ tables: [Sheet], _ contents: BookContents) {
    let cited = Set(tables.flatMap(\.cited))
    let speaking: Set = [Claim.table, Fact.table, Assumption.table]
    let rows = BookRows(contents).all.filter {
      cited.contains($0.id) && speaking.contains($0.table)
    }
    let byID = Dictionary(uniqueKeysWithValues: contents.sources.map { ($0.id, $0) })
    let used = Set(rows.map { $0["source"] })
    sheets = [
      Sheet(
        "Rows cited",
        rows,
        [
          .text("row") { $0.id }, .text("table") { $0.table },
          .text("about") { Self.first(["deal", "party", "name"], of: $0) },
          .text("other side") { $0["counterparty"] }, .day("reported") { $0["reported"] },
          .text("teller") { $0["teller"] },
          .text("measures") { Self.first(["level", "metric"], of: $0) },
          .number("at least") { Self.number($0["low"]) },
          .number("at most") { Self.number($0["high"]) },
          .text("in") { Self.first(["currency", "unit"], of: $0) },
          .day("from") { $0["start"] }, .day("until") { $0["end"] },
          .text("says also") { Self.rest($0) },
          .text("words") { Self.first(["quote", "reason", "note"], of: $0) },
          .text("source") { $0["source"] },
          .text("publisher") { byID[$0["source"]]?.publisher },
          .text("title") { byID[$0["source"]]?.title },
          .text("address") { byID[$0["source"]]?.url },
        ]
      ),
      Sheet(
        "Sources",
        contents.sources.filter { used.contains($0.id) },
        [
          .text("source") { $0.id }, .text("publisher") { $0.publisher },
          .text("title") { $0.title }, .day("published") { $0.published?.description },
          .text("kind") { $0.kind.rawValue }, .text("address") { $0.url },
          .text("seen as") { $0.seenAs }, .text("note") { $0.note },
        ]
      ),
    ]
  }

  /// The first of some cells in which something stands.
  private static func first(_ columns: [String], of row: BookRows.Row) -> String? {
    columns.lazy.map { row[$0] }.first { !$0.isEmpty }
  }

  /// The number in a cell; an assumption may hold a date instead, which stays among the rest.
  private static func number(_ cell: String) -> Double? { StrictDecimal(cell)?.double }

  /// What stands in none of the columns above.
  private static func rest(_ row: BookRows.Row) -> String {
    let told: Set = [
      "id", "deal", "party", "name", "counterparty", "reported", "teller", "level", "metric",
      "currency", "unit", "start", "end", "quote", "reason", "note", "source",
    ]
    return row.cells.filter { cell in
      !told.contains(cell.column)
        && !(["low", "high"].contains(cell.column) && number(cell.value) != nil)
    }.map { "\($0.column): \($0.value)" }.joined(separator: ", ")
  }
}
