import Loops
import Payments
import Reports
import TestKit
import Testing

@Suite struct ScanPartTests {
  @Test(arguments: UInt64(0)..<200) func slicesAddUpToTheWhole(seed: UInt64) throws {
    let scan = try SlicedScan(seed: seed)
    let whole = try scan.answer()
    var random = SplitMix64(seed: seed ^ 0x51_1CE5)
    var atOnce = scan
    atOnce.request.paymentsAtOnce = Int.random(in: 1...70, using: &random)
    #expect(try atOnce.answer() == whole)
    let spans = scan.spans(Int.random(in: 1...9, using: &random), using: &random)
    for isPiece in [false, true] {
      let files = try spans.enumerated().map {
        (name: "slice\($0)", bytes: try scan.part($1, isPiece: isPiece))
      }
      let answer = try joined(files.shuffled(using: &random))
      #expect(answer.json == whole.json)
      #expect(answer.list == whole.list)
    }
  }

  /// Most of the files above have loops, and ties among the largest: else the test would say little.
  @Test func theFilesHaveLoops() throws {
    let counts = try (UInt64(0)..<200).map { seed in
      try JSON(SlicedScan(seed: seed).answer().json)["count"]?.number ?? 0
    }
    #expect(counts.count { $0 > 20 } > 100)
  }

  /// What happens to parts on their way.
  private enum Mishap: CaseIterable {
    case none, lost, doubled, damaged, cut, older, other, changed
  }

  /// A thousand histories: the same answer, or a refusal that names the part.
  @Test(arguments: 0..<20) func partsArriveAnyhow(block: Int) throws {
    for seed in UInt64(block * 50)..<UInt64(block * 50 + 50) { try history(seed) }
  }

  private func history(_ seed: UInt64) throws {
    let scan = try SlicedScan(seed: seed, rows: 40)
    let other = try SlicedScan(seed: seed + 1_000_000, rows: 40)
    let whole = try scan.answer()
    var random = SplitMix64(seed: seed ^ 0x0DD)
    let spans = scan.spans(Int.random(in: 2...6, using: &random), using: &random)
    var files = try spans.enumerated().map { (name: "slice\($0)", bytes: try scan.part($1)) }
    let hit = Int.random(in: 0..<files.count, using: &random)
    let mishap = Mishap.allCases.randomElement(using: &random) ?? .none
    let bytes = files[hit].bytes
    // What a refusal has to name; a part of nothing may be lost.
    var named: String? = "slice\(hit)"
    switch mishap {
    case .none: named = nil
    case .lost:
      files.remove(at: hit)
      named = spans[hit].from < spans[hit].until ? "--roots-from \(spans[hit].from)" : nil
    case .doubled:
      files.append((name: "again", bytes: bytes))
      named = nil
    case .damaged:
      files[hit].bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 0x10
    case .cut: files[hit].bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
    case .older:
      let text = String(decoding: bytes, as: UTF8.self)
      files[hit].bytes = Array(text.replacing("ouroboros scan 1", with: "ouroboros scan 0").utf8)
    case .other: files[hit].bytes = try other.part(spans[hit])
    case .changed: files[hit].bytes = try scan.part(spans[hit], version: "2")
    }
    do {
      let answer = try joined(files.shuffled(using: &random))
      #expect(named == nil, "seed \(seed): \(mishap) went unseen")
      #expect(answer.json == whole.json, "seed \(seed)")
      #expect(answer.list == whole.list, "seed \(seed)")
    } catch let error as ScanPartError {
      #expect(named != nil, "seed \(seed): \(error)")
      #expect("\(error)".contains(named ?? "?"), "seed \(seed), \(mishap): \(error)")
    }
  }

  @Test func overlapsAndTwinsThatDifferAreRefused() throws {
    let scan = try SlicedScan.withLoops()
    let all = scan.whole.searched.span()
    let middle = (all.from + all.until) / 2
    let early = try scan.part(ScanPart.Span(from: all.from, until: middle + 1))
    let late = try scan.part(ScanPart.Span(from: middle, until: all.until))
    let overlap = #expect(throws: ScanPartError.self) {
      try joined([("late", late), ("early", early)])
    }
    #expect("\(try #require(overlap))".hasPrefix("late and early both hold the loops of"))
    // A piece knows where its payments stand by their lines, the whole by their places: parts of one slice that differ.
    let span = ScanPart.Span(from: all.from, until: all.until)
    let (whole, piece) = (try scan.part(span), try scan.part(span, isPiece: true))
    #expect(whole != piece)
    let twins = #expect(throws: ScanPartError.self) {
      try joined([("one", whole), ("other", piece)])
    }
    #expect(twins == .differs(path: "other", other: "one"))
    #expect(try joined([("one", whole), ("two", whole)]).json == scan.answer().json)
  }

  /// Time cannot be cut within a moment: one slice has all, and the others nothing.
  @Test func paymentsOfOneMomentAreOneSlice() throws {
    let rows = (0..<40).map { "p\($0 % 7),p\(($0 + 1) % 7),1,5" }
    let text = "payer,payee,amount,time\n" + rows.joined(separator: "\n") + "\n"
    let payments = try Payments(text: Array(text.utf8), from: "-", PaymentFormat())
    var rules = TemporalCycles.Rules(window: 10)
    rules.allowsTies = true
    var request = ScanReport.Request(rules, within: "10s", limit: 100_000, top: 3, threads: 1)
    let whole = try AnswerJSON.text(of: ScanReport(of: payments, request) { _ in })
    request.paymentsAtOnce = 9
    #expect(try AnswerJSON.text(of: ScanReport(of: payments, request) { _ in }) == whole)
    #expect(try JSON(whole)["count"]?.number ?? 0 > 0)
  }

  @Test func partsThatAreCutOrStoppedAreRefused() throws {
    var scan = try SlicedScan.withLoops()
    let all = scan.whole.searched.span()
    let part = try scan.part(all)
    #expect(throws: ScanPartError.damaged(path: "slice", reason: "it ends too early")) {
      try joined([("slice", Array(part.prefix { $0 != 0x0A }) + [0x0A])])
    }
    scan.request.limit = 0
    let stopped = try scan.part(all)
    #expect(throws: ScanPartError.incomplete(path: "slice")) { try joined([("slice", stopped)]) }
  }

  @Test func aPieceSaysTheLinesOfTheWhole() throws {
    let text = "line,payer,payee,amount,time\n7,a,b,1,1\n9,\"b\nb\",a,1,2\n12,a,c,1,3\n"
    let payments = try Payments(text: Array(text.utf8), from: "-", PaymentFormat())
    let piece = try payments.standing(in: Array(text.utf8), file: "-")
    #expect((0..<3).map { piece.line(of: $0) } == [7, 9, 12])
    for wrong in [
      "payer,payee,amount,time\na,b,1,1\n", "line,payer,payee,amount,time\n7,a,b,1,1\n7,a,b,1,1\n",
      "line,payer,payee,amount,time\nx,a,b,1,1\n", "line,payer,payee,amount,time\n7,a,b,oops,1\n",
    ] {
      let bytes = Array(wrong.utf8)
      let payments = try Payments(text: bytes, from: "-", PaymentFormat())
      #expect(throws: PaymentError.self, "\(wrong)") { try payments.standing(in: bytes, file: "-") }
    }
  }

  @Test func shardsHoldAboutAsManyPayments() throws {
    let scan = try SlicedScan(seed: 11)
    let spans = (1...4).map { scan.payments.span(part: $0, of: 4) }
    #expect(spans.first?.from == scan.whole.searched.first)
    #expect(spans.last?.until == scan.whole.searched.last.map { $0 + 1 })
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.until == $1.from })
    let counts = spans.map { span in
      scan.rows.count { $0.time >= span.from && $0.time < span.until }
    }
    #expect(counts.reduce(0, +) == 60)
    #expect(counts.allSatisfy { (8...22).contains($0) })
  }
}
