import Disk
import Loops
import Payments
import Reports
import Tables

/// One run of a watch: what came, what was told, and what is kept to go on.
final class WatchRun {
  private let options: Watch
  private let settings: PaymentWatch.Settings
  private let stream: PaymentStream
  private var watch: PaymentWatch
  private var returns: ArrivingReturns
  private var patterns: ArrivingPatterns?
  private var file: GrowingFile?
  private var told: [UInt8] = []
  private var number = 0
  private var noted = 0
  private var faults = 0
  private var delays = Delays()
  /// Why what came cannot be told.
  private var failure: (any Error)?
  /// What was sent before, and is not sent again.
  private var earlier: [WatchCheckpoint.Stretch] = []

  init(_ options: Watch) throws {
    self.options = options
    settings = try options.settings()
    stream = PaymentStream("standard input", options.format)
    watch = PaymentWatch(settings)
    returns = ArrivingReturns(settings)
    patterns = settings.arrivingPatterns()
    var length = 0
    if let path = options.checkpoint, Files.kind(path) == .file {
      let point = try WatchCheckpoint(Files.bytes(of: path), path: path)
      try point.check(settings, path)
      // What was sent in several goes is not sent again as it was.
      let hash = point.inputs.count == 1 ? point.inputs[0].sha256 : nil
      stream.goOn(after: point.lines, areSent: !options.goesOn, sha256: hash)
      if options.goesOn { earlier = point.inputs }
      length = point.listLength
      resume = point
      say(
        "goes on after line \(point.lines), \(Figures.count(point.progress.told, settings.counted)) told"
      )
    }
    if let list = options.list { file = try GrowingFile(list, keeping: length) }
  }

  /// What was kept, until the header has come and parties can be numbered.
  private var resume: WatchCheckpoint?

  func run() throws {
    var input = ArrivingBytes()
    let begun = ContinuousClock.now
    while true {
      let bytes = try input.next()
      let arrived = ContinuousClock.now
      let (rows, faults) = try stream.take(bytes, isLast: bytes.isEmpty)
      for fault in faults { reject(fault) }
      for row in rows {
        take(row)
        if let failure { throw failure }
        delays.note(ContinuousClock.now - arrived)
      }
      if bytes.isEmpty { break }
      try flush()
      if watch.progress.payments - noted >= options.every { try note() }
    }
    restore()
    watch.end(tell)
    if let failure { throw failure }
    try flush()
    try note()
    sum(ContinuousClock.now - begun)
  }

  private func take(_ row: PaymentStream.Row) {
    restore()
    guard !watch.take(row, tell) else { return }
    say(
      "line \(row.line) came late: its payment of \(PaymentTime.text(row.time)) is before \(PaymentTime.text(watch.progress.now ?? 0)) "
        + "and is left out; --slack waits longer"
    )
  }

  /// Takes up what was kept, once there is a header.
  private func restore() {
    guard let point = resume else { return }
    resume = nil
    (noted, number) = (point.progress.payments, point.progress.told)
    func numbered(_ row: WatchCheckpoint.Row) -> WatchedPayment {
      WatchedPayment(
        payer: stream.number(of: row.payer),
        payee: stream.number(of: row.payee),
        time: row.time,
        amount: row.amount,
        line: row.line
      )
    }
    watch = PaymentWatch(
      settings,
      point.progress,
      kept: point.kept.map(numbered),
      waiting: point.waiting.map(numbered)
    )
    returns = ArrivingReturns(settings, told: point.returns)
    patterns = settings.arrivingPatterns(told: point.patterns)
  }

  /// Tells what some payments are or hold; says how much that was.
  private func tell(_ payments: [WatchedPayment]) -> Int {
    do {
      let lines = try lines(payments)
      for line in lines { told += line.utf8 }
      number += lines.count
      return lines.count
    } catch {
      failure = error
      return 0
    }
  }

  private func lines(_ payments: [WatchedPayment]) throws -> [String] {
    if patterns != nil {
      return try patterns?.findings(columns(payments)).map { try line($0, $0.line) } ?? []
    }
    guard settings.split == true else {
      return [settings.line(payments, number: isJSON ? number + 1 : nil) { stream.name(of: $0) }]
    }
    return try returns.finding(columns(payments)).map { [try line($0, $0.line)] } ?? []
  }

  private func line(_ finding: some Encodable, _ words: String) throws -> String {
    isJSON ? try json(finding, isPretty: false) + "\n" : words
  }

  private var isJSON: Bool { options.json || file != nil }

  private func columns(_ payments: [WatchedPayment]) -> Payments {
    stream.payments(
      of: payments.map {
        PaymentStream.Row(
          payer: $0.payer,
          payee: $0.payee,
          time: $0.time,
          amountMinorUnits: $0.amount,
          line: $0.line
        )
      }
    )
  }

  private func reject(_ error: TableError) {
    faults += 1
    if faults <= 20 { say("ouro: \(error)") }
  }

  private func flush() throws {
    guard !told.isEmpty else { return }
    if let file { try file.append(told) } else { try show(data: told) }
    told.removeAll(keepingCapacity: true)
  }

  /// Notes how far it came.
  private func note() throws {
    guard let path = options.checkpoint, resume == nil else { return }
    try file?.force()
    let (window, waiting) = watch.kept
    if let now = watch.progress.now { returns.forget(before: now) }
    func named(_ payment: WatchedPayment) -> WatchCheckpoint.Row {
      WatchCheckpoint.Row(payment) { stream.name(of: $0) }
    }
    let point = WatchCheckpoint(
      settings: settings,
      progress: watch.progress,
      lines: stream.lineCount,
      listLength: file?.length ?? 0,
      kept: window.map(named),
      waiting: waiting.map(named),
      returns: returns.told,
      patterns: patterns?.told ?? [:],
      inputs: inputs
    )
    try Files.replace(path, with: point.bytes())
    noted = watch.progress.payments
  }

  /// All that was sent.
  private var inputs: [WatchCheckpoint.Stretch] {
    // A header of its own is sent with each stretch, and counts once.
    let before = earlier.reduce(0) { $0 + $1.lines } - earlier.count
    let own = stream.lineCount - before
    return earlier + [WatchCheckpoint.Stretch(lines: own, sha256: stream.lineHash)]
  }

  private func sum(_ time: Duration) {
    let progress = watch.progress
    say(
      "\(Figures.count(progress.told, settings.counted)) \(settings.counted == "pattern" ? "among" : "closed by") "
        + Figures.count(progress.payments, "payment")
    )
    if progress.late > 0 { say("left out \(Figures.count(progress.late, "row")) that came late") }
    if faults > 0 { say("left out \(Figures.count(faults, "row")) that are no payments") }
    if stream.otherCurrencyRows > 0 {
      say("left out \(Figures.count(stream.otherCurrencyRows, "row")) in other currencies")
    }
    if progress.givenUp > 0 {
      say(
        "INCOMPLETE: \(Figures.count(progress.givenUp, "payment")) closed so many ways that not all loops are told; try a shorter --within or fewer --max-hops"
      )
    }
    if let words = delays.words(time) { say(words) }
    say("read \(Figures.count(stream.lineCount, "line")), SHA-256 \(stream.lineHash)")
  }
}

/// How long payments waited from when they were read until all they closed was told, in steps of ten microseconds.
private struct Delays {
  private var counts = [Int](repeating: 0, count: 100_001)
  private var total = 0

  mutating func note(_ delay: Duration) {
    let (seconds, atto) = delay.components
    let steps = Int(seconds) * 100_000 + Int(atto / 10_000_000_000_000)
    counts[Swift.min(steps, counts.count - 1)] += 1
    total += 1
  }

  /// In words; nothing for few.
  func words(_ time: Duration) -> String? {
    guard total >= 1_000 else { return nil }
    var (left, step) = (total - total / 1_000, 0)
    while step < counts.count - 1, left > counts[step] {
      left -= counts[step]
      step += 1
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    let each = Figures.amount((Double(total) / Swift.max(seconds, 1e-9)).rounded())
    let late = Figures.decimal(Double(step + 1) / 100, digits: 2)
    return "\(each) payments a second; 99.9 % of them told within \(late) ms of being read"
  }
}
