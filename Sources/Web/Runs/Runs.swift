internal import Claims
internal import Columns
internal import NIOPosix
internal import Projection
internal import Reports

/// Scenarios that were run, or run, or wait: a few at a time, on threads of their own, each with how far it is.
final class Runs: Sendable {
  /// How far a run is.
  enum State: Sendable {
    /// Others run before it.
    case waiting
    /// It runs; the share of the work that is done.
    case running(Double)
    /// It is done.
    case done(ScenarioReport, NeededReport?)
    /// Somebody stopped it.
    case stopped
    /// It could not be run, and why.
    case refused(String)

    /// Whether nothing more will come of it.
    var isOver: Bool {
      switch self {
      case .waiting, .running: false
      case .done, .stopped, .refused: true
      }
    }
  }

  /// A run.
  struct Run: Sendable {
    /// Its number, from 1.
    let number: Int
    /// What it is called.
    let name: String
    /// The text of the scenario that was run.
    let text: String
    /// On how many paths.
    let paths: Int
    /// The question about the book that it begins from, as it stands in an address.
    let query: String
    /// How far it is.
    var state: State
  }

  private struct Held {
    var runs: [Run] = []
    var last = 0

    /// Sets how far a run is, unless it is over; whether it is to go on.
    mutating func set(_ number: Int, _ state: State) -> Bool {
      guard let place = runs.firstIndex(where: { $0.number == number }),
        !runs[place].state.isOver
      else { return false }
      runs[place].state = state
      return !state.isOver
    }
  }

  /// The most runs that are kept; the one that began first goes for one more.
  private static let most = 24
  /// The most that wait or run.
  private static let mostWaiting = 8
  /// Of how many paths the money needed is told.
  private static let neededPaths = 1_000

  private let threads = NIOThreadPool(numberOfThreads: 2)
  private let held = Guarded(Held())

  init() { threads.start() }

  /// All runs, the last first.
  var all: [Run] { held.with { $0.runs.reversed() } }

  /// A run by its number.
  subscript(number: Int) -> Run? { held.with { $0.runs.first { $0.number == number } } }

  /// Has a scenario run as soon as a thread is free.
  ///
  /// - Parameters:
  ///   - question: The scenario, laid out.
  ///   - text: Its text.
  ///   - paths: On how many paths.
  ///   - worked: What of the book is asked.
  ///   - version: The program's version.
  /// - Returns: The number of the run.
  /// - Throws: ``Refusal/busy``.
  func start(
    _ question: ScenarioQuestion,
    text: String,
    paths: Int,
    _ worked: Worked,
    version: String
  ) throws -> Int {
    let query = QuestionParameters.query(worked.question, head: worked.edition.shortHead)
    let number = try held.with { held throws(Refusal) in
      guard held.runs.count(where: { !$0.state.isOver }) < Self.mostWaiting else {
        throw Refusal.busy
      }
      held.last += 1
      let name = question.plan.scenario.name
      held.runs.append(
        Run(number: held.last, name: name, text: text, paths: paths, query: query, state: .waiting)
      )
      if held.runs.count > Self.most, let old = held.runs.firstIndex(where: { $0.state.isOver }) {
        held.runs.remove(at: old)
      }
      return held.last
    }
    let seed = worked.question.seed
    let book = (head: worked.edition.head, version: version)
    threads.submit { [self] state in
      guard state == .active, goesOn(number, 0) else { return stop(number) }
      let end = run(number, question, book, paths: paths, seed: seed)
      held.with { _ = $0.set(number, end) }
    }
    return number
  }

  /// Stops a run that waits or runs: at once for all who ask, and its thread at the next look.
  func stop(_ number: Int) { held.with { _ = $0.set(number, .stopped) } }

  /// Stops all and ends the threads.
  func close() async throws {
    for run in all { stop(run.number) }
    try await threads.shutdownGracefully()
  }

  /// Tells how far a run is; whether it is to go on.
  private func goesOn(_ number: Int, _ share: Double) -> Bool {
    held.with { $0.set(number, .running(share)) }
  }

  private func run(
    _ number: Int,
    _ question: ScenarioQuestion,
    _ book: (head: String, version: String),
    paths: Int,
    seed: UInt64
  ) -> State {
    do throws(ProjectionError) {
      let report = try ScenarioReport(
        question.plan,
        question.view,
        book: book,
        paths: paths,
        seed: seed,
        threads: 1
      ) { goesOn(number, $0 * 0.85) }
      return .done(report, try needed(number, question, book.head, paths: paths, seed: seed))
    } catch ProjectionError.stopped {
      return .stopped
    } catch {
      return .refused("\(error)")
    }
  }

  private func needed(
    _ number: Int,
    _ question: ScenarioQuestion,
    _ head: String,
    paths: Int,
    seed: UInt64
  ) throws(ProjectionError) -> NeededReport? {
    let paths = min(paths, Self.neededPaths)
    do throws(ProjectionError) {
      let money = try OutsideMoney(question.plan, confidence: 0.95, paths: paths, seed: seed) {
        goesOn(number, 0.85 + 0.15 * Double($0) / Double(paths))
      }
      return NeededReport(money, nil, question.plan, book: head)
    } catch {
      guard case .nobodyTracked = error else { throw error }
      return nil
    }
  }
}
