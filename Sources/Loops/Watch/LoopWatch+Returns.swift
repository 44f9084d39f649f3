internal import Columns

extension LoopWatch {
  /// Takes the next payment, no earlier than any before, and gives what money can have come home by with it.
  ///
  /// Home is the payee. Where the payment ends a way of three payments or more that began with a payment of home's, all
  /// payments of the window are given that lie on a way out and home by now: on them ``MoneyReturns`` finds for home what
  /// it finds on all of the window.
  ///
  /// - Parameters:
  ///   - payment: The payment.
  ///   - tell: Is given the payments in the order in which they came.
  public func takeReturn(_ payment: WatchedPayment, _ tell: ([WatchedPayment]) -> Void) {
    guard admits(payment) else { return }
    let isClosing = canClose(payment) && meet(payment)
    window.append(payment)
    guard isClosing else { return }
    let home = payment.payee
    goOut(home)
    if isPaidByOthers(payment) {
      let hands = comeHome(home)
      if work < workLimit { tell(between(home, hands)) }
    }
    if work >= workLimit { givenUp += 1 }
  }

  /// Learns when money of home can first have come to each party.
  private func goOut(_ home: Int32) {
    beginSearch()
    follow(home, from: .min, home)
    while frontier.count > 0, work < workLimit {
      swap(&frontier, &spare)
      frontier.count = 0
      for place in 0..<spare.count {
        let party = spare.base[place]
        follow(party, from: labels.base[Int(party)].earliest, home)
      }
    }
  }

  private func follow(_ party: Int32, from moment: Int, _ home: Int32) {
    var number = window.lastPaid.base[Int(party)]
    while number >= window.first {
      let entry = window[number]
      guard entry.payment.time > moment else { break }
      number = entry.paidBefore
      work &+= 1
      if entry.payment.payee != home { reach(entry.payment.payee, entry.payment.time) }
    }
  }

  /// Whether money of home can have come to the payer by another, before it pays.
  private func isPaidByOthers(_ payment: WatchedPayment) -> Bool {
    var number = window.lastReceived.base[Int(payment.payer)]
    while number >= window.first {
      let entry = window[number]
      number = entry.receivedBefore
      work &+= 1
      if entry.payment.payer != payment.payee, entry.payment.time < payment.time,
        isOut(entry.payment)
      {
        return true
      }
    }
    return false
  }

  /// Whether a payment can have passed on money of home.
  @inline(__always)
  private func isOut(_ payment: WatchedPayment) -> Bool {
    isReached(payment.payer) && labels.base[Int(payment.payer)].earliest < payment.time
  }

  /// Learns when money of home can last have left each party and still come home; gives those parties.
  private func comeHome(_ home: Int32) -> Set<Int32> {
    var hands: Set<Int32> = []
    trace(home, before: .max, home)
    while backFrontier.count > 0, work < workLimit {
      swap(&backFrontier, &spare)
      backFrontier.count = 0
      for place in 0..<spare.count {
        let party = spare.base[place]
        hands.insert(party)
        trace(party, before: labels.base[Int(party)].latest, home)
      }
    }
    return hands
  }

  private func trace(_ party: Int32, before moment: Int, _ home: Int32) {
    var number = window.lastReceived.base[Int(party)]
    while number >= window.first {
      let entry = window[number]
      number = entry.receivedBefore
      work &+= 1
      if entry.payment.time < moment, entry.payment.payer != home, isOut(entry.payment) {
        lead(entry.payment.payer, entry.payment.time)
      }
    }
  }

  /// The payments on a way out and home.
  private func between(_ home: Int32, _ hands: Set<Int32>) -> [WatchedPayment] {
    var numbers: [Int] = []
    for party in hands.union([home]) {
      let earliest = party == home ? Int.min : labels.base[Int(party)].earliest
      var number = window.lastPaid.base[Int(party)]
      while number >= window.first {
        let entry = window[number]
        guard entry.payment.time > earliest else { break }
        let payee = entry.payment.payee
        if payee == home || (isLed(payee) && labels.base[Int(payee)].latest > entry.payment.time) {
          numbers.append(number)
        }
        number = entry.paidBefore
      }
    }
    return numbers.sorted().map { window[$0].payment }
  }
}
