internal import Columns

/// Finds loops of payments as the payment comes by that closes them.
///
/// The loops are those of ``TemporalCycles``, found at their last payment instead of their first: from its payee on, and from its
/// payer back, a step at a time on the side with fewer parties to go on from; what both know is walked through. It keeps the
/// payments of one window. Times strictly increase along a loop.
///
/// - Complexity: Memory grows with the payments within the window and with the parties; time with what lies on a way from
///   the payee to the payer.
public final class LoopWatch {
  /// What a search knows of a party.
  struct Label: BitwiseCopyable {
    /// The search that wrote it.
    var ahead = -1
    var back = -1
    /// The first moment at which money of the payee can arrive.
    var earliest = 0
    /// The last moment at which money can leave and still come to the payer.
    var latest = 0
    var isOnPath = false
  }

  let rules: TemporalCycles.Rules
  let workLimit: Int
  var window = PaymentWindow()
  var labels = GrowingBuffer<Label>()
  var search = 0
  var frontier = GrowingBuffer<Int32>()
  var backFrontier = GrowingBuffer<Int32>()
  var spare = GrowingBuffer<Int32>()
  private var path: [Int] = []
  var work = 0
  /// How many payments closed so many ways that not all loops were told.
  public internal(set) var givenUp = 0
  /// The time of the last payment.
  public private(set) var now = Int.min

  /// Watches for loops by `rules`.
  ///
  /// - Parameters:
  ///   - rules: What counts as a loop; ties are not followed, since of two payments of one moment the later may come first.
  ///   - workLimit: How many payments to look at for one before the rest of its loops is given up.
  public init(_ rules: TemporalCycles.Rules, workLimit: Int = 50_000_000) {
    (self.rules, self.workLimit) = (rules, workLimit)
  }

  deinit {
    window.free()
    labels.free()
    for list in [frontier, backFrontier, spare] { list.free() }
  }

  /// The payments that are kept, in the order of time.
  public var kept: [WatchedPayment] { (window.first..<window.next).map { window[$0].payment } }

  /// Takes the next payment, no earlier than any before.
  ///
  /// - Parameters:
  ///   - payment: The payment.
  ///   - tell: Is given each loop that it closes, in the order of its payments.
  public func take(_ payment: WatchedPayment, _ tell: ([WatchedPayment]) -> Void) {
    guard admits(payment) else { return }
    if canClose(payment) {
      if meet(payment) { walk(payment, tell) }
      if work >= workLimit { givenUp += 1 }
    }
    window.append(payment)
  }

  /// Takes the next payment, and looks for nothing.
  public func keep(_ payment: WatchedPayment) {
    if admits(payment) { window.append(payment) }
  }

  /// Moves on to the time of a payment, and makes room for its parties; says whether it counts.
  func admits(_ payment: WatchedPayment) -> Bool {
    precondition(payment.time >= now, "payments come in the order of time")
    now = payment.time
    window.forget(before: oldest)
    guard payment.payer != payment.payee, Double(payment.amount) >= rules.minimumAmount else {
      return false
    }
    window.know(max(payment.payer, payment.payee))
    while labels.count < window.partyCount { labels.append(Label()) }
    return true
  }

  /// Takes payments that were kept before, without looking for what they closed then.
  public func restore(_ payments: [WatchedPayment], now: Int) {
    for payment in payments {
      window.know(max(payment.payer, payment.payee))
      window.append(payment)
    }
    while labels.count < window.partyCount { labels.append(Label()) }
    self.now = now
  }

  /// The earliest time that is within the window of the last payment.
  private var oldest: Int {
    now.subtractingReportingOverflow(rules.window).overflow ? .min : now - rules.window
  }

  /// Whether the payee has paid, and the payer was paid, within the window.
  @inline(__always)
  func canClose(_ payment: WatchedPayment) -> Bool {
    window.lastPaid.base[Int(payment.payee)] >= window.first
      && window.lastReceived.base[Int(payment.payer)] >= window.first
      && rules.maximumLength > 1
  }

  /// Searches from both ends until they have met or cannot; says whether there is a way.
  func meet(_ payment: WatchedPayment) -> Bool {
    beginSearch()
    work = 0
    reach(payment.payee, .min)
    lead(payment.payer, payment.time)
    var (ahead, back) = (0, 0)
    var isAheadBound = false
    var isBackBound = false
    let longest = rules.maximumLength - 1
    while true {
      if frontier.count == 0, !isBackBound {
        guard isReached(payment.payer) else { return false }
        isBackBound = true
      }
      if backFrontier.count == 0, !isAheadBound {
        guard isLed(payment.payee) else { return false }
        isAheadBound = true
      }
      if ahead + back >= longest {
        (isAheadBound, isBackBound) = (true, true)
      }
      let canGoOn = frontier.count > 0 && ahead < longest
      let canGoBack = backFrontier.count > 0 && back < longest
      guard canGoOn || canGoBack, work < workLimit else { break }
      if canGoOn && (!canGoBack || frontier.count <= backFrontier.count) {
        goOn(payment, isBound: isAheadBound)
        ahead += 1
      } else {
        goBack(payment, isBound: isBackBound)
        back += 1
      }
    }
    return isReached(payment.payer) && isLed(payment.payee)
  }

  /// Forgets what searches before have found.
  func beginSearch() {
    search += 1
    (frontier.count, backFrontier.count) = (0, 0)
  }

  @inline(__always)
  func isReached(_ party: Int32) -> Bool { labels.base[Int(party)].ahead == search }
  @inline(__always)
  func isLed(_ party: Int32) -> Bool { labels.base[Int(party)].back == search }

  @inline(__always)
  func reach(_ party: Int32, _ moment: Int) {
    let label = labels.base + Int(party)
    guard label.pointee.ahead != search || moment < label.pointee.earliest else { return }
    (label.pointee.ahead, label.pointee.earliest) = (search, moment)
    frontier.append(party)
  }

  @inline(__always)
  func lead(_ party: Int32, _ moment: Int) {
    let label = labels.base + Int(party)
    guard label.pointee.back != search || moment > label.pointee.latest else { return }
    (label.pointee.back, label.pointee.latest) = (search, moment)
    backFrontier.append(party)
  }

  /// Follows payments one step on from everybody reached in the step before.
  private func goOn(_ payment: WatchedPayment, isBound: Bool) {
    swap(&frontier, &spare)
    frontier.count = 0
    for place in 0..<spare.count {
      let party = spare.base[place]
      guard party != payment.payer else { continue }
      let earliest = labels.base[Int(party)].earliest
      var number = window.lastPaid.base[Int(party)]
      while number >= window.first {
        work &+= 1
        let entry = window[number]
        guard entry.payment.time > earliest else { break }
        let payee = entry.payment.payee
        number = entry.paidBefore
        guard entry.payment.time < payment.time, payee != payment.payee else { continue }
        if !isBound || (isLed(payee) && labels.base[Int(payee)].latest > entry.payment.time) {
          reach(payee, entry.payment.time)
        }
      }
    }
  }

  /// Traces payments one step back from everybody found in the step before.
  private func goBack(_ payment: WatchedPayment, isBound: Bool) {
    swap(&backFrontier, &spare)
    backFrontier.count = 0
    for place in 0..<spare.count {
      let party = spare.base[place]
      guard party != payment.payee else { continue }
      let latest = labels.base[Int(party)].latest
      var number = window.lastReceived.base[Int(party)]
      while number >= window.first {
        work &+= 1
        let entry = window[number]
        let payer = entry.payment.payer
        number = entry.receivedBefore
        guard entry.payment.time < latest, payer != payment.payer else { continue }
        if !isBound || (isReached(payer) && labels.base[Int(payer)].earliest < entry.payment.time) {
          lead(payer, entry.payment.time)
        }
      }
    }
  }

  /// Walks every way from the payee to the payer over distinct parties.
  private func walk(_ payment: WatchedPayment, _ tell: ([WatchedPayment]) -> Void) {
    path.removeAll(keepingCapacity: true)
    labels.base[Int(payment.payee)].isOnPath = true
    _ = walk(on: payment.payee, .min, payment, tell)
    labels.base[Int(payment.payee)].isOnPath = false
  }

  /// - Returns: Whether there was an end in sight.
  private func walk(
    on party: Int32,
    _ arrived: Int,
    _ closing: WatchedPayment,
    _ tell: ([WatchedPayment]) -> Void
  ) -> Bool {
    var number = window.lastPaid.base[Int(party)]
    while number >= window.first {
      let entry = window[number]
      let (step, own) = (entry.payment, number)
      guard step.time > arrived else { break }
      number = entry.paidBefore
      work &+= 1
      guard work < workLimit else { return false }
      let label = labels.base + Int(step.payee)
      guard label.pointee.back == search, step.time < label.pointee.latest,
        !label.pointee.isOnPath, follows(step)
      else { continue }
      path.append(own)
      defer { path.removeLast() }
      if step.payee == closing.payer {
        if fits(closing, after: step) { tell(path.map { window[$0].payment } + [closing]) }
      } else if path.count + 2 <= rules.maximumLength {
        label.pointee.isOnPath = true
        defer { label.pointee.isOnPath = false }
        guard walk(on: step.payee, step.time, closing, tell) else { return false }
      }
    }
    return true
  }

  private func follows(_ step: WatchedPayment) -> Bool {
    guard let last = path.last else { return true }
    return fits(step, after: window[last].payment)
  }

  private func fits(_ step: WatchedPayment, after former: WatchedPayment) -> Bool {
    rules.fits(Double(step.amount), after: Double(former.amount))
  }
}
