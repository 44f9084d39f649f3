public import Claims
internal import Columns
public import Networks

/// The answer to a question, before it is put in words: the networks of all its footings, built once.
///
/// Every report, page and picture takes one, so that no two of them can rest on different figures.
public struct Economy: Sendable {
  /// What was asked.
  public let question: Question
  /// The book as known on the day and as told by the tellers asked for.
  public let view: View
  /// What a party or the press stated to have moved in the period.
  public let known: Footing
  /// The same, with what is only estimated beside it.
  public let estimated: Footing
  /// The same, with what a rule lays on days.
  public let spread: Footing
  /// The same, with unknown flows filled in from totals.
  public let completed: Footing
  /// What binds and is still to run on the day.
  public let bound: Footing
  /// The same, with what would run if every condition were met.
  public let promised: Footing
  /// The footing that the loops and the provenance are of.
  public let asked: Footing

  /// The money of the view, of which the ledger of any period is cut.
  private let schedules: Schedules

  /// Lays what `view` knows on all footings.
  ///
  /// - Parameters:
  ///   - view: The book, seen as `question` asks.
  ///   - question: What is asked.
  public init(_ view: View, _ question: Question) {
    self.init(Schedules(view, isConsolidated: question.isConsolidated), question)
  }

  /// Lays what schedules hold on all footings.
  ///
  /// - Parameters:
  ///   - schedules: The money of the book, seen and counted by group as `question` asks.
  ///   - question: What is asked.
  public init(_ schedules: Schedules, _ question: Question) {
    self.question = question
    self.schedules = schedules
    view = schedules.view
    let flows = Ledger(schedules, Self.request(question, .flows))
    let commitments = Ledger(schedules, Self.request(question, .commitments))
    known = Footing(.known, flows)
    estimated = Footing(.estimated, flows)
    spread = Footing(.spread, flows)
    completed = Footing(.completed, flows)
    bound = Footing(.bound, commitments)
    promised = Footing(.promised, commitments)
    switch Self.kind(question) {
    case .known: asked = known
    case .estimated: asked = estimated
    case .spread: asked = spread
    case .completed: asked = completed
    case .bound: asked = bound
    case .promised: asked = promised
    case .sampled: asked = Footing(.sampled, flows, seed: question.seed)
    }
  }

  /// The footings that the answer compares, those that rest on least first.
  public var footings: [Footing] { [known, estimated, spread, completed, bound, promised] }

  /// The footing that loops and provenance are of alone, where an answer needs no other.
  ///
  /// - Parameters:
  ///   - question: What is asked.
  ///   - view: The book, seen as `question` asks.
  /// - Returns: The same as ``asked`` of a whole economy.
  public static func footing(_ question: Question, of view: View) -> Footing {
    footing(question, of: Schedules(view, isConsolidated: question.isConsolidated))
  }

  /// The footing that loops and provenance are of alone, where an answer needs no other.
  ///
  /// - Parameters:
  ///   - question: What is asked.
  ///   - schedules: The money of the book, seen and counted by group as `question` asks.
  /// - Returns: The same as ``asked`` of a whole economy.
  public static func footing(_ question: Question, of schedules: Schedules) -> Footing {
    let kind = kind(question)
    let ledger = Ledger(schedules, request(question, kind.isPromised ? .commitments : .flows))
    return Footing(kind, ledger, seed: question.seed)
  }

  /// The ledger of flows of the same days a year earlier, as seen on the same day.
  var yearBefore: Ledger {
    var before = question
    before.period = (known.ledger.elapsed ?? question.period).yearEarlier
    return Ledger(schedules, Self.request(before, .flows))
  }

  /// How much goes round on each footing of what moved.
  var linesOfFlows: [FootingLine] {
    drawn(footings.filter { !$0.kind.isPromised })
  }

  /// The lines of footings, each drawn by itself.
  private func drawn(_ footings: [Footing]) -> [FootingLine] {
    let (samples, seed) = (question.samples, question.seed)
    return Workers.map(footings.count) { footings[$0].line(samples: samples, seed: seed) }
  }

  /// Whether too little is told of a period that is not over for its share to mean anything.
  static func isTooLittle(_ coverage: Double?) -> Bool { coverage.map { $0 < 0.5 } == true }

  /// How much goes round on each footing, by itself.
  var plainLines: [FootingLine] { drawn(footings) }

  /// How much goes round on each footing, beside a year earlier and beside chance.
  var lines: [FootingLine] {
    let before = yearBefore
    let moved = footings.filter { !$0.kind.isPromised }
    let asked = drawn(footings + moved.map { Footing($0.kind, before) })
    var lines = Array(asked.prefix(footings.count))
    for (index, footing) in footings.enumerated() {
      guard let place = moved.firstIndex(where: { $0.kind == footing.kind }) else { continue }
      let last = asked[footings.count + place]
      let isAsBefore = index > 0 && footings[index - 1].standing.network == footing.standing.network
      lines[index].atRandom =
        isAsBefore ? lines[index - 1].atRandom : footing.shareAtRandom(seed: question.seed)
      lines[index].lastYear = last.total > 0 ? last.shareRange : nil
    }
    return lines
  }

  /// Whether the period runs beyond the day of the view.
  public var isToDate: Bool { known.ledger.elapsed != question.period }

  /// What falls due between inside parties in the rest of a period that runs beyond the day, in dollars.
  var dueLater: Double? {
    guard isToDate else { return nil }
    let inside = Set(known.ledger.parties)
    let due = known.ledger.due.filter { inside.contains($0.payer) && inside.contains($0.payee) }
    return known.unit.whole(due.reduce(0) { $0 + $1.amount.point })
  }

  /// Of a period that runs beyond the day: the share of the last full year's inside money that lies on pairs of which
  /// somebody says what moved on nine tenths of the days up to the day.
  var coverage: Double? {
    guard isToDate else { return nil }
    var before = question
    before.period = Question.lastFullYear(before: view.request.asOf)
    let last = Ledger(schedules, Self.request(before, .flows)).network(upTo: .press)
    let inside = last.insideItems
    let total = inside.reduce(0) { $0 + $1.amount }
    guard total > 0 else { return nil }
    let told = known.ledger.pairsTold
    let covered = inside.filter { told.contains([$0.item.payer, $0.item.payee]) }
    return covered.reduce(0) { $0 + $1.amount } / total
  }

  private static func kind(_ question: Question) -> Footing.Kind {
    switch (question.basis, question.completion) {
    case (.commitments, _): .promised
    case (.flows, .none): .spread
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
