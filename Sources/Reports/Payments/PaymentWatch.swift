internal import Columns
package import Loops
package import Payments
internal import Tables

/// Loops and money that comes back, told as the payment comes by that brings them, and patterns at steps of time, with what must
/// be kept to go on.
package struct PaymentWatch {
  /// What is watched for, which a watch that goes on must share.
  package struct Settings: Codable, Sendable, Equatable {
    /// The most seconds from the first payment of a loop to the last.
    package var within: Int
    /// How many seconds a row may come late.
    package var slack = 0
    /// The most payments in a loop, as many as there are where nothing is said.
    package var maximumLength: Int?
    /// The most that the amount may change from one payment to the next, as a share.
    package var tolerance: Double?
    /// The least amount of a payment, in minor units.
    package var minimumAmount = 0.0
    /// How many digits after the point a minor unit is.
    package var digits = 2
    /// The currency of the payments, where it is told.
    package var currency: String?
    /// Whether to watch for money that comes back however it was split, and not for loops; `nil` is no.
    package var split: Bool?

    /// What to look for in the shapes of payments, and not for loops.
    package var patterns: ArrivingPatterns.Settings?

    /// Watches for loops within `within` seconds.
    package init(within: Int) { self.within = within }

    /// What is looked for.
    enum Sought {
      case loops
      case returns
      /// Patterns, every so many seconds.
      case patterns(step: Int)
    }

    /// What is told, as one counts it.
    package var counted: String {
      switch looksFor {
      case .loops: "loop"
      case .returns: "return"
      case .patterns: "pattern"
      }
    }

    /// What looks for patterns, where they are asked for.
    ///
    /// - Parameter told: What was told before.
    /// - Returns: That; `nil` where patterns are not asked for.
    package func arrivingPatterns(told: [String: ArrivingPatterns.Told] = [:]) -> ArrivingPatterns?
    {
      patterns.map {
        ArrivingPatterns($0, within: within, minimumAmount: minimumAmount, told: told)
      }
    }

    var looksFor: Sought {
      patterns.map { .patterns(step: $0.step) } ?? (split == true ? .returns : .loops)
    }

    fileprivate var rules: TemporalCycles.Rules {
      var rules = TemporalCycles.Rules(window: within)
      rules.maximumLength = maximumLength ?? .max
      rules.tolerance = tolerance ?? .infinity
      rules.minimumAmount = minimumAmount
      return rules
    }
  }

  /// How far a watch has come.
  package struct Progress: Codable, Sendable, Equatable {
    /// How many payments came.
    package var payments = 0
    /// How many loops were told.
    package var told = 0
    /// How many rows came too late.
    package var late = 0
    /// How many payments closed too many ways for all their loops to be told.
    package var givenUp = 0
    /// The time of the last payment looked at.
    package var now: Int?
    /// The time of the latest that came.
    package var latest: Int?

    /// Nothing yet.
    package init() {}
  }

  private let settings: Settings
  private let loops: LoopWatch
  /// How far it has come.
  package private(set) var progress = Progress()
  // Payments that wait for earlier ones, the earliest first, as a heap.
  private var waiting: [WatchedPayment] = []

  /// Watches from the beginning.
  package init(_ settings: Settings) {
    self.settings = settings
    loops = LoopWatch(settings.rules)
  }

  /// Goes on from what was kept.
  ///
  /// - Parameters:
  ///   - settings: What is watched for.
  ///   - progress: How far it had come.
  ///   - kept: The payments of the window, in the order of time.
  ///   - waiting: Those that waited.
  package init(
    _ settings: Settings,
    _ progress: Progress,
    kept: [WatchedPayment],
    waiting: [WatchedPayment]
  ) {
    self.init(settings)
    self.progress = progress
    loops.restore(kept, now: progress.now ?? .min)
    for payment in waiting { push(payment) }
  }

  /// The payments that must be kept: those of the window in the order of time, and those that wait.
  package var kept: (window: [WatchedPayment], waiting: [WatchedPayment]) { (loops.kept, waiting) }

  /// Takes a row.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - tell: Is given each loop that is closed by it or by what waited for it; or what may have brought money home by
  ///     then; or, when it is time to look for patterns, the payments of the window before it. It says how much it told.
  /// - Returns: Whether it came in time; one that came too late is left out.
  package mutating func take(
    _ row: PaymentStream.Row,
    _ tell: ([WatchedPayment]) -> Int
  ) -> Bool {
    guard row.time >= progress.now ?? .min else {
      progress.late += 1
      return false
    }
    progress.payments += 1
    let payment = WatchedPayment(
      payer: row.payer,
      payee: row.payee,
      time: row.time,
      amount: row.amountMinorUnits,
      line: row.line
    )
    let latest = max(progress.latest ?? .min, row.time)
    progress.latest = latest
    guard settings.slack > 0 else {
      look(payment, tell)
      return true
    }
    push(payment)
    let (limit, overflow) = latest.subtractingReportingOverflow(settings.slack)
    while !overflow, let first = waiting.first, first.time <= limit { look(pop(), tell) }
    return true
  }

  /// Looks at what waits, since nothing earlier will come.
  package mutating func end(_ tell: ([WatchedPayment]) -> Int) {
    while !waiting.isEmpty { look(pop(), tell) }
    if settings.patterns != nil { progress.told += tell(loops.kept) }
  }

  private mutating func look(_ payment: WatchedPayment, _ tell: ([WatchedPayment]) -> Int) {
    var told = 0
    switch settings.looksFor {
    case .loops: loops.take(payment) { told += tell($0) }
    case .returns: loops.takeReturn(payment) { told += tell($0) }
    case .patterns(let step):
      // A look is due once a payment comes by that is of another step of time than the last.
      if let now = progress.now, now.floored(step) != payment.time.floored(step) {
        told += tell(loops.kept)
      }
      loops.keep(payment)
    }
    progress.told += told
    progress.givenUp = loops.givenUp
    progress.now = payment.time
  }

  // MARK: What waits

  private static func precedes(_ left: WatchedPayment, _ right: WatchedPayment) -> Bool {
    (left.time, left.line) < (right.time, right.line)
  }

  private mutating func push(_ payment: WatchedPayment) {
    waiting.append(payment)
    var child = waiting.count - 1
    while child > 0, Self.precedes(waiting[child], waiting[(child - 1) / 2]) {
      waiting.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> WatchedPayment {
    waiting.swapAt(0, waiting.count - 1)
    let first = waiting.removeLast()
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < waiting.count {
        if Self.precedes(waiting[child], waiting[best]) { best = child }
      }
      guard best != parent else { return first }
      waiting.swapAt(parent, best)
      parent = best
    }
  }
}

extension PaymentWatch.Settings {
  /// A loop as one line, of JSON or of words.
  ///
  /// - Parameters:
  ///   - loop: Its payments in order.
  ///   - number: Its place among those told; in words where there is none.
  ///   - name: What the party of a number is called.
  /// - Returns: The line, with its end.
  package func line(
    _ loop: [WatchedPayment],
    number: Int?,
    name: (Int32) -> String
  ) -> String {
    let parties = loop.map { name($0.payer) }
    let amounts = loop.map { Figures.exact(minorUnits: $0.amount, digits: digits) }
    let parts = loop.indices.flatMap { step in
      [
        parties[step], parties[(step + 1) % loop.count], String(loop[step].time), amounts[step],
        currency ?? "",
      ]
    }
    let line = LoopLine(
      id: FindingNumber.of("ring", parts),
      parties: parties,
      times: loop.map { PaymentTime.text($0.time) },
      amounts: amounts,
      lines: loop.map(\.line),
      currencies: loop.map { _ in currency }
    )
    if let number { return line.json(number: number) }
    let way = (parties + parties.prefix(1)).joined(separator: " → ")
    let least = loop.map(\.amount).min() ?? 0
    let written = Figures.amount(minorUnits: least, digits: digits)
    return
      "\(line.times.last ?? "")  \(legible(way))  least \(written)  since \(line.times.first ?? "")  "
      + "lines \(line.lines.map(String.init).joined(separator: " "))  \(line.id)\n"
  }
}

extension Int {
  /// The last multiple of a step that is no larger, in steps.
  fileprivate func floored(_ step: Int) -> Int {
    let (quotient, rest) = quotientAndRemainder(dividingBy: step)
    return rest < 0 ? quotient - 1 : quotient
  }
}
