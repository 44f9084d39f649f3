import Loops
import Payments
import Reports
import TestKit

/// A small file of payments with many loops, many of them equal in amount, and a scan of it that is cut into slices.
struct SlicedScan {
  let rows: [(payer: String, payee: String, amount: Int, time: Int)]
  let payments: Payments
  var request: ScanReport.Request
  let whole: ScanPart.Whole

  init(seed: UInt64, rows count: Int = 60) throws {
    var random = SplitMix64(seed: seed)
    let names = ["ann", "bob", "\"carl, jr\"", "dora", "eva", "fred"]
    let step = [1, 3_600, 86_400].randomElement(using: &random) ?? 1
    var rows = (0..<count).map { _ -> (payer: String, payee: String, amount: Int, time: Int) in
      let payer = Int.random(in: 0..<names.count, using: &random)
      let payee = (payer + Int.random(in: 1..<names.count, using: &random)) % names.count
      let (amount, time) = (
        Int.random(in: 1...4, using: &random) * 25, Int.random(in: 0..<40, using: &random)
      )
      return (names[payer], names[payee], amount, 1_735_689_600 + time * step)
    }
    // As exports stand, or as they come.
    if seed.isMultiple(of: 2) { rows.sort { $0.time < $1.time } }
    self.rows = rows
    payments = try Self.read(rows.map { "\($0.payer),\($0.payee),\($0.amount),\($0.time)" })
    var rules = TemporalCycles.Rules(window: Int.random(in: 6...20, using: &random) * step)
    rules.maximumLength = Bool.random(using: &random) ? 4 : .max
    rules.allowsTies = Bool.random(using: &random)
    if Bool.random(using: &random) { rules.tolerance = 0.5 }
    var request = ScanReport.Request(
      rules,
      within: "some time",
      limit: 1_000_000,
      top: Int.random(in: 0...5, using: &random),
      threads: 1
    )
    if Bool.random(using: &random) { request.selection.leastHops = 3 }
    request.saysTies = rules.allowsTies
    self.request = request
    whole = ScanPart.Whole(searched: SearchedPayments(payments, rates: nil), inputs: [])
  }

  private static func read(_ rows: [String], lines: [Int]? = nil) throws -> Payments {
    let head = lines == nil ? "payer,payee,amount,time" : "line,payer,payee,amount,time"
    let cells = lines.map { zip($0, rows).map { "\($0),\($1)" } } ?? rows
    let text = Array(([head] + cells).joined(separator: "\n").utf8)
    let payments = try Payments(text: text, from: "-", PaymentFormat())
    return lines == nil ? payments : try payments.standing(in: text, file: "-")
  }

  /// The answer of the whole, and its list of loops.
  func answer() throws -> (json: String, list: [UInt8]) {
    var rows = LoopListing(payments, .csv)
    let report = ScanReport(of: payments, request, each: { keep($0, &rows) }) { _ in }
    return (try AnswerJSON.text(of: report), rows.drain())
  }

  /// The first scan whose largest loops are told and are some.
  static func withLoops() throws -> SlicedScan {
    var scan = try SlicedScan(seed: 0)
    var seed: UInt64 = 0
    while try JSON(scan.answer().json)["largest"]?.elements.isEmpty != false {
      seed += 1
      scan = try SlicedScan(seed: seed)
    }
    return scan
  }

  /// Spans of time that add up to the whole, some of them empty.
  func spans(_ count: Int, using random: inout SplitMix64) -> [ScanPart.Span] {
    let all = whole.searched.span()
    let cuts = (1..<count).map { _ in Int.random(in: all.from...all.until, using: &random) }
      .sorted()
    return zip([all.from] + cuts, cuts + [all.until]).map { ScanPart.Span(from: $0, until: $1) }
  }

  /// The payments that a slice needs, with the lines that they have in the whole; all of them where there are none.
  private func piece(_ span: ScanPart.Span) throws -> Payments {
    let places = rows.indices.filter {
      rows[$0].time >= span.from && rows[$0].time <= span.until + request.rules.window
    }
    guard !places.isEmpty else { return payments }
    return try Self.read(
      places.map {
        "\(rows[$0].payer),\(rows[$0].payee),\(rows[$0].amount),\(rows[$0].time)"
      },
      lines: places.map { $0 + 2 }
    )
  }

  /// A part as the bytes of its file.
  func part(_ span: ScanPart.Span, isPiece: Bool = false, version: String = "1") throws -> [UInt8] {
    let payments = isPiece ? try piece(span) : payments
    let parameters = ScanPart.Parameters(
      request,
      of: whole.searched,
      inputs: whole.inputs,
      version: version,
      keepsLoops: true
    )
    var (writing, rows) = (ScanPartWriting(), LoopListing(payments, .jsonl))
    let head = writing.begin()
    let part = ScanPart(
      of: payments,
      in: span,
      request,
      parameters,
      each: { keep($0, &rows) }
    ) { _ in }
    let loops = writing.took(rows.drain())
    return try head + loops + writing.end(part)
  }
}

/// Adds a loop to a list, and goes on.
private func keep(_ loop: [Int], _ rows: inout LoopListing) -> Bool {
  rows.add(loop)
  return true
}

/// Parts of a scan as files with names, joined as `ouro merge` joins them.
func joined(_ files: [(name: String, bytes: [UInt8])]) throws -> (json: String, list: [UInt8]) {
  var parts = ScanParts()
  for file in files {
    let read = try ScanPartFile(file.bytes, path: file.name)
    try parts.add(read.part, path: file.name, hash: read.checksum)
  }
  let report = try parts.joined()
  var (rows, list) = (LoopRows(.csv), [UInt8]())
  for path in parts.paths {
    let bytes = files.first { $0.name == path }?.bytes ?? []
    try ScanPartFile(bytes, path: path).list(&rows, path: path) { list += $0.drain() }
  }
  return (try AnswerJSON.text(of: report), list + rows.drain())
}
