import Claims
import TestKit
import Testing

@testable import Projection

@Suite struct ScenarioReaderTests {
  /// Everything a scenario can say, once.
  @Test func aWholeScenario() throws {
    let scenario = try SmallEconomy.scenario(
      """
      months: 24
      start: 2026-03
      outside: {demand-growth: 30%, rate: 0.08, because: told}
      parties:
        bolt:
          cash: {value: 11.9bn, because: counted}
          growth: {triangular: [0, 10%, 20%]}
      deals: {acme-bolt: {grace: 3, taker: corp}}
      given: [{offering: bolt, amount: 250m, on: 2026-05}]
      shocks:
        - {amend: bolt-corp, factor: {choice: [{value: 1, weight: 0.5}, {value: 0.5, weight: 0.5}]}}
        - {withdraw: acme-bolt, on: 2026-06, when: {late: bolt-corp, months: 2}, chance: 30%}
      """
    )
    #expect(scenario.months == 24 && scenario.start?.description == "2026-03")
    #expect(scenario.outside[.demandGrowth] == .init(.fixed(0.3), because: "told"))
    #expect(scenario.parties["bolt"]?[.cash] == .init(.fixed(11.9e9), because: "counted"))
    #expect(scenario.deals["acme-bolt"]?.graceMonths == 3)
    #expect(scenario.given.count == 1 && scenario.shocks.count == 2)
    #expect(scenario.shocks[1].condition == .late(deal: "bolt-corp", months: 2))
  }

  /// Every mistake says where it is, what was expected, and what to do.
  @Test(arguments: [
    ("mnths: 3", "2:1: the scenario has no key mnths; did you mean months?"),
    ("months: many", "2:9: months is many, not a whole number; write a number from 1 to 600"),
    ("months: 0", "2:9"), ("start: 2026", "2:8: 2026 is a whole year; say which month"),
    ("start: soon", "2:8: soon is not a date; write start: YYYY-MM"),
    ("shocks: 3", "2:9: shocks is not a list; begin each entry"),
    (
      "shocks: [{withdraw: acme-blot}]",
      "2:21: the book knows no deal acme-blot; did you mean acme-bolt?"
    ),
    ("shocks: [{default: lenders}]", "2:20: lenders is outside the sector"),
    ("shocks: [{default: amce}]", "2:20: the book knows no party amce; did you mean acme?"),
    (
      "shocks: [{withdrw: acme-bolt}]",
      "2:10: the shock does not say what happens; did you mean withdraw?"
    ),
    ("shocks: [{withdraw: acme-bolt, call: corp-acme}]", "2:32: one shock both withdraw and call"),
    ("shocks: [{delay: acme-bolt}]", "2:11: delay does not say months; add months: 6"),
    ("shocks: [{delay: acme-bolt, months: -1}]", "2:37: months can be negative"),
    ("shocks: [{amend: acme-bolt, factor: 1, amount: 3}]", "2:48: amend gives both"),
    ("shocks: [{amend: acme-bolt, factor: much}]", "2:37: factor is \"much\", not a number"),
    ("shocks: [{share-price: acme}]", "2:11: share-price does not say change"),
    ("shocks: [{raise: acme}]", "2:11: raise does not say factor"),
    ("shocks: [{offering: acme}]", "2:11: offering does not say amount"),
    ("shocks: [{lose-customer: acme}]", "2:11: lose-customer says neither customer nor share"),
    ("shocks: [{freeze: acme, chance: 2}]", "2:33: chance is 2.0, not between 0 and 1"),
    ("shocks: [{freeze: acme, when: {late: acme-bolt}}]", "add months: 3"),
    ("shocks: [{freeze: acme, when: {}}]", "when says nothing"),
    ("shocks: [{freeze: acme, months: 3}]", "2:25: a shock that says freeze has no key months"),
    ("outside: {demand: 3}", "outside has no key demand; did you mean"),
    ("outside: {rate: {normal: {mean: 1}}}", "normal needs mean and deviation"),
    ("outside: {rate: {uniform: [3, 1]}}", "uniform falls; write uniform: [low, high], rising"),
    ("outside: {rate: {triangular: [3, 4]}}", "triangular has 2 numbers"),
    (
      "outside: {rate: {choice: [{value: 1, weight: 0.5}]}}",
      "the weights of choice add up to 0.5; make them add up to 1"
    ),
    ("outside: {rate: {gamma: 3}}", "rate has no key gamma"),
    (
      "outside: {rate: -3%}", "2:17: rate can be negative; give a value or a distribution from 0 up"
    ),
    ("parties: {bolt: {cash: lots}}", "2:24: cash is \"lots\", not a number"),
    ("parties: {bolt: {chas: 3}}", "2:18: bolt has no key chas; did you mean cash?"),
    ("deals: {acme-bolt: {amount: 3}}", "an amount, its start and its end stand together"),
    (
      "deals: {acme-bolt: {amount: 3, start: 2026-03, end: 2026-01}}",
      "2026-01 lies before 2026-03; exchange start and end"
    ),
    ("deals: {acme-bolt: {of-receipts: 2}}", "of-receipts is 2.0, not between 0 and 1"),
    (
      "deals: {acme-bolt: {of-cash: 1, amount: 3, start: 2026-01, end: 2026-02}}",
      "2:20: acme-bolt has both an amount and a share"
    ),
    ("parties: {bolt: {recovery: 120%}}", "2:28: recovery can be more than all"),
    ("parties: {bolt: {cash: 101tn}}", "2:24: cash can be more than $100tn"),
    ("parties: {bolt: {investors: {bolt: 10%}}}", "2:30: bolt cannot buy its own new equity"),
    (
      "parties: {bolt: {investors: {acme: 60%, corp: {uniform: [0, 50%]}}}}",
      "2:29: the investors of bolt can take more than all of its new equity"
    ),
    ("extends: other.yaml", "2:10: other.yaml cannot be read"),
    ("months: 3\nmonths: 4", "stands twice"), ("shocks: [", "correct the YAML there"),
    (
      "shocks:\n  - {withdraw: acme-bolt, on: 2026-03}\n  - {amend: acme-bolt, factor: 2, on: 2026-03}",
      "s.yaml:4:5: amend of acme-bolt contradicts withdraw of the same month at s.yaml:3:5"
    ),
    ("shocks: [{withdraw: []}]", "2:21: the list is empty; name a deal, or all"),
    ("shocks: [{freeze: [bolt, bolt]}]", "2:26: bolt is named twice"),
    ("shocks: [{amend: [acme-bolt, acme-bolt], factor: 2}]", "2:30: acme-bolt is named twice"),
    ("shocks: [{delay: acme-bolt, months: 99999999999}]", "2:37: months can be more than 600"),
    (
      "shocks: [{delay: acme-bolt, months: {lognormal: {median: 3, sigma: 9}}}]",
      "2:37: months can be more than 600 months; give a value or a distribution up to 600"
    ),
    ("shocks: [{shut-market: 99999999999}]", "2:24: shut-market can be more than 600"),
    ("shocks: [{share-price: bolt, change: -150%}]", "2:38: change can be a loss of more than all"),
    ("shocks: [{demand-growth: -300%}]", "2:26: demand-growth can be a loss of more than all"),
    ("shocks: [{raise: bolt, factor: 999999999}]", "2:32: factor can be more than a million"),
    ("shocks: [{offering: bolt, amount: 999tn}]", "2:35: amount can be more than $100tn"),
    ("shocks: [{lose-customer: bolt, share: 150%}]", "2:39: share can be more than all"),
    (
      "shocks: [{lose-customer: bolt, share: 5%, customer: acme}]", "2:53: lose-customer gives both"
    ),
    ("shocks: [{lose-customer: bolt, customer: bolt}]", "2:42: bolt is no customer of its own"),
    (
      "shocks: [{freeze: bolt, when: {failed: acme, months: 3}}]",
      "2:46: when failed has no key months"
    ),
    (
      "shocks: [{freeze: bolt, when: {failed: acme, cash-below: bolt, amount: 3}}]",
      "2:31: when says both cash-below and failed; keep one of the two"
    ),
    (
      "shocks: [{freeze: bolt, when: {cash-below: bolt, amount: -3}}]",
      "2:58: amount can be negative"
    ),
    (
      "shocks: [{rate: 5%, on: 2026-03}, {rate: 6%, on: 2026-03}]",
      "2:35: rate of the outside contradicts rate of the same month at s.yaml:2:10"
    ),
    (
      "shocks: [{default: bolt, on: 2026-03}, {offering: bolt, amount: 5, on: 2026-03}]",
      "2:40: offering of bolt contradicts default of the same month at s.yaml:2:10"
    ),
    (
      "shocks: [{offering: bolt, amount: 5, on: 2026-04}, {default: bolt, on: 2026-03}]",
      "2:52: default of bolt contradicts offering, as nothing comes after its end, at s.yaml:2:10"
    ),
    (
      "shocks: [{withdraw: acme-bolt}, {amend: acme-bolt, factor: 2, on: 2026-03}]",
      "2:33: amend of acme-bolt contradicts withdraw, as nothing comes after its end, at"
    ),
    ("start: 1900-01", "2:8: 1900-01 lies before 2025-12, the month of the view"),
    ("parties: {bolt: {equity-share: 300%}}", "2:32: equity-share can be more than all"),
    ("parties: {bolt: {response: 9999999999999999}}", "2:28: response can be more than 10000%"),
    ("parties: {bolt: {volatility: 20000%}}", "2:30: volatility can be more than 10000%"),
    ("outside: {demand-growth: 9999999999999999}", "2:26: demand-growth can be more than 10000%"),
    (
      "deals: {acme-bolt: {amount: -3, start: 2026-01, end: 2026-02}}",
      "2:29: amount can be negative"
    ),
    ("name:", "stands twice"),
  ]) func mistakes(text: String, says: String) throws {
    do {
      _ = try SmallEconomy.scenario(text)
      Issue.record("nothing wrong was found in: \(text)")
    } catch let error as ScenarioError {
      #expect(error.description.contains(says), "\(error)")
      #expect(error.description.hasPrefix("s.yaml"))
    }
  }

  /// Files that are nothing, or no YAML at all.
  @Test func emptyAndNameless() throws {
    let reader = ScenarioReader(try SmallEconomy.view())
    for (text, says) in [
      ("", "the file is empty"), ("months: 3", "has no name"), ("- a", "not a mapping"),
      ("name:", "s.yaml:1:6: the name is empty; add a few words"),
    ] {
      do {
        _ = try reader.scenario(text, file: "s.yaml") { _ in nil }
        Issue.record("nothing wrong was found")
      } catch { #expect(error.description.contains(says)) }
    }
  }

  /// What waits for a deal of which nothing is projected never happens, and the answer says so.
  @Test func waitingForWhatIsNotProjected() throws {
    let story = Story(
      """
      party acme
      party lenders market
      party clients market
      deal lenders > clients purchase
      c1 filing 2025 signed binding 1200 in 2026-01..2026-12
      """
    )
    let view = try story.view("2025-12-31")
    let text = "name: x\nshocks: [{freeze: acme, when: {late: lenders-clients, months: 1}}]"
    let scenario = try ScenarioReader(view).scenario(text, file: "s.yaml") { _ in nil }
    let plan = ProjectionPlan(view, scenario, months: 3)
    #expect(plan.shocks[0].chance == 0)
    #expect(plan.missing.contains { $0.consequence.hasPrefix("nothing of lenders-clients") })
  }

  /// What a file extends stands first, and what it says itself takes its place.
  @Test func extending() throws {
    let reader = ScenarioReader(try SmallEconomy.view())
    let base =
      "name: base\nmonths: 6\nparties: {bolt: {cash: 1, debt: 2}}\nshocks: [{freeze: bolt}]"
    let text = "extends: base\nname: mine\nparties: {bolt: {cash: 3}}\nshocks: [{freeze: corp}]"
    let scenario = try reader.scenario(text, file: "s") { _ in ("base", base) }
    #expect(scenario.name == "mine" && scenario.months == 6 && scenario.shocks.count == 2)
    #expect(scenario.parties["bolt"]?[.cash]?.quantity == .fixed(3))
    #expect(scenario.parties["bolt"]?[.debt]?.quantity == .fixed(2))
  }
}
