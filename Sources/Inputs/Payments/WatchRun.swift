internal import Disk
internal import Loops
package import Payments
package import Reports
internal import Tables

/// One run of a watch over standard input: what came, what was told, and what is kept to go on.
package final class WatchRun {
  /// What is watched for, and where it goes.
  package struct Request {
    /// What is watched for.
    package let settings: PaymentWatch.Settings
    /// How rows say what.
    package let format: PaymentFormat
    /// A file to add every finding to as a line of JSON.
    package var list: String?
    /// Where it is noted how far the run came.
    package var checkpoint: String?
    /// After how many payments that is noted.
    package var every = 100_000
    /// Whether the input goes on after the checkpoint, and is not sent again from its beginning.
    package var goesOn = false
    /// Whether findings are told in JSON.
    package var isJSON = false

    /// A watch that keeps nothing.
    package init(_ settings: PaymentWatch.Settings, _ format: PaymentFormat) {
      (self.settings, self.format) = (settings, format)
    }
  }

  private let request: Request
  private let settings: PaymentWatch.Settings
  private let say: (String) -> Void
  private let show: ([UInt8]) throws -> Void
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

  /// A run, from its beginning or from where its checkpoint is.
  ///
  /// - Parameters:
  ///   - request: What is watched for, and where it goes.
  ///   - say: Takes words about the run.
  ///   - show: Takes what is found, where it goes to no list.
  /// - Throws: ``FileError``, and ``PaymentError`` where the checkpoint is another watch's.
  package init(
    _ request: Request,
    say: @escaping (String) -> Void,
    show: @escaping ([UInt8]) throws -> Void
  ) throws {
    (self.request, settings) = (request, request.settings)
    (self.say, self.show) = (say, show)
    stream = PaymentStream("standard input", request.format)
    watch = PaymentWatch(settings)
    returns = ArrivingReturns(settings)
    patterns = settings.arrivingPatterns()
    var length = 0
    if let path = request.checkpoint, Files.kind(path) == .file {
      let point = try WatchCheckpoint(Files.bytes(of: path), path: path)
      try point.check(settings, path)
      // What was sent in several goes is not sent again as it was.
      let hash = point.inputs.count == 1 ? point.inputs[0].sha256 : nil
      stream.goOn(after: point.lines, areSent: !request.goesOn, sha256: hash)
      if request.goesOn { earlier = point.inputs }
      length = point.listLength
      resume = point
      say(
        "goes on after line \(point.lines), \(Figures.count(point.progress.told, settings.counted)) told"
      )
    }
    if let list = request.list { file = try GrowingFile(list, keeping: length) }
  }

  /// What was kept, until the header has come and parties can be numbered.
  private var resume: WatchCheckpoint?

  /// Reads until the input ends.
  ///
  /// - Throws: ``FileError``, and ``TableError`` where the input has no header of payments.
  package func run() throws {
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
      if watch.progress.payments - noted >= request.every { try note() }
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
    isJSON ? try AnswerJSON.text(of: finding, isPretty: false) + "\n" : words
  }

  private var isJSON: Bool { request.isJSON || file != nil }

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
    if let file { try file.append(told) } else { try show(told) }
    told.removeAll(keepingCapacity: true)
  }

  /// Notes how far it came.
  private func note() throws {
    guard let path = request.checkpoint, resume == nil else { return }
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
