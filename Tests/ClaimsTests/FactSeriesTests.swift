import Claims
import Tables
import TestKit
import Testing

/// What stands of facts about one party: the section "Facts" of `docs/model.md`.
@Suite struct FactSeriesTests {
  private func revenue(_ facts: String, policy: Policy = .reported) throws -> [FactReading] {
    let view = try Story("party bolt\n" + facts).view(policy: policy)
    return view.factSeries()[FactKey(party: "bolt", metric: .revenue)] ?? []
  }

  @Test func theMostTrustedStandsAndOthersThatCannotBeTrueContest() throws {
    let readings = try revenue(
      """
      fact bolt revenue 10 in 2025 source=filing
      fact bolt revenue 12 in 2025 source=gazette reported=2026
      fact bolt revenue 9~11 in 2025 source=analyst reported=2026
      fact bolt revenue 7 in 2024 source=gazette
      """
    )
    #expect(readings.map(\.period) == [days("2024"), days("2025")])
    #expect(readings[1].standing.id == "f1")
    #expect(readings[1].evidence == ["f1", "f2"])
    #expect(readings[1].low == StrictDecimal(10) && readings[1].high == StrictDecimal(12))
  }

  @Test func ofEqualsTheLatestStands() throws {
    let readings = try revenue(
      """
      fact bolt revenue 12 in 2025 source=gazette reported=2026-02
      fact bolt revenue 10 in 2025 source=herald reported=2026-01
      """
    )
    #expect(readings.map(\.standing.id) == ["f1"])
    #expect(readings[0].trust == .news)
  }

  @Test func aCorrectionReplacesAndAPartIsLeftOut() throws {
    let readings = try revenue(
      """
      fact bolt revenue 12 in 2025
      fact bolt revenue 10 in 2025 supersede f1 source=gazette
      fact bolt revenue 3 in 2025-01..2025-03 part f2
      fact bolt revenue 4 in 2025-04..2025-06 part f1
      """
    )
    #expect(readings.map(\.standing.id) == ["f2", "f4"])
  }

  @Test func rumoursCountOnlyWhenGenerous() throws {
    let rumour = "fact bolt revenue 12 in 2025 confidence=0.2"
    #expect(try revenue(rumour).isEmpty)
    #expect(try revenue(rumour, policy: .generous).count == 1)
  }

  @Test func whatHasNoValueOrNoTimeIsLeftOut() throws {
    #expect(try revenue("fact bolt revenue in 2025\nfact bolt revenue 5").isEmpty)
    let day = try revenue("fact bolt revenue 5 end=2025-03-31")
    #expect(day.map(\.period) == [days("2025-03-31")])
  }
}
