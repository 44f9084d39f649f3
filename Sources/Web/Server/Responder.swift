internal import Books
internal import Claims
internal import Drawing
internal import Hummingbird
internal import HTTPTypes
internal import Loops
internal import Pages
internal import Reports

/// Answers requests: guards them, finds the route, and sends back what was worked out for that address before, or works
/// it out.
struct Responder: HTTPResponder {
  typealias Context = BasicRequestContext

  let guardian: RequestGuard
  let shelf: Shelf
  let house: House
  let assets: Assets
  /// Is told the address for another browser, once one has taken the token.
  let onNewAddress: @Sendable (String) -> Void
  /// The present time, for what is recorded.
  let now: @Sendable () -> Timestamp
  let desk = Desk()
  /// Where the disk is looked at, so that what is kept never waits for what is worked out.
  let door = Desk()
  /// Where what takes long is worked out.
  let workshop = Desk()
  /// Replies by the state of the book, the state that is the present one, and the address.
  let replies = Memory<Reply>(most: 96 << 20)
  /// Questions with what was worked out for them, by the state of the book and the question.
  let questions = Memory<Worked>(most: 12)

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    let isHead = request.method == .head
    let isProgram = Self.isForPrograms(request.head.path ?? "")
    do {
      if let events = try events(of: request) { return events.response(to: request) }
      return try await reply(to: request).response(headOnly: isHead)
    } catch {
      let form = request.method == .post ? Self.form(request.head.path ?? "") : nil
      return refused(Self.refusal(of: error), isProgram: isProgram, form: form)
        .response(headOnly: isHead)
    }
  }

  private func reply(to request: Request) async throws -> Reply {
    let target = try guardian.check(request.head)
    let asset = assets[target.path]
    let found = Routes.route(of: target.path)
    let isKnownPath =
      asset != nil || found != nil || ["/", "/api/openapi.json"].contains(target.path)
    if let found = WriteRoute.route(of: target.path) {
      return try await write(found.route, found.id, request)
    }
    guard [.get, .head].contains(request.method) else {
      throw isKnownPath
        ? Refusal(405, "This address can be read, and nothing else.", allowed: ["GET", "HEAD"])
        : Refusal(404, Refusal.notFound.words)
    }
    if let length = request.head.headerFields[.contentLength], length != "0" {
      throw Refusal(413, "A request to read something has no body.")
    }
    if request.head.headerFields[.transferEncoding] != nil {
      throw Refusal(413, "A request to read something has no body.")
    }
    if let asset { return asset }
    if target.path == "/" { return try welcome(target, request.head) }
    guard guardian.isKnown(request.head) else { throw Refusal(401, Self.unknown) }
    if target.path == "/api/openapi.json" {
      return .json(try OpenAPI.document(version: house.version, cookie: guardian.cookieName))
    }
    guard let found else { throw Refusal.notFound }
    return try await answer(found.route, found.id, target)
  }

  /// The events that a request is for, if it is for any.
  private func events(of request: Request) throws -> RunEvents? {
    guard request.method == .get, request.head.path?.contains("/events") == true else { return nil }
    let target = try guardian.check(request.head)
    guard let number = RunEvents.number(of: target.path), target.parameters.isEmpty,
      request.head.headerFields[.contentLength] == nil,
      request.head.headerFields[.transferEncoding] == nil
    else { return nil }
    guard guardian.isKnown(request.head) else { throw Refusal(401, Self.unknown) }
    guard house.runs[number] != nil else { throw Refusal.notFound }
    return RunEvents(runs: house.runs, number: number)
  }

  /// Whether what is at an address is no page, so that a refusal is none either.
  private static func isForPrograms(_ target: String) -> Bool {
    let path = target.prefix { $0 != "?" }
    return path.hasPrefix("/api/") || path.hasSuffix(".csv") || path.hasSuffix(".svg")
      || path.hasSuffix(".xlsx")
  }

  private static let unknown =
    "Open the address that ouro serve printed when it started, or the one it printed last: each is good for one browser, "
    + "which is known from then on."

  /// Takes the token of the printed address, and leads on to the answer.
  private func welcome(_ target: Target, _ head: HTTPRequest) throws -> Reply {
    if let token = target.parameters.first(where: { $0.name == "token" })?.value,
      let cookie = guardian.cookie(for: token)
    {
      var reply = Reply.redirect(to: "/report")
      reply.headers[.setCookie] = cookie
      onNewAddress("\(guardian.origin)/?token=\(guardian.sessions.token)")
      return reply
    }
    guard guardian.isKnown(head) else { throw Refusal(401, Self.unknown) }
    return .redirect(to: "/report")
  }

  // MARK: Changes

  /// Changes the book as a form of ours asks, and leads on to what is there then.
  private func write(_ route: WriteRoute, _ id: String, _ request: Request) async throws -> Reply {
    guard request.method == .post else {
      throw Refusal(405, "This address takes a form, and nothing else.", allowed: ["POST"])
    }
    guard guardian.isKnown(request.head) else { throw Refusal(401, Self.unknown) }
    try guardian.checkWrite(request.head)
    let type = request.head.headerFields[.contentType] ?? ""
    let isForm =
      type.split(separator: ";").first?.lowercased() == "application/x-www-form-urlencoded"
    let boundary = route.takesFiles ? Multipart.boundary(of: type) : nil
    guard route.takesFiles ? boundary != nil : isForm else {
      throw Refusal(415, "Changes are taken as a form.")
    }
    let body = try await body(of: request, atMost: route.longestBody)
    var writing = Writing(id: id, fields: [:], now: now(), house: house) {
      try asked(by: $0)
    }
    if let boundary {
      let form = try Multipart(Array(body.readableBytesView), boundary: boundary)
      (writing.fields, writing.files) = (form.fields, form.files)
    } else {
      guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
        throw Refusal(400, "A form is in UTF-8.")
      }
      writing.fields = try Form.fields(text)
    }
    return .redirect(to: try await done(route, writing))
  }

  /// The question that a form names, of the present state of the book.
  private func asked(by writing: Writing) throws -> Worked {
    let taken = Dictionary(uniqueKeysWithValues: QuestionParameters.all.map { ($0.name, $0) })
    let values = writing.fields.filter { taken[$0.key] != nil }
    for (name, value) in values where taken[name]?.takes(value) != true {
      throw Refusal(400, "\(name) takes \(taken[name]?.words ?? "another value").")
    }
    let edition = values["head"].flatMap { shelf.edition($0) } ?? shelf.current()
    return worked(edition, try QuestionParameters.question(values, of: edition.opened.contents))
  }

  private func done(_ route: WriteRoute, _ writing: Writing) async throws -> String {
    try await (route.isLong ? workshop : desk).change {
      do {
        let place = try route.act(writing)
        shelf.lookAgain()
        return place
      } catch {
        throw Writing.refusal(of: error) ?? error
      }
    }
  }

  private func body(of request: Request, atMost most: Int) async throws -> ByteBuffer {
    let tooMuch = Refusal(413, "A form has at most \(most) bytes.")
    let length = request.head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
    guard length <= most else { throw tooMuch }
    do {
      return try await request.body.collect(upTo: most)
    } catch {
      throw tooMuch
    }
  }

  // MARK: Answers

  private func answer(_ route: Route, _ id: String, _ target: Target) async throws -> Reply {
    let current = try await door.read { shelf.current() }
    if case .page = route.kind, route.asks,
      let plain = try SpokenPeriod.plain(target, current.opened.contents)
    {
      return .redirect(to: plain)
    }
    let values = try Self.values(target, of: route)
    let asked = values["head"]?.first
    let known = asked.flatMap { shelf.edition($0) }
    let edition = try await edition(values["recorded-by"]?.first, known ?? current)
    let question = try QuestionParameters.question(
      values.compactMapValues(\.first),
      of: edition.opened.contents
    )
    let asks = Set(QuestionParameters.all.map(\.name))
    let asking = Asking(
      id: id,
      values: values.filter { !route.asks || !asks.contains($0.key) },
      worked: worked(edition, question),
      current: current,
      isForgotten: asked.map { known == nil && !edition.head.hasPrefix($0) } ?? false,
      path: target.path,
      house: house
    )
    let isWhole = QuestionParameters.whole.allSatisfy { values[$0] != nil }
    if case .page = route.kind, !isWhole {
      return .redirect(to: "\(target.path)?\(asking.wholeQuery)")
    }
    let house = house
    let stamp = route.isKept ? try await door.read { route.stamp(house) } : ""
    let key =
      "\(stamp) \(edition.head) \(current.head) \(current.trouble ?? "") \(asking.isForgotten) \(target.path)?\(asking.wholeQuery)"
    if route.isLong { return try await workshop.work(key) { try route.answer(asking) } }
    guard route.isKept else { return try await desk.change { try route.answer(asking) } }
    if let reply = replies[key] { return reply }
    let reply = try await desk.work(key) { try route.answer(asking) }
    replies.keep(reply, weight: reply.body.readableBytes + key.utf8.count, for: key)
    return reply
  }

  /// A state of the book, or what it knew by a day.
  private func edition(_ recordedBy: String?, _ edition: Edition) async throws -> Edition {
    guard let day = recordedBy.flatMap({ PartialDate($0) }) else { return edition }
    return try await desk.change { try shelf.recorded(by: day, edition) }
  }

  /// The parameters that a route takes and that are not empty, each what it must be.
  private static func values(_ target: Target, of route: Route) throws -> [String: [String]] {
    let taken = Dictionary(uniqueKeysWithValues: route.allParameters.map { ($0.name, $0) })
    var values: [String: [String]] = [:]
    for parameter in target.parameters {
      guard let known = taken[parameter.name] else {
        let names = route.allParameters.map(\.name).joined(separator: ", ")
        throw Refusal(400, "This address takes no such parameter; it takes \(names).")
      }
      guard !parameter.value.isEmpty else {
        // A browser sends the fields of a form that nobody filled in.
        guard route.kind.isExport else { continue }
        throw Refusal(400, "\(known.name) is empty here: leave it out.")
      }
      guard known.takes(parameter.value) else {
        throw Refusal(
          known.isWellFormed(parameter.value) ? 422 : 400,
          "\(known.name) takes \(known.words)."
        )
      }
      values[known.name, default: []].append(parameter.value)
      guard known.repeats || values[known.name]?.count == 1 else {
        throw Refusal(400, "\(known.name) stands once in an address.")
      }
    }
    return values
  }

  private func worked(_ edition: Edition, _ question: Question) -> Worked {
    let key = QuestionParameters.query(question, head: edition.head)
    if let worked = questions[key] { return worked }
    let worked = Worked(edition, question, version: house.version)
    questions.keep(worked, weight: 1, for: key)
    return worked
  }

  /// Works out the first page that people will ask for, before they do.
  func warm() async {
    let edition = shelf.current()
    guard let found = Routes.route(of: "/report"),
      let question = try? QuestionParameters.question([:], of: edition.opened.contents),
      let target = try? Target(
        "/report?\(QuestionParameters.query(question, head: edition.shortHead))"
      )
    else { return }
    _ = try? await answer(found.route, found.id, target)
  }

  // MARK: Errors

  /// What an error means for who asked; nothing of what was sent is in it.
  private static func refusal(of error: any Error) -> Refusal {
    switch error {
    case let refusal as Refusal: refusal
    case ViewError.unknownTeller(_, let near):
      Refusal(
        422,
        "Nobody in the book goes by one of the tellers asked for."
          + (near.isEmpty ? "" : " Did you mean \(near.prefix(8).joined(separator: ", "))?")
      )
    case is MeasureError, is FlowDiagramError:
      Refusal(422, "What is asked cannot be measured on this network.")
    case is BookError: Refusal(503, "The book on the disk cannot be read just now.")
    default: Refusal(500, "The program met something that it should have foreseen.")
    }
  }

  /// Where the form stands that is sent to a path: the view in whose name the path begins.
  private static func form(_ path: String) -> String? {
    guard WriteRoute.route(of: path) != nil else { return nil }
    let steps = path.split(separator: "/").dropLast()
    return steps.isEmpty ? nil : "/" + steps.joined(separator: "/")
  }

  private func refused(_ refusal: Refusal, isProgram: Bool, form: String?) -> Reply {
    var reply: Reply
    if isProgram {
      let told = ToldRefusal(error: refusal.words, status: refusal.status)
      reply = .json((try? AnswerJSON.text(of: told)) ?? "{}")
    } else {
      let title = form == nil || refusal.status != 422 ? refusal.title : "Nothing was changed"
      let back: HTML =
        form.map { "<a href=\"\($0)\">Back to the form</a>" } ?? "<a href=\"\">Try again</a>"
      reply = .page(
        Frame.page(
          title,
          """
          <main id="main" class="refusal" tabindex="-1"><h1>\(title)</h1><p class="answer">\(refusal.words)</p>
          <p>\(back) · <a href="/report">The answer</a></p></main>
          """
        )
      )
    }
    reply.status = HTTPResponse.Status(code: refusal.status)
    if !refusal.allowed.isEmpty {
      reply.headers[.allow] = refusal.allowed.joined(separator: ", ")
    }
    return reply
  }
}

/// A refusal as JSON.
private struct ToldRefusal: Encodable {
  let error: String
  let status: Int
}
