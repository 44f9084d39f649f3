public import Claims
internal import Networks

/// The answer to a question, before it is put in words: the networks of all its footings, built once.
///
/// Every report, page and picture takes one, so that no two of them can rest on different figures.
public struct Economy: Sendable {
  /// What was asked.
  public let question: Question
  /// The book as known on the day and as told by the tellers asked for.
  public let view: View
  /// What somebody stated to have moved in the period.
  public let known: Footing
  /// The same, with unknown flows filled in from totals.
  public let completed: Footing
  /// What is promised and still to run on the day.
  public let promised: Footing
  /// The footing that the loops and the provenance are of.
  public let asked: Footing

  /// Lays what `view` knows on all footings.
  ///
  /// - Parameters:
  ///   - view: The book, seen as `question` asks.
  ///   - question: What is asked.
  public init(_ view: View, _ question: Question) {
    self.question = question
    self.view = view
    let flows = Ledger(view, Self.request(question, .flows))
    let commitments = Ledger(view, Self.request(question, .commitments))
    known = Footing(.known, flows)
    completed = Footing(.completed, flows)
    promised = Footing(.promised, commitments)
    switch Self.kind(question) {
    case .known: asked = known
    case .completed: asked = completed
    case .promised: asked = promised
    case .sampled: asked = Footing(.sampled, flows, seed: question.seed)
    }
  }

  /// The footings that the answer compares, those that rest on least first.
  public var footings: [Footing] { [known, completed, promised] }

  /// The footing that loops and provenance are of alone, where an answer needs no other.
  ///
  /// - Parameters:
  ///   - question: What is asked.
  ///   - view: The book, seen as `question` asks.
  /// - Returns: The same as ``asked`` of a whole economy.
  public static func footing(_ question: Question, of view: View) -> Footing {
    let kind = kind(question)
    let ledger = Ledger(view, request(question, kind == .promised ? .commitments : .flows))
    return Footing(kind, ledger, seed: question.seed)
  }

  private static func kind(_ question: Question) -> Footing.Kind {
    switch (question.basis, question.completion) {
    case (.commitments, _): .promised
    case (.flows, .none): .known
    case (.flows, .entropy): .completed
    case (.flows, .sample): .sampled
    }
  }

  private static func request(_ question: Question, _ basis: Basis) -> Ledger.Request {
    Ledger.Request(
      period: question.days(of: basis),
      basis: basis,
      isConsolidated: question.isConsolidated,
      inside: question.inside
    )
  }
}
