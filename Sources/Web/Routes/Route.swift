internal import Pages

/// One place that the server answers at: its path, what it takes, and how it is answered.
struct Route: Sendable {
  /// What is sent back.
  enum Kind: Sendable {
    /// A page for people.
    case page
    /// The same values as the command's `--json`, with the keys at their top that are always there.
    case answer([String])
    /// A table for a spreadsheet.
    case table
    /// A drawing.
    case picture

    /// Whether it is for programs, and no page.
    var isExport: Bool { if case .page = self { false } else { true } }
  }

  /// The path; a step in braces stands for the id of a row, perhaps with an ending behind it.
  let path: String
  /// What is sent back.
  let kind: Kind
  /// What it is, in a few words.
  let title: String
  /// Whether it takes a question.
  let asks: Bool
  /// What else it takes.
  let parameters: [QueryParameter]
  /// Whether what is sent back depends on the state of the book alone, so that it can be kept.
  var isKept = true
  /// The state of what it rests on besides the book as read: what is kept holds as long as that stays the same.
  var stamp: @Sendable (House) -> String = { _ in "" }
  /// Whether it may take long, so that it is worked out on threads of its own.
  var isLong = false
  /// Works out what is sent back.
  let answer: @Sendable (Asking) throws -> Reply

  /// All that its addresses may say.
  var allParameters: [QueryParameter] {
    parameters + (asks ? QuestionParameters.all : [])
  }

  /// The parameters without which it has no answer.
  var needed: [String] {
    if path.contains("/follow") { return ["from", "at", "sum"] }
    return path.hasSuffix("/api/path")
      ? ["party"] : path.contains("/search") && kind.isExport ? ["q"] : []
  }

  /// The steps of a path, where it is one of this route: what stands for the step in braces, or empty.
  func matches(_ path: String) -> String? {
    let (mine, theirs) = (self.path.split(separator: "/"), path.split(separator: "/"))
    guard mine.count == theirs.count else { return nil }
    var id = ""
    for (step, other) in zip(mine, theirs) {
      if step.first == "{" {
        let ending = step.drop { $0 != "}" }.dropFirst()
        guard other.hasSuffix(ending) else { return nil }
        id = String(other.dropLast(ending.count))
        guard QueryParameter.isID(id) else { return nil }
      } else if step != other {
        return nil
      }
    }
    return id
  }
}

/// One request, understood: the route's id and parameters, the question, and the book that is asked.
struct Asking: Sendable {
  /// The id in the path; empty where the route has none.
  let id: String
  /// The parameters of the route that are not empty.
  let values: [String: [String]]
  /// The question and its answers.
  let worked: Worked
  /// The state of the book that is the present one.
  let current: Edition
  /// Whether a state of the book was asked for that is no longer known.
  let isForgotten: Bool
  /// The path that was asked for.
  let path: String
  /// What the server knows besides the book.
  let house: House

  /// The value of a parameter.
  subscript(name: String) -> String? { values[name]?.first }

  /// A parameter that is a number.
  func number(_ name: String) -> Int? { self[name].flatMap(QueryParameter.number) }

  /// The state of the book that is asked.
  var edition: Edition { worked.edition }

  /// The question as it stands behind the `?` of an address.
  var query: String { QuestionParameters.query(worked.question, head: edition.shortHead) }

  /// The parameters of the route as they stand in an address.
  var own: String {
    values.sorted { $0.key < $1.key }.flatMap { name, values in
      values.map { "\(name)=\(Target.encoded($0))" }
    }.joined(separator: "&")
  }

  /// Those parameters that another route takes too, as they stand in an address.
  private func parameters(of route: Route) -> String {
    let taken = Set(route.parameters.map(\.name))
    return own.split(separator: "&").filter { taken.contains(String($0.prefix { $0 != "=" })) }
      .joined(separator: "&")
  }

  /// The whole of what is asked, as it stands behind the `?` of an address.
  var wholeQuery: String { own.isEmpty ? query : "\(own)&\(query)" }

  /// Views of the book as asked.
  func page() throws -> BookPage { BookPage(try worked.view(), query: query) }
}

extension Asking {
  /// Where a view can be had as JSON, as a table, as a drawing: addresses with a word for each.
  func exports(of route: String) -> [(address: String, word: String)] {
    let own = route.replacing("{id}", with: id)
    let places = [
      ("/api" + route, "/api" + own, "JSON"), (route + ".csv", own + ".csv", "CSV"),
      (route + ".xlsx", own + ".xlsx", "Excel"), (route + ".svg", own + ".svg", "SVG"),
    ]
    return places.compactMap { path, place, word -> (address: String, word: String)? in
      guard let found = Routes.all.first(where: { $0.path == path }),
        found.needed.allSatisfy({ values[$0] != nil })
      else { return nil }
      let asked = found.asks ? wholeQuery : parameters(of: found)
      return (asked.isEmpty ? place : "\(place)?\(asked)", word)
    }
  }
}

/// What the server knows besides the book.
struct House: Sendable {
  /// The program's version.
  let version: String
  /// The book's file or folder.
  let path: String
  /// Whether the book is a folder.
  let isFolder: Bool
  /// The history and the inbox of the book, where it is a file.
  let log: BookLog
  /// The scenarios that can be run.
  let scenarios: Scenarios
  /// The program, which reads apart what somebody sent.
  let program: ChildProgram
  /// The payments that were dropped.
  let statements: Statements
  /// The scenarios that were run.
  let runs = Runs()
}
