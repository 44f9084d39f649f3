internal import Pages
internal import Tables

/// Payments that were dropped: the files, what was found in them, where a sum went.
enum PaymentRoutes {
  /// What is asked of one drop.
  enum Search: String, CaseIterable {
    case rings, split, follow

    /// What is taken besides the id.
    var parameters: [QueryParameter] {
      switch self {
      case .rings: PaymentQuestion.rings
      case .split: PaymentQuestion.split
      case .follow: PaymentQuestion.follow
      }
    }

    /// The words before the files on the command line.
    var command: [String] { self == .follow ? ["follow"] : ["scan"] }

    /// What it is, in a few words.
    var title: String {
      switch self {
      case .rings: "Rings of payments"
      case .split: "Money split and rejoined"
      case .follow: "Where a sum went"
      }
    }

    /// The keys at the top of its JSON that are always there.
    var keys: [String] {
      switch self {
      case .rings:
        ["busiest", "complete", "count", "inputs", "largest", "measure", "notes", "sources"]
      case .split: ["inputs", "measure", "notes", "returned", "sources", "through_others"]
      case .follow: ["amount", "at", "from", "inputs", "measure", "notes", "rules"]
      }
    }

    /// The command of the same, for people.
    var told: String { self == .split ? "ouro scan --split" : "ouro \(command[0])" }
  }

  static let all: [Route] =
    [
      page("/payments", "Payments", []) { asking in PaymentsView(asking).list }
    ]
    + Search.allCases.flatMap { search in
      let place = "/payments/{id}/\(search.rawValue)"
      return [
        page(place, search.title, search.parameters) { asking in
          try PaymentsView(asking).found(search)
        },
        Route(
          path: "/api" + place,
          kind: .answer(search.keys),
          title: "\(search.title), in payments that were dropped: \(search.told)",
          asks: false,
          parameters: search.parameters,
          isKept: false,
          isLong: true
        ) { asking in
          let found = try answer(search, asking, ["--json"])
          return Reply(type: "application/json", bytes: found)
        },
        table(place + ".csv", search) { asking in
          .table(try answer(search, asking, ["--csv=-"]), name: name(search, asking))
        },
        table(place + ".xlsx", search) { asking in
          .workbook(try answer(search, asking, ["--xlsx=-"]), name: name(search, asking))
        },
      ]
    }

  private static func page(
    _ path: String,
    _ title: String,
    _ parameters: [QueryParameter],
    _ body: @escaping @Sendable (Asking) throws -> HTML
  ) -> Route {
    Route(
      path: path,
      kind: .page,
      title: title,
      asks: true,
      parameters: parameters,
      isKept: false,
      isLong: true
    ) { asking in
      .page(
        try Frame(asking, title: title, route: path, hasQuestion: false).document(try body(asking))
      )
    }
  }

  private static func table(
    _ path: String,
    _ search: Search,
    _ body: @escaping @Sendable (Asking) throws -> Reply
  ) -> Route {
    Route(
      path: path,
      kind: .table,
      title: "\(search.title), in payments that were dropped",
      asks: false,
      parameters: search.parameters,
      isKept: false,
      isLong: true,
      answer: body
    )
  }

  /// The name of a saved file: what was asked, of which drop.
  private static func name(_ search: Search, _ asking: Asking) -> String {
    "\(search.rawValue)-\(asking.id.prefix(8))"
  }

  // MARK: What the program says

  /// What was dropped.
  static func statement(_ asking: Asking) throws -> Statements.Statement {
    guard let statement = asking.house.statements[asking.id] else {
      throw Refusal(
        404,
        "No such payments were dropped since the server started, or they were forgotten."
      )
    }
    return statement
  }

  /// What the program prints of a search; a refusal where it finds nothing to print.
  private static func answer(
    _ search: Search,
    _ asking: Asking,
    _ form: [String]
  ) throws -> [UInt8] {
    let result = try run(search, asking, form)
    guard result.end == .exit(0) else { throw refusal(of: result) }
    return result.output
  }

  /// Has the program search what was dropped.
  ///
  /// What it understood is kept in a file as `--map` does, which tells the next search the column of amounts.
  static func run(
    _ search: Search,
    _ asking: Asking,
    _ form: [String]
  ) throws -> ChildProgram.Result {
    let statements = asking.house.statements
    let statement = try statement(asking)
    let map = PaymentsView.map(asking)
    let understanding = PaymentQuestion.options(asking) + [map]
    guard search == .follow else {
      let split = search == .split ? ["--split"] : []
      return statements.answer(
        statement,
        search.command,
        split + PaymentQuestion.search(asking) + understanding + form
      )
    }
    guard let from = asking["from"], let time = asking["at"], let sum = asking["sum"] else {
      throw Refusal(400, "Say who paid the sum (from), when (at) and how much it is (sum).")
    }
    // The command has one option for the column of amounts and for the sum: the file of the understanding tells the former.
    let understood = statements.answer(
      statement,
      ["scan"],
      ["--within=1s", "--top=0", "--json"] + understanding
    )
    guard understood.end == .exit(0) else { return understood }
    let until = asking["until"].map { ["--until=\($0)"] } ?? []
    return statements.answer(
      statement,
      search.command,
      ["--from=\(from)", "--at=\(time)", "--amount=\(sum)"] + until
        + PaymentQuestion.options(asking, without: "amount") + [map] + form
    )
  }

  /// What it means that the program did not answer; nothing that was sent is in it.
  static func refusal(of result: ChildProgram.Result) -> Refusal {
    switch result.end {
    case .exit(64), .exit(65), .exit(66):
      Refusal(
        422,
        "The payments do not answer that, as they are understood; the page of the same address says why."
      )
    case .tooLong: Refusal(503, "That took too long; ask for a shorter time, or fewer hops.")
    case .tooMuch: Refusal(503, "That is more than can be shown; ask for a shorter time.")
    case .signal:
      Refusal(
        422,
        "Reading these files took too much memory or time, or met a fault of the program."
      )
    case .exit, .notBegun: Refusal(500, "The files could not be read.")
    }
  }
}
