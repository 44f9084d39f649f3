import Foundation
import TestKit
import Testing

/// Whole commands on a book small enough to work out on paper.
///
/// Millions of dollars of 2025, from `Fixtures/loop-book`:
///
///     alba → brig  80   paid                       brig → alba  100   paid (shares)
///     brig → chip  60   paid                       chip → alba   30   paid (shares)
///     alba → dune  60   half of 120 over two years, amended from 240
///     dune → brig  20   by dune's word; the Herald says 10
///     dune → chip   ?   a purchase without a price
///     from outside: savers → alba 50, bank → dune 200
///
/// Dune's capex of 100 less 20 named leaves 80 to spend; chip's revenue of 140 less 60 named leaves 80
/// to take; so the unknown flow is 80 · 80 / (80 + 80) = 40, between 0 and 80.
@Suite struct LoopBookTests {
  private static let book = "Tests/CommandTests/Fixtures/loop-book"

  private func ask(_ line: String) throws -> String {
    let words = line.split(separator: " ").map { $0 == "BOOK" ? Self.book : String($0) }
    let result = try runOuro(words)
    #expect(result.status == 0, "\(line): \(result.stderr)")
    #expect(result.stderr.isEmpty, "\(line): \(result.stderr)")
    return result.stdout
  }

  private func answer(_ line: String) throws -> JSON { try JSON(ask(line + " --json")) }

  private func expect(_ found: JSON?, _ wanted: Double, _ what: Comment? = nil) {
    #expect(abs((found?.number ?? .nan) - wanted) <= 1e-9 * max(1, abs(wanted)), what)
  }

  private func share(_ parties: JSON?, _ party: String, _ origin: String) -> JSON? {
    parties?.elements.first { $0["id"]?.string == party }?["origins"]?.elements
      .first { $0["id"]?.string == origin }?["share"]
  }

  static let commands = [
    "report": "report BOOK --samples 20",
    "loops": "loops BOOK",
    "trace": "trace BOOK alba --complete none",
    "diff": "diff BOOK --from 2025-03-31 --to 2025-06-30",
    "diff-figures": "diff BOOK --from 2025-03-31 --to 2026-01-31 --period 2025 --figures",
    "disputes": "disputes BOOK",
    "deals": "deals BOOK",
    "deals-flows": "deals BOOK --flows",
    "deals-left-out": "deals BOOK --left-out",
    "deals-commitments": "deals BOOK --basis commitments --flows --as-of 2025-12-31",
    "party": "party BOOK dune",
    "party-list": "party BOOK",
    "trend": "trend BOOK --period 2024..2025 --samples 20",
    "path": "path BOOK alba brig chip",
    "show": "show BOOK c02 chip",
    "search": "search BOOK hosting",
  ]

  @Test(arguments: commands.sorted { $0.key < $1.key })
  func wordsAreAsTheyWere(name: String, line: String) throws {
    try golden(ask(line), named: "loop-book/\(name).txt")
  }

  @Test(arguments: ["closure", "cycling", "potential", "provenance", "concentration", "gain"])
  func measuresOfABookAreAsTheyWere(measure: String) throws {
    let text = try ask("measure \(measure) BOOK --complete none")
    try golden(text, named: "loop-book/measure-\(measure).txt")
  }

  /// The loop book has seven edges inside: enough to read in each format.
  @Test(arguments: ["graphml", "gexf", "json"])
  func exportsAreAsTheyWere(format: String) throws {
    let text = try ask("export BOOK --format \(format)")
    if format == "json" { return try expectSorted(text) }
    try golden(text, named: "loop-book/network.\(format)")
  }

  @Test func exportedRowsAreTheFixture() throws {
    try withTemporaryFolder { folder in
      let out = folder.appending(path: "out")
      let result = try runOuro(["export", Self.book, "--format", "csv", "-o", out.path])
      #expect(result.status == 0)
      for table in ["parties", "sources", "deals", "claims", "facts", "assumptions"] {
        let fixture = packageRoot.appending(path: "\(Self.book)/\(table).csv")
        let written = try Data(contentsOf: out.appending(path: "\(table).csv"))
        #expect(try Data(contentsOf: fixture) == written, "\(table)")
      }
      let json = try answer("export BOOK --format json")
      #expect(
        json.members.mapValues(\.elements.count) == [
          "assumptions": 0, "claims": 14, "deals": 12, "facts": 11, "parties": 7, "sources": 8,
        ]
      )
    }
  }

  /// The keys at the top of each answer: a change here breaks somebody's script.
  static let keys: [(line: String, keys: String)] = [
    (
      "report BOOK --samples 5",
      "contradictions disputes footings gaps header left_out loop_count loops loops_complete market_moves measures "
        + "names parties plans real_dollars swings trimmed unplaced unrated"
    ),
    ("loops BOOK", "as_of by_length circulation complete count loops parties period"),
    ("trace BOOK alba", "as_of line party payers period receipts"),
    ("diff BOOK --from 2025-03-31 --to 2025-06-30", "changes facts figures from to"),
    ("disputes BOOK", "as_of deals"),
    ("deals BOOK", "as_of deals flows left_out replaced subject"),
    ("deals BOOK --flows", "as_of deals flows left_out period replaced subject"),
    ("deals BOOK --left-out", "as_of deals flows left_out period replaced subject"),
    ("party BOOK dune", "deals facts group id inside kind name note pays period plans receives"),
    (
      "measure closure BOOK",
      "circulation efficiency forwarded_imbalance forwarded_share measure parties share total"
    ),
    ("measure cycling BOOK", "finn finn_standard_error measure parties path_length throughflow"),
    (
      "measure potential BOOK",
      "circular_share incoherence measure parties reciprocity weighting"
    ),
    ("measure provenance BOOK", "measure parties"),
    ("measure concentration BOOK", "effective_number hhi largest measure"),
    ("measure gain BOOK", "gain high low measure settled"),
    ("measure cycles BOOK", "by_length complete count measure top"),
    ("verify BOOK", "head rows"),
  ]

  @Test(arguments: keys) func keysAreStableAndSorted(line: String, keys: String) throws {
    let text = try ask(line + " --json")
    try expectSorted(text)
    let found = try JSON(text).members.keys.sorted().joined(separator: " ")
    #expect(found == keys, "\(line)")
  }

  /// Every key of every object is in one style, and what stands for one of a few words is too; the ids by which
  /// names and shares are told are whatever they are.
  @Test(arguments: keys) func keysAreInOneStyle(line: String, keys: String) throws {
    for key in try answer(line).fieldNames(except: ["names", "circular_shares"]) {
      #expect(key.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(line): \(key)")
    }
  }

  @Test func subjectsAreWordsWithHyphens() throws {
    #expect(try answer("deals BOOK --left-out")["subject"]?.string == "left-out")
  }

  /// Whether the keys of every object stand in order, read from the text itself.
  private func expectSorted(_ text: String) throws {
    _ = try JSON(text)
    var open: [String?] = []
    for line in text.split(separator: "\n") {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("\""), let end = words.firstRange(of: "\" : ") {
        let key = String(words[..<end.lowerBound])
        if let last = open.last, let last { #expect(last < key, "\(last) stands before \(key)") }
        if !open.isEmpty { open[open.count - 1] = key }
      }
      if words.hasPrefix("}") || words.hasPrefix("]") { open.removeLast() }
      if words.hasSuffix("{") || words.hasSuffix("[") { open.append(nil) }
    }
    #expect(open.isEmpty)
  }

  // Figures worked out by hand.

  /// 250 of 350 goes round.
  ///
  /// With x_ca = x_bc = 30, x_ad = x_db = 20, x_ab = 80: alba gives 80 + 20 and gets 30 + x_ba, so
  /// x_ba = 70, and the sum is 250 of 350. No more is possible: conservation makes the sum
  /// 2 x_ab + x_bc + 3 x_db, which is at most 160 + 30 + 60. Net positions are −10, −60, 30, 40, half
  /// their sum is 70, so the efficiency is 250 / 280.
  @Test func closureOfWhatIsKnown() throws {
    let closure = try answer("measure closure BOOK --complete none")
    expect(closure["total"], 350e6)
    expect(closure["circulation"], 250e6)
    expect(closure["share"], 5.0 / 7)
    expect(closure["efficiency"], 250.0 / 280)
    let ranges = closure["parties"]?.elements.map { [$0["low"], $0["high"]].map { $0?.number } }
    #expect(ranges == [[100e6, 100e6], [100e6, 100e6], [30e6, 30e6], [20e6, 20e6]])
  }

  /// The unknown flow of 40 lets dune feed chip's 30 instead of brig, which frees brig to return 100:
  /// the sum is 2 x_ab + 3 x_db + x_bc + 3 x_dc with x_bc + x_dc ≤ 30: 160 + 60 + 0 + 90 = 310 of 390.
  @Test func closureOfWhatIsFilledIn() throws {
    let closure = try answer("measure closure BOOK")
    expect(closure["total"], 390e6)
    expect(closure["circulation"], 310e6)
    let report = try answer("report BOOK --samples 5")
    let footings = report["footings"]?.elements ?? []
    // Known are the four payments: 2 · 80 + 30 of 270 with what brig returns; promises come back to nobody.
    #expect(
      footings.map { $0["footing"]?.string } == [
        "known", "with estimates", "with what was spread", "with what was filled in",
        "promised: bound", "promised: if all is met",
      ]
    )
    #expect(footings.map { $0["circulation"]?.number } == [190e6, 190e6, 250e6, 310e6, 0, 0])
    expect(footings[0]["total"], 270e6)
    expect(footings[3]["share"], 31.0 / 39)
    expect(footings[3]["assumed_share"], 4.0 / 39)
  }

  /// The Herald's 10 instead of dune's 20: 2 · 80 + 30 + 3 · 10 = 220 of 340.
  @Test func closureByTheOtherAccount() throws {
    let told = "--told-by alba-10k,brig-10k,chip-10k,dune-10k,alba-note,gazette,herald"
    let closure = try answer("measure closure BOOK --complete none \(told)")
    expect(closure["total"], 340e6)
    expect(closure["circulation"], 220e6)
  }

  /// Four loops: 80 between alba and brig, 30 by chip, 20 by dune, and 20 by dune and chip.
  @Test func loopsOfWhatIsKnown() throws {
    let loops = try answer("loops BOOK --complete none")
    #expect(loops["count"]?.number == 4)
    #expect(loops["by_length"] == .object(["2": .number(1), "3": .number(2), "4": .number(1)]))
    let found = loops["loops"]?.elements.map { loop in
      let path = loop["parties"]?.elements.compactMap(\.string).joined(separator: " ") ?? ""
      return "\(path) \(Int(loop["bottleneck"]?.number ?? 0)) \(Int(loop["total"]?.number ?? 0))"
    }
    #expect(
      found?.sorted() == [
        "alba brig 80000000 180000000", "alba brig chip 30000000 170000000",
        "alba dune brig 20000000 180000000", "alba dune brig chip 20000000 170000000",
      ]
    )
    let disputed = loops["loops"]?.elements.filter { $0["disputed"] == .bool(true) }
    #expect(disputed?.count == 2)
  }

  /// Of what the bank lent to dune, with T = 200, 170, 140, 270 for alba, brig, chip, dune:
  /// a = (100 b + 30 c) / 200, b = (80 a + 20 d) / 170, c = 60 b / 140, d = (60 a + 200) / 270,
  /// hence a = 395/5781, b = 700/5781, c = 300/5781, d = 4370/5781.
  @Test func provenanceOfTheLoan() throws {
    let provenance = try answer("measure provenance BOOK --complete none")
    for (party, part) in [("alba", 395.0), ("brig", 700), ("chip", 300), ("dune", 4370)] {
      expect(share(provenance["parties"], party, "bank"), part / 5781, "\(party)")
    }
    for party in provenance["parties"]?.elements ?? [] {
      let shares = (party["origins"]?.elements ?? []).reduce(0) { $0 + ($1["share"]?.number ?? 0) }
      #expect(abs(shares + (party["unsourced"]?.number ?? .nan) - 1) < 1e-12)
    }
    let trace = try answer("trace BOOK alba --complete none")
    expect(trace["receipts"], 200e6)
    let first = trace["payers"]?.elements.first
    #expect(first?["id"]?.string == "brig")
    expect(first?["share"], 0.5)
    #expect(first?["evidence"] == .array([.string("c01")]))
  }

  /// Alba's payers without its own reserves: 100, 50 and 30 of 180.
  @Test func concentrationOfABook() throws {
    let found = try answer("measure concentration BOOK --complete none --of alba")
    let shares = [100.0, 50, 30].map { $0 / 180 }
    expect(found["hhi"], shares.map { $0 * $0 }.reduce(0, +))
    #expect(found["largest"]?.elements.first?["id"]?.string == "brig")
  }

  @Test func cyclesOfABook() throws {
    let cycles = try answer("measure cycles BOOK --complete none")
    #expect(cycles["count"]?.number == 4)
    #expect(cycles["top"]?.elements.first?["bottleneck"]?.number == 80e6)
    let timed = try runOuro(["measure", "cycles", Self.book, "--within", "30d"])
    #expect(timed.status == 64)
    #expect(timed.stderr.contains("give EDGES.csv, not a book"))
  }

  /// What is still to run, by policy.
  ///
  /// On the last day of 2025, 365 of 730 days are done: 60 of 120 are left. The option and the plan bind nobody: they
  /// are conditional, the plan only where plans are admitted, and it has no amount but a most.
  @Test(arguments: [
    ("binding", ["alba-dune-computing": 60e6, "chip-dune-option": 40e6]),
    (
      "reported",
      ["alba-dune-computing": 60e6, "chip-dune-option": 40e6, "chip-alba-plan": 500e6]
    ),
  ])
  func commitments(policy: String, expected: [String: Double]) throws {
    let line = "deals BOOK --flows --basis commitments --as-of 2025-12-31 --policy \(policy)"
    let flows = try answer(line)["flows"]?.elements ?? []
    let found = flows.map { ($0["deals"]?.elements.first?.string ?? "", $0["high"]?.number ?? 0) }
    #expect(Dictionary(uniqueKeysWithValues: found) == expected)
    let plan = flows.first { $0["deals"] == .array([.string("chip-alba-plan")]) }
    #expect(plan.map { $0["amount"] == .null && $0["low"]?.number == 0 } ?? true)
  }

  /// Flows end on the day: before the new terms, 165 of 730 days of the 240 lie in 2025; after, 166 of the 120.
  @Test func anAmendmentReplacesTheTerms() throws {
    for (day, amount) in [("2025-06-14", 240e6 * 165 / 730), ("2025-06-15", 120e6 * 166 / 730)] {
      let flows = try answer("deals BOOK --flows --period 2025 --party alba --as-of \(day)")
      let computing = flows["flows"]?.elements.first { $0["payee"]?.string == "dune" }
      expect(computing?["amount"], amount, "\(day)")
    }
  }

  @Test func theSubsidiaryCountsByItselfWhenAsked() throws {
    let left = try answer("deals BOOK --left-out --party alba-tools")
    #expect(left["left_out"]?.elements.map { $0["reason"]?.string } == ["within-group"])
    let flows = try answer("deals BOOK --flows --party alba-tools --unconsolidated")
    let grant = flows["flows"]?.elements.first { $0["payee"]?.string == "alba-tools" }
    expect(grant?["amount"], 5e6)
  }

  @Test func nothingLeftOutIsSaid() throws {
    let text = try ask("deals BOOK --left-out --party brig")
    #expect(text == "0 deals left out of 2025, as of 2026-01-31\n")
  }

  /// A filled-in flow rests on what its payer spends and its payee takes in, on what of both is known, and on the deal.
  @Test func evidenceOfAFilledInFlow() throws {
    let flows = try answer("deals BOOK --flows --party chip")["flows"]?.elements ?? []
    let filled = try #require(flows.first { $0["payer"]?.string == "dune" })
    expect(filled["amount"], 40e6)
    expect(filled["low"], 0)
    expect(filled["high"], 80e6)
    let rows = ["c03", "c06", "c11", "c12", "f06", "f11"]
    #expect(Set(filled["evidence"]?.elements.compactMap(\.string) ?? []) == Set(rows))
  }
}
