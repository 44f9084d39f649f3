internal import Columns
internal import Claims
internal import Networks

extension CashPath {
  /// What happens in a month; each shock once, when its date has come and its condition holds.
  ///
  /// Shares are offered after all else: into a market that shut in the month, or that pays a part, they are offered then.
  func applyShocks(_ month: Int) {
    applyShocks(month, offerings: false)
    applyShocks(month, offerings: true)
  }

  private func applyShocks(_ month: Int, offerings: Bool) {
    for index in isPending.indices
    where isPending[index] && plan.shocks[index].effect.isOffering == offerings {
      let shock = plan.shocks[index]
      guard month >= shock.month, holds(shock.condition, month) else { continue }
      isPending[index] = false
      note(month, shock.words)
      apply(shock.effect, month, slots.shock(index) + 1)
    }
  }

  private func holds(_ condition: CompiledShock.Condition?, _ month: Int) -> Bool {
    switch condition {
    case nil: true
    case .late(let stream, let months):
      deals.late[stream] >= months && month >= Int(deals.lateFrom[stream] + months)
    case .failed(let party): books.failedIn[party] >= 0
    case .cashBelow(let party, let cents): accounts.cash[party] < cents
    }
  }

  private func apply(_ effect: CompiledShock.Effect, _ month: Int, _ slot: Int) {
    switch effect {
    case .end(let streams):
      for stream in streams {
        deals.isRunning[stream] = false
        followHabit(of: stream)
      }
    case .endPair(let from, let to):
      for stream in deals.isRunning.indices where columns.isRevenue[stream] {
        guard deals.payer[stream] == from, plan.streams[stream].payee == to else { continue }
        deals.isRunning[stream] = false
      }
      for habit in deals.habitPayer.indices
      where deals.habitPayer[habit] == from && plan.habits[habit].payee == to {
        deals.habitPayer[habit] = -2
      }
    case .delay(let streams, let months): delay(streams, months, month, slot)
    case .factor(let streams, let quantity):
      let change = quantity.value(at: chance.unit(slot, month: 0))
      for stream in streams { deals.factor[stream] *= change }
    case .amount(let streams, let quantity):
      let amount = Cents.of(dollars: quantity.value(at: chance.unit(slot, month: 0)))
      for stream in streams {
        let rest = plan.streams[stream].amounts[month...].reduce(0.0) { $0 + Double($1) }
        if rest > 0 {
          deals.factor[stream] = amount / rest
        } else {
          note(month, "nothing is left of \(plan.streams[stream].deal) to amend")
        }
      }
    case .novate(let streams, let taker):
      for stream in streams {
        deals.payer[stream] = taker
        if !canRun(stream) { deals.isRunning[stream] = false }
        followHabit(of: stream)
      }
    case .begin(let streams):
      for stream in streams where canRun(stream) { deals.isRunning[stream] = true }
    default: applyToParties(effect, month, slot)
    }
  }

  /// Where every deal of a pair has ended or moved on, what the pair did by habit ends or moves too.
  ///
  /// Much of what is known of a pair is a yearly total that its deals stand for without an amount of
  /// their own.
  func followHabit(of stream: Int) {
    let (from, to) = (plan.streams[stream].payer, plan.streams[stream].payee)
    guard from >= 0, columns.isRevenue[stream], !plan.streams[stream].isDormant else { return }
    for other in deals.isRunning.indices
    where plan.streams[other].payer == from && plan.streams[other].payee == to
      && columns.isRevenue[other] && deals.isRunning[other] && deals.payer[other] == from
    {
      return
    }
    for habit in deals.habitPayer.indices
    where deals.habitPayer[habit] == from && plan.habits[habit].payee == to {
      let taker = deals.isRunning[stream] && deals.payer[stream] != to ? deals.payer[stream] : -2
      deals.habitPayer[habit] = taker
    }
  }

  func canRun(_ stream: Int) -> Bool {
    let (from, to) = (deals.payer[stream], plan.streams[stream].payee)
    return from != to && (from < 0 || books.failedIn[from] < 0)
      && (to < 0 || books.failedIn[to] < 0)
  }

  /// Each deal by its own draw, as one site is late without the other.
  private func delay(
    _ streams: [Int],
    _ months: Quantity,
    _ month: Int,
    _ slot: Int
  ) {
    for (index, stream) in streams.enumerated() {
      let more = wholeMonths(months.value(at: chance.unit(slot + 1 + index, month: 0)))
      guard more > 0 else { continue }
      if deals.late[stream] == 0 {
        deals.lateFrom[stream] = Int32(month)
        deals.deliveredBefore[stream] =
          month > 0
          ? columns.amounts[(month - 1) * deals.isRunning.count + stream]
          : plan.streams[stream].before
      }
      deals.late[stream] = min(deals.late[stream] + more, mostMonths)
    }
  }

  private func applyToParties(
    _ effect: CompiledShock.Effect,
    _ month: Int,
    _ slot: Int
  ) {
    let unit = chance.unit(slot, month: 0)
    switch effect {
    case .sharePrice(let parties, let change):
      let step = max(0, 1 + change.value(at: unit))
      for party in parties { books.marketValue[party] *= step }
    case .raise(let parties, let change):
      for party in parties { books.raiseFactor[party] *= change.value(at: unit) }
    case .freeze(let parties): for party in parties { books.facility[party] = 0 }
    case .loseCustomers(let party, let share):
      books.customerFactor[party] *= max(0, 1 - share.value(at: unit))
    case .fail(let parties):
      for party in parties where books.failedIn[party] < 0 { fail(party, month, isTold: true) }
      for party in parties where books.failedIn[party] == Int32(month) { windUp(party) }
    case .offering(let party, let dollars):
      let amount = cents(Cents.of(dollars: dollars.value(at: unit)) * books.raiseFactor[party])
      if books.failedIn[party] < 0, month >= Int(market.shutUntil) {
        accounts.receive(party, amount)
      }
    case .demandGrowth(let yearly):
      setDemandGrowth(yearly.value(at: unit))
      for party in books.ownGrowth.indices { books.ownGrowth[party] = false }
    case .rate(let yearly): market.rate = yearly.value(at: unit)
    case .shutMarket(let months):
      market.shutUntil = max(market.shutUntil, Int32(month) + wholeMonths(months.value(at: unit)))
    default: break
    }
  }
}

/// More months than any projection has.
private let mostMonths: Int32 = 10_000

/// Months of a draw, rounded: what lies far out in a distribution is as good as for ever.
private func wholeMonths(_ months: Double) -> Int32 {
  Int32(min(max(months, 0), Double(mostMonths)).rounded())
}
