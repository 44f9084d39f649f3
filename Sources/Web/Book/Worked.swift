internal import Books
internal import Claims
internal import Columns
internal import Networks
internal import Pages
internal import Reports

/// One question about one state of the book, and its answers, each worked out once.
final class Worked: Sendable {
  private struct Answers {
    var view: View?
    var schedules: Schedules?
    var footing: Footing?
    var economy: Economy?
    var report: EconomyReport?
  }

  /// The state of the book.
  let edition: Edition
  /// What is asked.
  let question: Question
  private let version: String
  private let answers = Guarded(Answers())

  init(_ edition: Edition, _ question: Question, version: String) {
    (self.edition, self.question, self.version) = (edition, question, version)
  }

  /// The book, seen as asked.
  func view() throws -> View { try answers.with { try view(&$0) } }

  /// The network of loops and provenance.
  func footing() throws -> Footing {
    try answers.with { answers in
      if let economy = answers.economy { return economy.asked }
      if let footing = answers.footing { return footing }
      let footing = Economy.footing(question, of: try schedules(&answers))
      answers.footing = footing
      return footing
    }
  }

  /// The networks of all footings.
  func economy() throws -> Economy { try answers.with { try economy(&$0) } }

  /// The whole answer.
  func report() throws -> EconomyReport {
    try answers.with { answers in
      if let report = answers.report { return report }
      let book = (name: edition.opened.name, head: edition.head, version: version)
      let report = try EconomyReport(try economy(&answers), book: book)
      answers.report = report
      return report
    }
  }

  private func view(_ answers: inout Answers) throws -> View {
    if let view = answers.view { return view }
    let view = try View(of: edition.opened.contents, question.view)
    answers.view = view
    return view
  }

  private func schedules(_ answers: inout Answers) throws -> Schedules {
    if let schedules = answers.schedules { return schedules }
    let schedules = Schedules(try view(&answers), isConsolidated: question.isConsolidated)
    answers.schedules = schedules
    return schedules
  }

  private func economy(_ answers: inout Answers) throws -> Economy {
    if let economy = answers.economy { return economy }
    let economy = Economy(try schedules(&answers), question)
    answers.economy = economy
    return economy
  }
}
