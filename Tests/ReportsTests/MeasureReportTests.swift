import Loops
import Networks
import TestKit
import Testing

@testable import Reports

/// Measures of three parties, worked on paper: a pays b 10, b pays a 4 back and c 6.
///
/// What a pays beyond the 4 it gets, 6, comes from its reserves; c keeps 6; b passes on all of its 10.
@Suite struct MeasureReportTests {
  private func source() throws -> FlowSource {
    let edges = "from,to,weight\na,b,10\nb,a,4\nb,c,6\n"
    return try FlowSource(EdgeList(bytes: Array(edges.utf8), file: "edges.csv", nodes: nil))
  }

  private let listed = ListedParties(top: 10)
  private let names = PartyNames(ids: [])

  private func json(_ report: some Report) throws -> JSON { try JSON(AnswerJSON.text(of: report)) }

  private func isNear(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) < 1e-9 } ?? false
  }

  /// 4 goes from a to b and 4 from b to a: 8 of 20, of which each of the two passes on 4, and c nothing.
  @Test func closure() throws {
    let report = try ClosureReport(of: source(), samples: 0, seed: 1, listed: listed)
    #expect(isNear(report.total, 20) && isNear(report.circulation, 8) && isNear(report.share, 0.4))
    let parties = Dictionary(uniqueKeysWithValues: report.parties.map { ($0.id, $0) })
    for (id, amount) in ["a": 4.0, "b": 4, "c": 0] {
      #expect(isNear(parties[id]?.low ?? 0, amount) && isNear(parties[id]?.high ?? 0, amount))
    }
    #expect(report.text(names).contains("40.0 %"))
  }

  /// One loop of two payments: the least is 4, together 14.
  @Test func cycles() throws {
    let request = CyclesReport.Request(limit: 100, top: 3)
    let report = try CyclesReport(of: source(), request, maximumLength: .max)
    #expect(report.count == 1 && report.isComplete && report.byLength == ["2": 1])
    #expect(report.top.map { Set($0.parties) } == [["a", "b"]])
    #expect(report.top.map(\.bottleneck) == [4] && report.top.map(\.total) == [14])
    let stopped = try CyclesReport(of: source(), .init(limit: 0, top: 3), maximumLength: .max)
    #expect(!stopped.isComplete)
  }

  /// Receipts of 4, 10 and 6: shares of 0.2, 0.5, 0.3, whose squares add up to 0.38.
  @Test func concentration() throws {
    let all = try ConcentrationReport(of: source(), ConcentrationReport.Request())
    #expect(isNear(all.hhi, 0.38) && isNear(all.effectiveNumber, 1 / 0.38))
    #expect(all.largest.map(\.id) == ["b", "c", "a"])
    var request = ConcentrationReport.Request()
    request.party = "c"
    let one = try ConcentrationReport(of: source(), request)
    #expect(isNear(one.hhi, 1) && one.largest.map(\.id) == ["b"])
    request.party = "nobody"
    #expect(throws: NoSuchParty(party: "nobody")) { try ConcentrationReport(of: source(), request) }
  }

  /// Of what passes through a, b and c, 10, 10 and 6, the chance to come by again is 0.4, 0.4 and nothing: 8 of 26.
  ///
  /// The 6 that came in passed 26/6 parties.
  @Test func cycling() throws {
    let report = try CyclingReport(of: source(), threads: 1, listed: listed)
    #expect(isNear(report.throughflow, 26) && isNear(report.finn, 8 / 26.0))
    #expect(isNear(report.pathLength, 26 / 6.0))
    let chances = report.parties.map { ($0.id, $0.returnProbability) }
    for (id, chance) in chances { #expect(isNear(chance, id == "c" ? 0 : 0.4)) }
  }

  /// Of each dollar a passes on all to b, and b 0.4 to a: two steps multiply a push by 0.4.
  ///
  /// Where b raises as much again as it receives, by 0.8.
  @Test func gain() throws {
    let report = try GainReport(of: source(), funding: [])
    #expect(isNear(report.gain, 0.4.squareRoot()) && report.isSettled)
    let funded = try GainReport(of: source(), funding: [(party: "b", fraction: 1)])
    #expect(isNear(funded.gain, 0.8.squareRoot()))
    #expect(funded.text(names).contains("0.89"))
  }

  /// The net flows, 6 from a to b and 6 from b to c, go round nowhere; 4 each way of 20 is paid back.
  @Test func potential() throws {
    let report = try PotentialReport(of: source(), weighting: .unit, listed: listed)
    #expect(isNear(report.circularShare, 0) && isNear(report.reciprocity, 0.4))
    let heights = Dictionary(uniqueKeysWithValues: report.parties.map { ($0.id, $0.potential) })
    let (first, second, third) = (heights["a"] ?? 0, heights["b"] ?? 0, heights["c"] ?? 0)
    // Each step down is as high as what flows over it.
    #expect(isNear(abs(first - second), 6) && isNear(abs(second - third), 6))
    #expect(isNear(abs(first - third), 12))
  }

  /// Money enters at a alone: all that c receives began there, and came through b.
  @Test func provenance() throws {
    let answer = try json(ProvenanceReport(of: source(), party: "c", listed: listed))
    let party = try #require(answer["parties"]?.elements.first)
    #expect(party["origins"]?.elements.map { $0["id"]?.string } == ["a"])
    #expect(isNear(party["origins"]?.elements.first?["share"]?.number, 1))
    let through = party["through"]?.elements.compactMap { $0["id"]?.string } ?? []
    #expect(Set(through) == ["a", "b"])
  }

  @Test func aMonthIsALineOfItsMeasure() throws {
    let report = try ClosureReport(of: source(), samples: 0, seed: 1, listed: listed)
    let answer = try JSON(AnswerJSON.text(of: MonthReport("2025-01", report)))
    #expect(answer["month"]?.string == "2025-01" && isNear(answer["share"]?.number, 0.4))
    let lines = MonthReport.text([MonthReport("2025-01", report)]).split(separator: "\n")
    #expect(lines.count == 2 && lines[1].hasPrefix("  2025-01") && lines[1].contains("40.0 %"))
  }

  /// What nobody lists is told as a number.
  @Test func fewPartiesAreListed() throws {
    let few = ListedParties(top: 2)
    #expect(few.first(of: 0..<3) { [1, 5, 5][$0] } == [1, 2])
    #expect(few.rest(of: 3).first?.contains("1 party more") == true)
    #expect(few.rest(of: 2).isEmpty)
  }
}
