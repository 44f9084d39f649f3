internal import Reports

/// The document that describes the answers for programs, made of the routes themselves.
enum OpenAPI {
  /// The document, as JSON.
  ///
  /// - Parameters:
  ///   - version: The program's version.
  ///   - cookie: What the cookie is called.
  /// - Returns: The text.
  /// - Throws: `EncodingError`, which it does not give.
  static func document(version: String, cookie: String) throws -> String {
    let described = Routes.all.filter { if case .page = $0.kind { false } else { true } }
    var paths: [String: [String: Operation]] = [:]
    for route in described { paths[route.path] = ["get": Operation(route)] }
    let document = Document(
      openapi: "3.1.0",
      info: Info(
        title: "Ouroboros",
        version: version,
        description:
          "The answers of ouro about one book: the same values as the command's --json. A browser that brought the token "
          + "of the printed address has a cookie; nothing is answered without it."
      ),
      paths: paths,
      components: Components(
        securitySchemes: [
          "cookie": Scheme(type: "apiKey", in: "cookie", name: cookie)
        ],
        schemas: ["Refusal": Schema.refusal]
      ),
      security: [["cookie": []]]
    )
    return try AnswerJSON.text(of: document, isAnswer: false)
  }

  private struct Document: Encodable {
    let openapi: String
    let info: Info
    let paths: [String: [String: Operation]]
    let components: Components
    let security: [[String: [String]]]
  }

  private struct Info: Encodable {
    let title: String
    let version: String
    let description: String
  }

  private struct Components: Encodable {
    let securitySchemes: [String: Scheme]
    let schemas: [String: Schema]
  }

  private struct Scheme: Encodable {
    let type: String
    let `in`: String
    let name: String
  }

  /// What a value is.
  final class Schema: Encodable, Sendable {
    let type: String?
    let pattern: String?
    let maxLength: Int?
    let minimum: Int?
    let maximum: Int?
    let choices: [String]?
    let required: [String]?
    let properties: [String: Schema]?
    let items: Schema?
    let reference: String?

    enum CodingKeys: String, CodingKey {
      case type, pattern, maxLength, minimum, maximum, required, properties, items
      case choices = "enum"
      case reference = "$ref"
    }

    init(
      type: String? = nil,
      pattern: String? = nil,
      maxLength: Int? = nil,
      minimum: Int? = nil,
      maximum: Int? = nil,
      choices: [String]? = nil,
      required: [String]? = nil,
      properties: [String: Schema]? = nil,
      items: Schema? = nil,
      reference: String? = nil
    ) {
      (self.type, self.pattern, self.maxLength) = (type, pattern, maxLength)
      (self.minimum, self.maximum, self.choices) = (minimum, maximum, choices)
      (self.required, self.properties, self.items) = (required, properties, items)
      self.reference = reference
    }

    static let refusal = Schema(
      type: "object",
      required: ["error", "status"],
      properties: ["error": Schema(type: "string"), "status": Schema(type: "integer")]
    )
  }

  private struct Parameter: Encodable {
    let name: String
    let `in`: String
    let required: Bool
    let description: String
    let schema: Schema
    let explode: Bool?
  }

  private struct Content: Encodable { let schema: Schema }

  private struct Reply: Encodable {
    let description: String
    let content: [String: Content]
  }

  private struct Operation: Encodable {
    let summary: String
    let operationId: String
    let parameters: [Parameter]
    let responses: [String: Reply]

    init(_ route: Route) {
      summary = route.title
      operationId = route.path.split(separator: "/").map { $0.filter { !"{}".contains($0) } }
        .joined(separator: "-").replacing(".", with: "-")
      let isIdentified = route.path.contains("{id}")
      let place = Parameter(
        name: "id",
        in: "path",
        required: true,
        description: "The id of a row.",
        schema: QueryParameter("id", "", .id).schema,
        explode: nil
      )
      parameters =
        (isIdentified ? [place] : [])
        + route.allParameters.map { parameter in
          Parameter(
            name: parameter.name,
            in: "query",
            required: route.needed.contains(parameter.name),
            description: "\(parameter.meaning) Takes \(parameter.words).",
            schema: parameter.repeats
              ? Schema(type: "array", items: parameter.schema) : parameter.schema,
            explode: parameter.repeats ? true : nil
          )
        }
      let refused = Content(schema: Schema(reference: "#/components/schemas/Refusal"))
      var responses = ["200": OpenAPI.reply(route)]
      for (status, words) in OpenAPI.refusals where status != "404" || isIdentified {
        responses[status] = Reply(description: words, content: ["application/json": refused])
      }
      self.responses = responses
    }
  }

  private static let workbook =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  private static let refusals = [
    ("400", "A parameter is none, or not what it must be."),
    ("401", "No cookie was sent that is known."),
    ("404", "The book has no such row."), ("414", "The address is too long."),
    ("421", "The request was for another host."),
    ("422", "The question has no answer."), ("503", "Too much is being worked on."),
  ]

  private static func reply(_ route: Route) -> Reply {
    switch route.kind {
    case .answer(let keys):
      Reply(
        description: route.title,
        content: [
          "application/json": Content(schema: Schema(type: "object", required: keys))
        ]
      )
    case .table:
      Reply(
        description: route.title,
        content: [
          route.path.hasSuffix(".xlsx") ? OpenAPI.workbook : "text/csv": Content(
            schema: Schema(type: "string")
          )
        ]
      )
    case .picture:
      Reply(
        description: route.title,
        content: ["image/svg+xml": Content(schema: Schema(type: "string"))]
      )
    case .page:
      Reply(
        description: route.title,
        content: ["text/html": Content(schema: Schema(type: "string"))]
      )
    }
  }
}

extension QueryParameter {
  /// A year, a month or a day, as a pattern.
  private var day: String { "(\(year)(-(0[1-9]|1[0-2]))?|\(wholeDay))" }

  /// A year: there is none with the number nought.
  private var year: String { "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)" }

  /// A day that there is, as a pattern.
  private var wholeDay: String {
    let long = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    let short = "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    let february = "02-(0[1-9]|1[0-9]|2[0-8])"
    let leap = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29"
    return "(\(year)-(\(long)|\(short)|\(february))|\(leap))"
  }

  /// What it takes, as a schema.
  fileprivate var schema: OpenAPI.Schema {
    switch shape {
    case .words(let most):
      // None is a control.
      OpenAPI.Schema(
        type: "string",
        pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f]+$",
        maxLength: most
      )
    case .date:
      OpenAPI.Schema(type: "string", pattern: "^\(day)$")
    case .period:
      OpenAPI.Schema(
        type: "string",
        pattern: "^\(day)(\\.\\.\(day))?$"
      )
    case .choice(let words): OpenAPI.Schema(type: "string", choices: words)
    case .number(let range):
      OpenAPI.Schema(type: "integer", minimum: range.lowerBound, maximum: range.upperBound)
    case .id: OpenAPI.Schema(type: "string", pattern: "^[a-z0-9][a-z0-9._-]{0,63}$")
    case .hash: OpenAPI.Schema(type: "string", pattern: "^[0-9a-f]{8,64}$")
    case .stretch: OpenAPI.Schema(type: "string", pattern: "^[0-9]{1,4}[smhdw]$")
    case .moment:
      OpenAPI.Schema(
        type: "string",
        pattern: "^\(wholeDay)(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?$"
      )
    case .amount: OpenAPI.Schema(type: "string", pattern: "^[0-9]{1,15}(\\.[0-9]{1,9})?$")
    case .currency: OpenAPI.Schema(type: "string", pattern: "^[A-Z]{3}$")
    }
  }
}
