internal import Books
internal import Claims
internal import Networks
internal import Pages
internal import Reports

/// What a book without anything to answer from shows: how to begin, and of which years something is told.
struct EmptyBookView {
  private let asking: Asking

  init(_ asking: Asking) { self.asking = asking }

  /// How to begin a book.
  var html: HTML {
    guard !asking.house.isFolder else {
      return """
        <p class="answer">This book is empty. It is a folder of CSV files, which are edited by hand; this page shows what stands \
        in them as soon as they are saved.</p>
        """
    }
    return """
      <p class="answer">This book is empty. It begins with who paid whom how much, and who says so.</p>
      <ul><li><a href="/write?\(asking.query)">Write a claim</a> in a line of plain words</li>
      <li><a href="/inbox?\(asking.query)">Have an article read</a>, and accept what it says, line by line</li>
      <li><a href="/payments?\(asking.query)">Drop a bank statement</a>: that needs no book</li></ul>
      """
  }

  /// The years of which the book tells something, where it tells nothing of the one asked about.
  ///
  /// - Parameter report: The answer.
  /// - Returns: Where they can be asked for; empty where the answer is of something.
  func otherYears(_ report: EconomyReport) -> HTML {
    guard report.footings.filter({ !$0.footing.isPromised }).allSatisfy({ $0.totalRange.high == 0 })
    else { return "" }
    let question = asking.worked.question
    let claims = asking.edition.opened.contents.claims.filter {
      $0.reported.last <= question.view.asOf
    }
    let years = Set(claims.compactMap { ($0.start ?? $0.signed)?.first.components.year })
    let links = years.filter { String($0) != question.period.description }.sorted().suffix(6).map {
      year -> HTML in
      var asked = question
      asked.period = Period(text: String(year)) ?? question.period
      let query = QuestionParameters.query(asked, head: asking.edition.shortHead)
      return "<a href=\"/report?\(query)\">\(String(year))</a> "
    }
    return links.isEmpty
      ? ""
      : "<p class=\"notice\">Nothing that moved is told of \(question.period.description). Of these years something is: \(links)</p>"
  }
}

extension Asking {
  /// Whether the book has nothing that an answer could rest on.
  var isEmptyBook: Bool {
    let contents = edition.opened.contents
    return contents.claims.isEmpty && contents.facts.isEmpty
  }
}
