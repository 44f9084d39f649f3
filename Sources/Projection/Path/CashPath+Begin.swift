internal import Columns

extension CashPath {
  /// Draws what holds on the whole path, and stands before the first month.
  func begin(_ chance: Chance, path: Int = 0) {
    self.chance = chance
    self.path = path
    for party in plan.parties.indices { begin(party: party) }
    for stream in plan.streams.indices { begin(stream: stream) }
    for habit in deals.habitPayer.indices { deals.habitPayer[habit] = plan.habits[habit].payer }
    for index in investorShare.indices {
      let share = plan.investors[index].share
      investorShare[index] = billionths(
        share.value(at: chance.unit(slots.investor(index), month: 0))
      )
    }
    for shock in isPending.indices {
      let slot = slots.shock(shock)
      let odds = plan.shocks[shock].chance
      isPending[shock] = odds >= 1 || chance.unit(slot, month: 0) < odds
    }
    (market.shutUntil, market.undisclosed, market.lostOutside) = (0, 0, 0)
    market.rate = outside(.rate)
    market.openingRate = market.rate
    market.demandVolatility = outside(.demandVolatility)
    market.marketVolatility = outside(.marketVolatility)
    setDemandGrowth(outside(.demandGrowth))
    events.removeAll(keepingCapacity: true)
    if keepsFlows {
      paidBetween = Array(repeating: 0, count: plan.parties.count * plan.parties.count)
    }
  }

  private func outside(_ figure: Scenario.OutsideFigure) -> Double {
    plan.outside[figure]?.value(at: chance.unit(slots.outside(figure), month: 0)) ?? 0
  }

  func setDemandGrowth(_ yearly: Double) {
    market.demandStep = Compounding.factor(max(-1, yearly), months: 1)
  }

  private func figure(_ party: Int, _ figure: Scenario.PartyFigure) -> Double? {
    let slot = slots.figure(party, figure)
    guard let quantity = columns.figures[slot] else { return nil }
    if case .fixed(let value) = quantity { return value }
    return quantity.value(at: chance.unit(slot, month: 0))
  }

  private func begin(party: Int) {
    let member = plan.members[party]
    accounts.cash[party] = member.isTracked ? Cents.whole(dollars: figure(party, .cash) ?? 0) : 0
    books.debt[party] = Cents.whole(dollars: figure(party, .debt) ?? 0)
    books.openingDebt[party] = books.debt[party]
    books.facility[party] = Cents.whole(dollars: figure(party, .facility) ?? 0)
    books.debtLimit[party] = Cents.whole(dollars: figure(party, .debtLimit) ?? 0)
    books.marketValue[party] = Cents.of(dollars: figure(party, .marketValue) ?? 0)
    books.volatility[party] = figure(party, .volatility) ?? 0
    books.equityShare[party] = figure(party, .equityShare) ?? 0
    books.raiseFactor[party] = 1
    books.equityRaised[party] = 0
    books.interest[party] = figure(party, .rate) ?? -1
    let own = figure(party, .growth)
    books.ownGrowth[party] = own != nil
    books.monthlyGrowth[party] = Compounding.factor(max(-1, own ?? 0), months: 1)
    books.customerFactor[party] = 1
    books.customerShare[party] = scale(party, .receipts)
    books.response[party] = figure(party, .response) ?? 0
    books.growth[party] = scale(party, .spending)
    books.failedIn[party] = -1
    books.recovery[party] = billionths(figure(party, .recovery) ?? 0)
    (books.owedAtFailure[party], books.recovered[party]) = (0, 0)
    books.raised[party] = 0
    books.shortBy[party] = 0
    books.customers[party] = 0
    books.lastReceived[party] = -1
    books.lost[party] = 0
    books.rescued[party] = 0
  }

  /// How far a drawn figure lies from its middle, on which the plan was laid.
  private func scale(_ party: Int, _ figure: Scenario.PartyFigure) -> Double {
    guard let quantity = columns.figures[slots.figure(party, figure)], !quantity.isFixed,
      quantity.central > 0
    else { return 1 }
    return (self.figure(party, figure) ?? quantity.central) / quantity.central
  }

  private func begin(stream: Int) {
    let range = plan.streams[stream].range
    deals.isRunning[stream] = !plan.streams[stream].isDormant
    deals.lent[stream] = 0
    deals.late[stream] = 0
    deals.lateFrom[stream] = 0
    deals.payer[stream] = plan.streams[stream].payer
    let isPoint = range.lowerBound == range.upperBound
    deals.factor[stream] =
      isPoint || chance.isMiddle
      ? 1
      : range.lowerBound + chance.unit(slots.amount(stream), month: 0)
        * (range.upperBound - range.lowerBound)
  }
}
