internal import Books
internal import Claims
internal import Readers
internal import Reports

/// One place at which the book can be changed: its path, the fields of its form, and what is done.
struct WriteRoute: Sendable {
  /// The path; a step in braces stands for a number.
  let path: String
  /// Whether its form has files.
  var takesFiles = false
  /// Whether it may take long, so that it is done on threads of its own.
  var isLong = false
  /// What is done; gives the address to go on to.
  let act: @Sendable (Writing) throws -> String

  /// The most bytes of its body.
  var longestBody: Int {
    takesFiles ? Statements.mostBytes + RequestGuard.longestBody : RequestGuard.longestBody
  }

  /// All there are.
  static let all: [WriteRoute] = [
    WriteRoute(path: "/inbox/read", isLong: true, act: Inbox.read),
    WriteRoute(path: "/inbox/{id}/accept", act: Inbox.accept),
    WriteRoute(path: "/inbox/{id}/reject", act: Inbox.reject),
    WriteRoute(path: "/write/words", act: ClaimForm.addWords),
    WriteRoute(path: "/write/claim", act: ClaimForm.addCells),
    WriteRoute(path: "/history/undo") { writing in
      _ = try writing.book().undo(now: writing.now)
      return "/history"
    },
    WriteRoute(path: "/history/redo") { writing in
      _ = try writing.book().redo(now: writing.now)
      return "/history"
    },
    WriteRoute(path: "/payments/drop", takesFiles: true) { writing in
      guard !writing.files.isEmpty else { throw Refusal(422, "Choose the files to be read.") }
      guard writing.files.reduce(0, { $0 + $1.bytes.count }) <= Statements.mostBytes else {
        throw Refusal(413, "At most \(Statements.mostBytes >> 20) MB are taken at a time.")
      }
      let statement = try writing.house.statements.drop(writing.files, now: writing.now)
      return "/payments/\(statement.id)/rings"
    },
    WriteRoute(path: "/scenarios/run", act: RunRoutes.take),
    WriteRoute(path: "/runs/{id}/stop") { writing in
      guard let number = QueryParameter.number(writing.id), writing.house.runs[number] != nil else {
        throw Refusal.notFound
      }
      writing.house.runs.stop(number)
      return "/runs/\(number)"
    },
    WriteRoute(path: "/payments/{id}/forget") { writing in
      writing.house.statements.forget(writing.id)
      return "/payments"
    },
  ]

  /// The route of a path, with what stands in it for an id.
  static func route(of path: String) -> (route: WriteRoute, id: String)? {
    for route in all {
      let read = Route(path: route.path, kind: .page, title: "", asks: false, parameters: []) { _ in
        throw Refusal.notFound
      }
      if let id = read.matches(path) { return (route, id) }
    }
    return nil
  }
}

/// One change of the book, asked for by a form.
struct Writing: Sendable {
  /// The number in the path.
  let id: String
  /// The fields of the form that are not empty.
  var fields: [String: String]
  /// The files of the form.
  var files: [Statements.File] = []
  /// The time of recording.
  let now: Timestamp
  /// What the server knows besides the book.
  let house: House
  /// What was worked out for the present state of the book and a question about it.
  let answers: @Sendable (Writing) throws -> Worked

  /// What was worked out for the question that the form names.
  func worked() throws -> Worked { try answers(self) }

  /// The book, open for writing; a folder is refused.
  func book() throws -> Book {
    guard !house.isFolder else {
      throw Refusal(
        422,
        "This book is a folder, which is edited by hand and kept in git. To have it written in the browser, import it "
          + "first: ouro import FOLDER NAME.ouro"
      )
    }
    return try Book(at: house.path)
  }

  /// What an error of a change means for who asked for it.
  static func refusal(of error: any Error) -> Refusal? {
    switch error {
    case BookError.refused(let reason, let advice): Refusal(422, "\(reason); \(advice)")
    case BookError.badRow(_, _, let fault):
      Refusal(422, "\(fault.column): \(fault.reason); \(fault.advice)")
    case let error as AcceptanceError: Refusal(422, Inbox.words(error))
    case let error as PlainSentence.Fault: Refusal(422, error.description)
    case let error as AcceptanceProblem: Refusal(422, error.description)
    case let error as DocumentError: Refusal(422, "\(error)")
    case BookError.couldNotWrite(_, let reason):
      Refusal(503, "The book could not be written: \(reason)")
    default: nil
    }
  }
}

/// A form as browsers send it, read strictly.
enum Form {
  /// Reads the body of a form.
  ///
  /// - Parameter text: The body.
  /// - Returns: The fields that are not empty.
  /// - Throws: ``Refusal`` where it is none, or a field stands twice.
  static func fields(_ text: String) throws(Refusal) -> [String: String] {
    var fields: [String: String] = [:]
    for piece in text.split(separator: "&") {
      let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Target.decoded(sides[0])
      let value = try Target.decoded(sides.count > 1 ? sides[1] : "", isForm: true)
      guard fields[name] == nil else { throw Refusal(400, "A field of a form stands once.") }
      fields[name] = value
    }
    return fields.filter { !$0.value.isEmpty }
  }
}
