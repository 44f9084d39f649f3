internal import Claims
internal import Networks
internal import Reports

/// The question as addresses write it: the words of the command's options, in one order.
enum QuestionParameters {
  /// All there are.
  static let all = [
    QueryParameter(
      "as-of",
      "As known on this day; the last day of a report in the book by default.",
      .date
    ),
    QueryParameter(
      "told-by",
      "Whose word counts: tellers, publishers or sources, with commas; press or companies.",
      .words(600)
    ),
    QueryParameter("policy", "What is admitted.", .choice(Policy.allCases.map(\.rawValue))),
    QueryParameter("period", "The days of the flows; the last full year by default.", .period),
    QueryParameter(
      "basis",
      "Money of the period, or still to run on the day.",
      .choice(Basis.allCases.map(\.rawValue))
    ),
    QueryParameter(
      "complete",
      "How unknown flows are filled in.",
      .choice(CompletionMethod.allCases.map(\.rawValue))
    ),
    QueryParameter("groups", "Whether parties are counted by group.", .choice(["yes", "no"])),
    QueryParameter(
      "inside",
      "The ids of the parties of the sector, with commas: others than the book says.",
      .words(4_000)
    ),
    QueryParameter("seed", "Where chance begins.", .number(0...Int.max)),
    QueryParameter("samples", "How many draws the ranges rest on.", .number(1...1_000)),
    QueryParameter(
      "recorded-by",
      "Only what the book knew by the end of this day; of a file alone.",
      .date
    ),
    QueryParameter(
      "head",
      "The state of the book, by the first digits of its hash; the present one by default.",
      .hash
    ),
  ]

  /// Those without which an address does not hold the whole question.
  static let whole = ["as-of", "policy", "period", "basis", "complete", "head"]

  /// Reads the question of an address.
  ///
  /// - Parameters:
  ///   - values: The parameters that are not empty, each fit to be read.
  ///   - contents: The book that is asked.
  /// - Returns: The question.
  /// - Throws: ``Refusal`` where a party of `inside` is none.
  static func question(
    _ values: [String: String],
    of contents: BookContents
  ) throws(Refusal) -> Question {
    let day = values["as-of"].flatMap { PartialDate($0)?.last } ?? contents.lastReport
    let view = ViewRequest(
      asOf: day,
      toldBy: list(values["told-by"]),
      policy: values["policy"].flatMap(Policy.init(rawValue:)) ?? .reported
    )
    var question = Question(
      view: view,
      period: values["period"].flatMap { Period(text: $0) },
      basis: values["basis"].flatMap(Basis.init(rawValue:)) ?? .flows,
      completion: values["complete"].flatMap(CompletionMethod.init(rawValue:)) ?? .entropy,
      seed: values["seed"].flatMap { UInt64($0) } ?? 1,
      samples: values["samples"].flatMap { Int($0) } ?? 200,
      isConsolidated: values["groups"] != "no",
      inside: try inside(values["inside"], of: contents)
    )
    question.recordedBy = values["recorded-by"]
    return question
  }

  /// The question as it stands behind the `?` of an address.
  static func query(_ question: Question, head: String) -> String {
    pairs(question, head: head).map { "\($0.name)=\(Target.encoded($0.value))" }
      .joined(separator: "&")
  }

  /// The parameters of a question, those that hold what goes without saying left out.
  static func pairs(_ question: Question, head: String) -> [Target.Parameter] {
    var pairs: [(String, String)] = [("as-of", question.view.asOf.description)]
    if !question.view.toldBy.isEmpty {
      pairs.append(("told-by", question.view.toldBy.joined(separator: ",")))
    }
    pairs += [
      ("policy", question.view.policy.rawValue), ("period", question.period.description),
      ("basis", question.basis.rawValue), ("complete", question.completion.rawValue),
    ]
    if !question.isConsolidated { pairs.append(("groups", "no")) }
    if let inside = question.inside { pairs.append(("inside", inside.joined(separator: ","))) }
    if question.seed != 1 { pairs.append(("seed", String(question.seed))) }
    if question.samples != 200 { pairs.append(("samples", String(question.samples))) }
    if let time = question.recordedBy { pairs.append(("recorded-by", time)) }
    pairs.append(("head", head))
    return pairs.map { Target.Parameter(name: $0.0, value: $0.1) }
  }

  /// Words with commas between them.
  static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { word in
      String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }

  private static func inside(
    _ text: String?,
    of contents: BookContents
  ) throws(Refusal) -> [String]? {
    guard let text else { return nil }
    let known = Set(contents.parties.map(\.id))
    let ids = list(text)
    guard !ids.isEmpty, ids.allSatisfy(known.contains) else {
      throw Refusal(422, "inside names parties of the book by their ids, with commas between.")
    }
    return Set(ids).sorted()
  }
}
