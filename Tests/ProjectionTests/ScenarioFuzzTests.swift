import Foundation
import TestKit
import Testing

@testable import Projection

/// Any bytes give a scenario or one sentence with its place, and no trap.
@Suite struct ScenarioFuzzTests {
  private static let texts = [
    """
    name: everything
    months: 24
    start: 2026-03
    outside: {demand-growth: 30%, rate: {uniform: [1%, 8%]}, market-volatility: 0.3, because: told}
    parties:
      bolt:
        cash: {value: 11.9bn, because: counted}
        growth: {triangular: [0, 10%, 20%]}
        recovery: {uniform: [10%, 60%]}
        investors: {acme: 40%, corp: {uniform: [0, 50%]}}
    deals:
      acme-bolt: {grace: 3, taker: corp}
      bolt-corp: {of-receipts: 20%, of-cash: 1%}
      corp-acme: {amount: 10m, start: 2026-04, end: 2027-03, waits: yes}
    given: [{offering: bolt, amount: 250m, on: 2026-05}]
    shocks:
      - {amend: acme-bolt, factor: {choice: [{value: 1, weight: 0.5}, {value: 0.5, weight: 0.5}]}}
      - {withdraw: acme-bolt, on: 2026-06, when: {late: bolt-corp, months: 2}, chance: 30%}
      - {share-price: all, change: -20%}
      - {delay: all, months: {triangular: [2, 6, 12]}, on: 2026-09}
      - {novate: [acme-bolt], to: corp, on: 2026-10}
    """
  ]
  private static let words = [
    "{", "}", "[", "]", ":", "-", "\n", "  ", "&a", "*a", "!!int", "#", "'", "\"", "0", "-1", "1e9",
    "999999999999999999999", "tn", "%", "~", "null", "yes", "acme", "bolt-corp", "normal", "é",
    "\u{0}",
  ]

  @Test(arguments: UInt64(0)..<150) func anyChange(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var text = Array(Self.texts[0].utf8)
    for _ in 0...Int.random(in: 0...3, using: &random) { Self.change(&text, &random) }
    let reader = ScenarioReader(try SmallEconomy.view())
    do {
      let scenario = try reader.scenario(
        String(decoding: text, as: UTF8.self),
        file: "s.yaml"
      ) { _ in nil }
      let plan = ProjectionPlan(try SmallEconomy.view(), scenario, months: 6)
      _ = try CentralPath(plan)
    } catch let error as ScenarioError {
      #expect(error.description.hasPrefix("s.yaml") && !error.description.contains("\n"))
    } catch let error as ProjectionError {
      #expect(!error.description.contains("report it"), "\(error)")
    }
  }

  private static func change(_ text: inout [UInt8], _ random: inout SplitMix64) {
    let place = Int.random(in: 0..<text.count, using: &random)
    let end = min(text.count, place + Int.random(in: 1...20, using: &random))
    switch Int.random(in: 0...3, using: &random) {
    case 0: text.removeSubrange(place..<end)
    case 1: text.insert(contentsOf: text[place..<end], at: place)
    case 2: text[place] = UInt8.random(in: 0...255, using: &random)
    default:
      let word = words[Int.random(in: words.indices, using: &random)]
      text.insert(contentsOf: Array(word.utf8), at: place)
    }
    if text.isEmpty { text = [0x61] }
  }
}
