internal import Claims

/// What the facts of a view say of each party or group in all, laid on days.
struct FactTotals {
  let view: View
  let series: [FactKey: [FactReading]]
  private let isConsolidated: Bool
  private let rates: ExchangeRates

  private let partsOfGroups: [String: [String]]
  private let towardsOthers: [NodeMetric: [FactKey]]
  private let corrections: [FactKey: [(period: Period, trust: Trust, by: [String])]]
  private var laid: [FactKey: PeriodTotals] = [:]

  private struct NodeMetric: Hashable {
    let node: String
    let metric: Fact.Metric
  }

  init(_ view: View, rates: ExchangeRates, isConsolidated: Bool) {
    self.view = view
    self.rates = rates
    self.isConsolidated = isConsolidated
    let series = view.factSeries()
    self.series = series
    let corrections = view.corrections()
    self.corrections = corrections
    let node = { (id: String) in isConsolidated ? view.group(of: id) : id }
    partsOfGroups = Dictionary(grouping: view.contents.parties.map(\.id), by: node)
      .mapValues { $0.filter { node($0) != $0 } }
    towardsOthers = Dictionary(
      grouping: series.keys.filter { $0.counterparty != nil }.sorted(),
      by: { NodeMetric(node: node($0.party), metric: $0.metric) }
    )
    for key in keys {
      laid[key] = PeriodTotals(
        amounts(key),
        signed: key.metric.allowsNegative,
        hidden: hidden(key)
      )
    }
  }

  /// Every series of which something is said, or was before it was corrected.
  var keys: Set<FactKey> { Set(series.keys).union(corrections.keys) }

  /// Where facts that others correct would stand.
  func hidden(_ key: FactKey) -> [PeriodTotals.Hidden] {
    (corrections[key] ?? []).map {
      PeriodTotals.Hidden(
        period: $0.period,
        grade: Grade($0.trust, .stated),
        rows: Set($0.by.map(Evidence.fact))
      )
    }
  }

  /// The party or group that `id` counts as.
  func node(_ id: String) -> String { isConsolidated ? view.group(of: id) : id }

  /// What facts say of `metric` of a party or group in `period`; parts of a group are added up only
  /// where nothing is said of the group itself.
  func slice(_ node: String, _ metric: Fact.Metric, in period: Period) -> GradedSlice {
    let own = totals(FactKey(party: node, metric: metric)).slice([period])
    if own.days > 0 || !isConsolidated { return own }
    var sum = GradedSlice()
    for part in partsOfGroups[node] ?? [] {
      sum.add(totals(FactKey(party: part, metric: metric)).slice([period]), sameDays: true)
    }
    return sum
  }

  /// `slice`, with the facts about the same metric towards any other side added up; of a group, or of one of its
  /// members by itself.
  func sliceOfAll(_ party: String, _ metric: Fact.Metric, in period: Period) -> GradedSlice {
    var sum = slice(party, metric, in: period)
    guard sum.days == 0 else { return sum }
    let group = node(party)
    for key in towardsOthers[NodeMetric(node: group, metric: metric)] ?? []
    where group == party || key.party == party {
      sum.add(totals(key).slice([period]), sameDays: true)
    }
    return sum
  }

  /// The series that say something of `metric` of a party or group in all: its own, else those of its parts, else
  /// those towards others.
  func series(of node: String, _ metric: Fact.Metric) -> [FactKey] {
    let own = FactKey(party: node, metric: metric)
    if series[own] != nil { return [own] }
    let parts = (partsOfGroups[node] ?? []).map { FactKey(party: $0, metric: metric) }
      .filter { series[$0] != nil }
    return parts.isEmpty ? towardsOthers[NodeMetric(node: node, metric: metric)] ?? [] : parts
  }

  /// What facts say of one series, laid on days.
  func totals(_ key: FactKey) -> PeriodTotals { laid[key] ?? PeriodTotals([]) }

  /// What a deal is stated to have brought "at least", no more than its payee took in on the same days, where that is
  /// known for all of them.
  func bounded(_ amount: DatedAmount, of deal: Deal) -> DatedAmount {
    guard amount.amount.isOpen, deal.kind.isRevenue,
      let receipts = PartyTotals(of: node(deal.payee), facts: self, in: amount.period).receipts,
      !receipts.amount.isOpen
    else { return amount }
    return amount.bounded(by: receipts.amount.high, receipts.evidence)
  }

  func amounts(_ key: FactKey) -> [DatedAmount] {
    (series[key] ?? []).compactMap { reading in
      amount(of: reading).map {
        DatedAmount(
          period: reading.period,
          amount: $0,
          trust: reading.trust,
          grade: Grade(reading.trust, reading.pen),
          evidence: reading.evidence.map(Evidence.fact) + rateEvidence(of: reading)
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
    guard var standing = estimates.first else { return nil }
    if reading.isTied { standing.hasPoint = false }
    return estimates.dropFirst().reduce(standing) { $0.widened(toHold: $1) }
  }
}
