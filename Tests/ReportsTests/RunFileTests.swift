import Claims
import Foundation
import Projection
import Reports
import TestKit
import Testing

/// A run of two parties that owe each other, one of which may fail.
private struct SmallRun {
  let plan: ProjectionPlan
  static let paths = 40

  init() throws {
    let story = Story(
      """
      party acme
      party bolt
      party lenders market
      fact acme cash 100000000 in 2025-12-31
      fact bolt cash 11000000 in 2025-12-31
      fact bolt debt 60000000 in 2025-12-31
      fact acme revenue 1800000000 in 2025-01-01..2025-12-31
      fact bolt revenue 60000000 in 2025-01-01..2025-12-31
      fact acme costs 600000000 in 2025-01-01..2025-12-31
      fact bolt costs 120000000 in 2025-01-01..2025-12-31
      fact acme capex 0 in 2025-01-01..2025-12-31
      fact bolt capex 0 in 2025-01-01..2025-12-31
      deal acme > bolt purchase
      c1 filing 2025 signed binding 120000000 in 2026-01..2026-12
      deal bolt > acme purchase
      c2 filing 2025 signed binding 120000000 in 2026-01..2026-12
      """
    )
    let view = try story.view("2025-12-31")
    let text = "name: small\noutside: {demand-volatility: 60%}\nparties: {bolt: {recovery: 40%}}\n"
    let scenario = try ScenarioReader(view).scenario(text, file: "s.yaml") { _ in nil }
    plan = ProjectionPlan(view, scenario, months: 3)
  }

  func file(_ done: Range<Int>..., seed: UInt64 = 1, paths: Int = paths) throws -> RunFile {
    let parameters = RunFile.Parameters(
      version: "1",
      inputs: "i",
      book: ("b", "h"),
      scenario: ("s.yaml", "small"),
      view: ("2025-12-31", [], "reported"),
      months: plan.months.map(\.description),
      seed: seed,
      paths: paths
    )
    var file = try RunFile(parameters, plan, threads: 1)
    let run = MonteCarlo(plan, seed: seed, threads: 1, paths: paths)
    for span in done { try file.add(span, by: run) }
    return file
  }
}

private func bytes(_ file: RunFile) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  return try encoder.encode(file)
}

private func read(_ tree: Any) throws -> RunFile {
  try JSONDecoder().decode(RunFile.self, from: JSONSerialization.data(withJSONObject: tree))
}

/// Any bytes give a run that holds together, or an error that says where it does not.
@Suite struct RunFileTests {
  private static let part = Result { try SmallRun().file(0..<10, 30..<40) }
  private static let rest = Result { try SmallRun().file(25..<40) }

  @Test func partsJoinInAnyOrderToTheWhole() throws {
    let run = try SmallRun()
    let whole = try run.file(0..<40)
    #expect(try (whole.result?.somebodyFails ?? 0) > 0 && read(tree(whole)).isComplete)
    var joined = try run.file(30..<40)
    for part in [try run.file(0..<7, 20..<30), try run.file(7..<20)] {
      try joined.join(read(tree(part)))
    }
    #expect(try bytes(joined) == bytes(whole))
  }

  @Test func whatIsOfAnotherRunIsRefused() throws {
    let run = try SmallRun()
    var part = try run.file(0..<20)
    let other = try run.file(20..<40, seed: 2)
    #expect(throws: RunFileError.otherRun("seed")) { try part.join(other) }
    let longer = try run.file(20..<40, paths: 41)
    #expect(throws: RunFileError.otherRun("number of paths")) { try part.join(longer) }
    let again = try run.file(10..<30)
    #expect(throws: RunFileError.twice(from: 10, until: 20)) { try part.join(again) }
  }

  /// Two parts that each count nearly all that a number can hold.
  @Test func sumsThatOverflowAreRefused() throws {
    let run = try SmallRun()
    func part(_ span: Range<Int>) throws -> RunFile {
      try read(changed(tree(run.file(span)), "tally.lost", to: "0:\(Int64.max / 3 * 2)"))
    }
    var first = try part(0..<20)
    #expect(throws: RunFileError.tooMuch) { try first.join(part(20..<40)) }
    #expect(throws: DecodingError.self) {
      try read(changed(tree(run.file(0..<20)), "tally.lost", to: "0:\(Int64.max) 1:1"))
    }
  }

  /// Each fault is told with its place.
  @Test(
    arguments: [
      ("format", "ouroboros run 1", "format"),
      ("parameters.paths", -1, "parameters.paths"), ("parameters.paths", 0, "parameters.paths"),
      ("parameters.paths", 200_000_000, "parameters.paths"),
      ("parameters.paths", 39, "done.1.until"), ("parameters.months", [String](), "tally.months"),
      ("parameters.months.1", "\u{1B}[2J", "parameters.months.1"),
      ("parameters.months.2", "2026-05", "parameters.months.2"),
      ("parties", ["acme"], "tally.parties"), ("parties", ["acme", "acme"], "parties"),
      ("tracked", ["nobody"], "tracked.0"), ("tracked", ["acme", "acme"], "tracked"),
      ("done.0.from", -1, "done.0.from"), ("done.0.until", 0, "done.0.until"),
      ("done.1.from", 10, "done.1.from"), ("done.1.from", 5, "done.1.from"),
      ("done.1.until", 41, "done.1.until"), ("done.1.until", Int.max, "done.1.until"),
      ("done.1.until", 38, "tally.paths"), ("done", [Int](), "tally.paths"),
      ("done.1.from", "x", "done.1.from"), ("done", 3, "done"),
      ("tally.parties", -1, "tally.parties"), ("tally.months", Int.max, "tally.months"),
      ("tally.months", 2, "tally.cash"), ("tally.cash", [[String]](), "tally.cash"),
      ("tally.paths", -1, "tally.paths"), ("tally.quiet", -1, "tally.quiet"),
      ("tally.quiet", Int.max, "tally.quiet"), ("tally.quiet", 1, "tally.first"),
      ("tally.losses", "1536:1", "tally.losses"), ("tally.losses", "9999:1", "tally.losses"),
      ("tally.losses", "0:-1", "tally.losses"), ("tally.losses", "5:1 5:2", "tally.losses"),
      ("tally.losses", "0:4294967296", "tally.losses"), ("tally.losses", "x", "tally.losses"),
      ("tally.loss_dollars", "0:1", "tally.loss_dollars"), ("tally.failed", "0:99", "tally.failed"),
      ("tally.recovered", "0:1", "tally.recovered"), ("tally.shares", "0:1", "tally.shares"),
      ("tally.cash.0.0", "0:1", "tally.cash"), ("middle.years", [Int](), "middle.years"),
      ("middle.parties", [Int](), "middle.parties"),
      ("middle.parties.1.cash", [1.0], "middle.parties.1.cash"),
      ("middle.parties.1.debt", 1e308, "middle.parties.1"),
      ("middle.years.0.inside", -1e308, "middle.years.0"),
      ("middle.flows.0.amount", 1e300, "middle.flows.0.amount"),
      ("result", ["paths": 2], "result.somebody_fails"),
    ] as [(String, any Sendable, String)]
  )
  func everyFaultHasAPlace(place: String, value: any Sendable, found: String) throws {
    let part = try Self.part.get()
    do {
      _ = try read(changed(tree(part), place, to: value))
      Issue.record("\(place) = \(value) was taken")
    } catch let error as DecodingError {
      #expect(Self.place(error) == found, "\(error)")
    }
  }

  /// A run of an earlier version is told apart from what is no run, with what to do.
  @Test func runsOfOtherVersionsAreToRunAgain() throws {
    let part = try Self.part.get()
    func sentence(_ format: String) throws -> String {
      do {
        _ = try read(changed(tree(part), "format", to: format))
        return ""
      } catch let error as DecodingError {
        return RunFileError(error, path: "old.json").description
      }
    }
    let old = try sentence("ouroboros run 1")
    #expect(old.contains("ouroboros run 1") && old.hasSuffix("run it again with ouro project"))
    #expect(
      try sentence("shopping list").hasPrefix("old.json is no run of ouro project: format is")
    )
  }

  /// What files and answers call their figures.
  @Test func keysAreSnakeCase() throws {
    let run = try SmallRun()
    func keys(_ tree: Any) -> [String] {
      if let list = tree as? [Any] { return list.flatMap(keys) }
      guard let object = tree as? [String: Any] else { return [] }
      return Array(object.keys) + object.values.flatMap(keys)
    }
    let found = try Set(keys(tree(run.file(0..<40))))
    #expect(
      found.isSuperset(of: ["as_of", "book_hash", "loss_dollars", "closed_loop", "outside_in"])
    )
    #expect(found.filter { $0.contains(where: \.isUppercase) } == [])
  }

  /// A whole run says what its tally comes to; a part says nothing yet.
  @Test func aResultAgreesWithItsTally() throws {
    let run = try SmallRun()
    let (whole, part) = (try tree(run.file(0..<40)), try tree(run.file(0..<39)))
    let result = try #require((whole as? [String: Any])?["result"])
    for wrong in [
      changed(whole, "result.loss_mean", to: 7.0), changed(whole, "result", to: NSNull()),
      changed(part, "result", to: result), changed(whole, "result.parties.0.id", to: "bolt"),
    ] {
      #expect(throws: DecodingError.self) { try read(wrong) }
    }
  }

  /// Every number replaced, every list cut and lengthened: refused, or the same answer.
  @Test(arguments: [0..<40, 0..<25]) func anyChange(done: Range<Int>) throws {
    let (file, rest) = (try SmallRun().file(done), try Self.rest.get())
    let tree = try tree(file)
    let values: [Any] = [-1, 0, Int.max, 1e308, NSNull(), "x"]
    var (refused, taken) = (0, 0)
    func check(_ place: String, _ changed: Any) throws {
      do {
        var found = try read(changed)
        taken += 1
        #expect(found.done == file.done && found.tally == file.tally, "\(place)")
        #expect(found.result == file.result, "\(place)")
        #expect(!found.text(PartyNames(ids: found.parties)).contains("inf"), "\(place)")
        _ = found.missing(of: 0..<found.parameters.paths)
        try? found.join(rest)
      } catch is DecodingError {
        refused += 1
      }
    }
    for place in places(in: tree) {
      if value(tree, place) is NSNumber {
        for value in values { try check(place, changed(tree, place, to: value)) }
      } else if let list = value(tree, place) as? [Any] {
        try check(place, changed(tree, place, to: Array(list.dropLast())))
        try check(place, changed(tree, place, to: list + (list.last.map { [$0] } ?? [1])))
      }
    }
    #expect(refused > 100 && taken > 0)
  }

  @Test(arguments: UInt64(0)..<100) func anyBytes(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var text = Array(try bytes(Self.part.get()))
    for _ in 0...2 {
      let place = Int.random(in: text.indices, using: &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: text[place] = UInt8.random(in: 0...255, using: &random)
      case 1: text.remove(at: place)
      default: text.insert(contentsOf: Array("[[{-9e99,\"".utf8), at: place)
      }
    }
    do {
      let file = try JSONDecoder().decode(RunFile.self, from: Data(text))
      #expect(file.fits)
    } catch is DecodingError {}
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(RunFile.self, from: Data(String(repeating: "[", count: 99_999).utf8))
    }
  }
}

extension RunFile {
  /// Whether what is done and what is missing make up the whole.
  fileprivate var fits: Bool {
    let left = missing(of: 0..<parameters.paths).reduce(0) { $0 + $1.count }
    return left + tally.paths == parameters.paths
  }
}

extension RunFileTests {
  fileprivate static func place(_ error: DecodingError) -> String {
    let path: [any CodingKey] =
      switch error {
      case .keyNotFound(let key, let context): context.codingPath + [key]
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .dataCorrupted(let context):
        context.codingPath
      @unknown default: []
      }
    return path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }

  fileprivate func tree(_ file: RunFile) throws -> Any {
    try JSONSerialization.jsonObject(with: bytes(file))
  }

  /// Every place in a tree, as `done.0.from`.
  fileprivate func places(in tree: Any, at place: String = "") -> [String] {
    func inside(_ key: String, _ value: Any) -> [String] {
      places(in: value, at: place.isEmpty ? key : "\(place).\(key)")
    }
    let own = place.isEmpty ? [] : [place]
    if let map = tree as? [String: Any] {
      return own + map.sorted { $0.key < $1.key }.flatMap { inside($0.key, $0.value) }
    }
    if let list = tree as? [Any] {
      return own + list.enumerated().flatMap { inside("\($0.offset)", $0.element) }
    }
    return own
  }

  fileprivate func value(_ tree: Any, _ place: String) -> Any? {
    place.split(separator: ".").reduce(tree as Any?) { tree, key in
      if let list = tree as? [Any] { return Int(key).map { list[$0] } }
      return (tree as? [String: Any])?[String(key)]
    }
  }

  /// The tree with another value at `place`.
  fileprivate func changed(_ tree: Any, _ place: String, to value: Any) -> Any {
    guard !place.isEmpty else { return value }
    let keys = place.split(separator: ".", maxSplits: 1).map(String.init)
    let rest = keys.count > 1 ? keys[1] : ""
    if var list = tree as? [Any], let index = Int(keys[0]) {
      list[index] = changed(list[index], rest, to: value)
      return list
    }
    var map = tree as? [String: Any] ?? [:]
    map[keys[0]] = changed(map[keys[0]] ?? NSNull(), rest, to: value)
    return map
  }
}
