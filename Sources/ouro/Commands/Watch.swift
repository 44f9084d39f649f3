import ArgumentParser
import Disk
import Foundation
import Loops
import Payments
import Reports
import Tables

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell loops of payments as the payment arrives that closes them.",
    discussion: """
      Reads payments in the order of time from a pipe, rows of the plain form below a header, and tells each loop that `ouro scan` \
      would find, at its last payment. It keeps the payments of one window. Rows may come late by --slack; what comes later is \
      told and left out. Payments of one moment never follow one another.

      With --checkpoint FILE it notes how far it came, every so many payments. Started again with the same FILE, and the input \
      sent again from its beginning, it passes over what it had read; a --list FILE is taken back to where it was then, so that no loop \
      is lost or told twice.

      EXAMPLES
        ouro watch - --within 3d --max-hops 6 < /run/payments
        ouro watch - --within 1d --slack 10m --list loops.jsonl --checkpoint watch.state < /run/payments

      EXIT CODES
        0 the input ended · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @Argument(help: "- for standard input.") var input: String

  @Option(help: "The most time from the first payment of a loop to the last: 30d, 12h, 90m, 3600.")
  var within: Stretch

  @Option(help: "The most payments in a loop.") var maxHops: Int?
  @Option(help: "The least amount of a payment.") var min: Amount?
  @Option(help: "The most an amount may change from one payment to the next, in percent: 5%.")
  var tolerance: Percentage?
  @Option(help: "How late a row may come: 90s, 10m.") var slack: Stretch?
  @Option(help: "The column of who pays.") var payer = "payer"
  @Option(help: "The column of who is paid.") var payee = "payee"
  @Option(help: "The column of amounts.") var amount = "amount"
  @Option(help: "The column of times (default: time, or date).") var time: String?
  @Option(help: "The currency to watch, where each row has one.") var currency: String?
  @Option(help: "How many digits after the point an amount may have.") var digits = 2

  @Option(help: "A file to add every loop to as a line of JSON.", completion: .file())
  var list: String?

  @Option(help: "Where to note how far it came.", completion: .file()) var checkpoint: String?
  @Option(help: "After how many payments to note it.") var every = 100_000

  @Flag(help: "The input goes on after the checkpoint, and is not sent again from its beginning.")
  var goesOn = false

  @Flag(help: "Answer in JSON, a line a loop.") var json = false

  func validate() throws {
    guard input == "-" else {
      throw ValidationError(
        "ouro watch reads a pipe: give - and send the payments; ouro scan reads files"
      )
    }
    guard maxHops.map({ $0 > 1 }) ?? true else {
      throw ValidationError("--max-hops must be 2 or more")
    }
    guard every > 0, (0...9).contains(digits) else {
      throw ValidationError("--every must be above 0, --digits 0 to 9")
    }
    guard !goesOn || checkpoint != nil else {
      throw ValidationError("--goes-on goes with --checkpoint")
    }
    guard Set([payer, payee, amount, time ?? ""]).count == 4 else {
      throw ValidationError("--payer, --payee, --amount and --time must be four columns")
    }
  }

  func run() throws {
    let run = try WatchRun(self)
    try run.run()
  }

  /// What is watched for.
  func settings() throws -> PaymentWatch.Settings {
    var settings = PaymentWatch.Settings(within: within.seconds)
    (settings.slack, settings.maximumLength) = (slack?.seconds ?? 0, maxHops)
    (settings.tolerance, settings.digits, settings.currency) = (tolerance?.share, digits, currency)
    if let min {
      guard let units = min.units(digits: digits) else {
        throw ValidationError("--min has more digits than an amount, or is too large")
      }
      settings.minimumAmount = Double(units)
    }
    return settings
  }

  /// How rows say what.
  var format: PaymentFormat {
    var format = PaymentFormat()
    (format.payer, format.payee, format.amount, format.time) = (payer, payee, amount, time)
    (format.digits, format.currency) = (digits, currency)
    return format
  }
}

/// One run of a watch: what came, what was told, and what is kept to go on.
private final class WatchRun {
  private let options: Watch
  private let settings: PaymentWatch.Settings
  private var stream: PaymentStream
  private var watch: PaymentWatch
  private var file: GrowingFile?
  private var told: [UInt8] = []
  private var number = 0
  private var noted = 0
  private var faults = 0
  private var delays = Delays()

  init(_ options: Watch) throws {
    self.options = options
    settings = try options.settings()
    stream = PaymentStream("standard input", options.format)
    watch = PaymentWatch(settings)
    var length = 0
    if let path = options.checkpoint, Files.kind(path) == .file {
      let point = try WatchCheckpoint(reading: path)
      try point.check(settings, path)
      stream.goOn(after: point.lines, areSent: !options.goesOn)
      length = point.listLength
      resume = point
      say("goes on after line \(point.lines), \(Figures.count(point.progress.told, "loop")) told")
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
        delays.note(ContinuousClock.now - arrived)
      }
      if bytes.isEmpty { break }
      try flush()
      if watch.progress.payments - noted >= options.every { try note() }
    }
    restore()
    watch.end(tell)
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
  }

  private func tell(_ loop: [WatchedPayment]) {
    number += 1
    let isJSON = options.json || file != nil
    told += settings.line(loop, number: isJSON ? number : nil) { stream.name(of: $0) }.utf8
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
    func named(_ payment: WatchedPayment) -> WatchCheckpoint.Row {
      WatchCheckpoint.Row(
        payer: stream.name(of: payment.payer),
        payee: stream.name(of: payment.payee),
        time: payment.time,
        amount: payment.amount,
        line: payment.line
      )
    }
    try WatchCheckpoint(
      settings: settings,
      progress: watch.progress,
      lines: stream.lineCount,
      listLength: file?.length ?? 0,
      kept: window.map(named),
      waiting: waiting.map(named)
    ).write(to: path)
    noted = watch.progress.payments
  }

  private func sum(_ time: Duration) {
    let progress = watch.progress
    say(
      "\(Figures.count(progress.told, "loop")) closed by \(Figures.count(progress.payments, "payment"))"
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
