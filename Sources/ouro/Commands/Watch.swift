import ArgumentParser
import Inputs
import Loops
import Payments
import Reports

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell loops of payments as the payment arrives that closes them.",
    discussion: """
      Reads payments in the order of time from a pipe, rows of the plain form below a header, and tells each loop that `ouro scan` \
      would find, at its last payment. It keeps the payments of one window. Rows may come late by --slack; what comes later is \
      told and left out. Payments of one moment never follow one another.

      --split tells money that has come back however it was split, as `ouro scan --split` does: with each payment that brings \
      home more through others than was told. --patterns looks every --look at the payments of the window, and tells of each kind the \
      least usual that are new or have grown, as many as --top.

      With --checkpoint FILE it notes how far it came, every so many payments. Started again with the same FILE, and the input \
      sent again from its beginning, it passes over what it had read; a --list FILE is taken back to where it was then, so that no loop \
      is lost or told twice.

      EXAMPLES
        ouro watch - --within 3d --max-hops 6 < /run/payments
        ouro watch - --within 7d --split < /run/payments
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

  @Flag(help: "Tell money that has come back however it was split, and not loops.") var split =
    false
  @Flag(help: "Tell shapes of payments, and not loops.") var patterns = false
  @Option(help: "With --patterns: how often to look (default: a 24th of --within).")
  var look: Stretch?
  @Option(help: "With --patterns: how many of each kind to tell at a look.") var top: Int?
  @OptionGroup(title: "Patterns") var shapes: PatternOptions

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
    try validateKinds()
    guard Set([payer, payee, amount, time ?? ""]).count == 4 else {
      throw ValidationError("--payer, --payee, --amount and --time must be four columns")
    }
  }

  private func validateKinds() throws {
    guard !(split && patterns) else {
      throw ValidationError("--split and --patterns are two questions: ask one")
    }
    guard !(split || patterns) || (maxHops == nil && tolerance == nil) else {
      throw ValidationError("--max-hops and --tolerance are asked of loops")
    }
    guard patterns || (!shapes.isAsked && look == nil && top == nil) else {
      throw ValidationError(
        "--kind, --threshold, --passing, --kept, --hub, --look and --top go with --patterns"
      )
    }
    guard look.map({ $0.seconds > 0 }) ?? true, top.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--look and --top must be above 0")
    }
  }

  func run() throws {
    var request = WatchRun.Request(try settings(), format)
    (request.list, request.isJSON) = (list, json)
    (request.checkpoint, request.every, request.goesOn) = (checkpoint, every, goesOn)
    try WatchRun(request, say: { say($0) }, show: { try show(data: $0) }).run()
  }

  private func settings() throws -> PaymentWatch.Settings {
    var settings = PaymentWatch.Settings(within: within.seconds)
    (settings.slack, settings.maximumLength) = (slack?.seconds ?? 0, maxHops)
    (settings.tolerance, settings.digits, settings.currency) = (tolerance?.share, digits, currency)
    if let min {
      guard let units = min.units(digits: digits) else {
        throw ValidationError("--min has more digits than an amount, or is too large")
      }
      settings.minimumAmount = Double(units)
    }
    if split { settings.split = true }
    if patterns { settings.patterns = try patternSettings() }
    return settings
  }

  private func patternSettings() throws -> ArrivingPatterns.Settings {
    let rules = try shapes.rules(within.seconds, digits: digits)
    var settings = ArrivingPatterns.Settings(
      step: look?.seconds ?? Swift.max(1, within.seconds / 24)
    )
    if !shapes.kind.isEmpty { settings.kinds = shapes.kind }
    settings.threshold = rules.threshold
    (settings.passing, settings.mostKept, settings.hub) = (rules.passing, rules.mostKept, rules.hub)
    settings.top = top ?? settings.top
    return settings
  }

  private var format: PaymentFormat {
    var format = PaymentFormat()
    (format.payer, format.payee, format.amount, format.time) = (payer, payee, amount, time)
    (format.digits, format.currency) = (digits, currency)
    return format
  }
}
