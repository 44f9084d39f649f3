internal import Claims

/// What the facts of a view say of each party or group in all, laid on days.
struct FactTotals {
  let view: View
  let series: [FactKey: [FactReading]]
  private let isConsolidated: Bool
  private let rates: ExchangeRates

  init(_ view: View, rates: ExchangeRates, isConsolidated: Bool) {
    self.view = view
    self.rates = rates
    self.isConsolidated = isConsolidated
    series = view.factSeries()
  }

  /// The party or group that `id` counts as.
  func node(_ id: String) -> String { isConsolidated ? view.group(of: id) : id }

  /// What facts say of `metric` of a party or group in `period`; parts of a group are added up only
  /// where nothing is said of the group itself.
  func slice(_ node: String, _ metric: Fact.Metric, in period: Period) -> PeriodTotals.Slice {
    let own = totals(FactKey(party: node, metric: metric)).slice([period])
    if own.days > 0 || !isConsolidated { return own }
    var sum = PeriodTotals.Slice()
    for part in view.contents.parties where part.id != node && view.group(of: part.id) == node {
      let slice = totals(FactKey(party: part.id, metric: metric)).slice([period])
      sum.amount += slice.amount
      sum.days = max(sum.days, slice.days)
      sum.evidence.formUnion(slice.evidence)
    }
    return sum
  }

  /// `slice`, with the facts about the same metric towards any other side added up.
  func sliceOfAll(_ node: String, _ metric: Fact.Metric, in period: Period) -> PeriodTotals.Slice {
    var sum = slice(node, metric, in: period)
    guard sum.days == 0 else { return sum }
    let keys = series.keys.filter {
      $0.metric == metric && self.node($0.party) == node && $0.counterparty != nil
    }
    for key in keys.sorted(by: {
      ($0.counterparty ?? "", $0.party) < ($1.counterparty ?? "", $1.party)
    }) {
      let slice = totals(key).slice([period])
      sum.amount += slice.amount
      sum.days = max(sum.days, slice.days)
      sum.evidence.formUnion(slice.evidence)
    }
    return sum
  }

  private func totals(_ key: FactKey) -> PeriodTotals {
    PeriodTotals(amounts(key), signed: key.metric.allowsNegative)
  }

  func amounts(_ key: FactKey) -> [DatedAmount] {
    (series[key] ?? []).compactMap { reading in
      amount(of: reading).map {
        DatedAmount(
          period: reading.period,
          amount: $0,
          trust: reading.trust,
          evidence: reading.evidence.map(Evidence.fact) + rateEvidence(of: reading),
          isAtLeast: reading.standing.high == nil
        )
      }
    }
  }

  /// The facts behind the rates that the amounts of `reading` are converted at.
  private func rateEvidence(of reading: FactReading) -> [Evidence] {
    let currencies = Set(reading.facts.compactMap { $0.amount?.currency }).sorted()
    return currencies.flatMap(rates.evidence)
  }

  /// Facts of money that touch `period` in a currency without a rate, by id.
  func unrated(in period: Period) -> [Unrated] {
    series.flatMap { key, readings in
      readings.filter { $0.period.intersection(period) != nil }.flatMap(\.facts)
        .compactMap { fact -> Unrated? in
          guard let amount = fact.amount, rates.estimate(amount) == nil else { return nil }
          return Unrated(
            evidence: .fact(fact.id),
            subject: .fact(
              party: key.party,
              counterparty: key.counterparty,
              metric: key.metric
            ),
            amount: amount
          )
        }
    }.sorted { $0.evidence < $1.evidence }
  }

  /// Wholes and parts of `period` that cannot both be right, by evidence.
  func contradictions(in period: Period) -> [PeriodContradiction] {
    series.keys.flatMap { key in
      totals(key).contradictions(in: period).map { found in
        PeriodContradiction(
          .fact(party: key.party, counterparty: key.counterparty, metric: key.metric),
          found
        )
      }
    }.sorted { $0.whole.evidence.lexicographicallyPrecedes($1.whole.evidence) }
  }

  /// The standing value, with the range that all readings of the period span.
  private func amount(of reading: FactReading) -> Estimate? {
    let estimates = reading.facts.compactMap { $0.amount.flatMap(rates.estimate) }
    guard let standing = estimates.first else { return nil }
    return estimates.dropFirst().reduce(standing) {
      Estimate(low: min($0.low, $1.low), point: $0.point, high: max($0.high, $1.high))
    }
  }
}
