import Foundation
import Books
import Claims
import TestKit
import Testing

/// The laws that hold of any book.
///
/// `make laws` takes out every row of the shipped book, and no sample.
@Suite struct LawTests {
  private static let shipped = Result {
    try BookFolder.read(packageRoot.appending(path: "Examples/ai-economy").path)
  }

  private func laws(_ year: Int) throws -> Laws {
    let book = try Self.shipped.get()
    return try Laws(book, book.lastReport, years: year...year)
  }

  @Test("A row of the shipped book moves only what lists it", arguments: 2023...2026)
  func rows(year: Int) throws {
    let laws = try laws(year)
    var generator = SplitMix64(seed: UInt64(year))
    for row in laws.book.evidenceRows.shuffled(using: &generator).prefix(25) {
      let breaches = try laws.breaches(without: row)
      #expect(breaches.isEmpty, "\(row)")
    }
  }

  @Test("Months and quarters of the shipped book add up to its years", arguments: 2023...2026)
  func parts(year: Int) throws {
    #expect(try laws(year).breachesOfParts().isEmpty)
  }

  @Test("Names, order and what is told later change nothing in the shipped book")
  func names() throws {
    let laws = try laws(2025)
    #expect(try laws.breachesUnderOtherNames(seed: 7).isEmpty)
    for text in ["2025-03-31", "2025-11-15"] {
      #expect(try laws.breaches(asOf: day(text)).isEmpty, "\(text)")
    }
  }

  @Test("A confirmation lowers nothing in the shipped book")
  func confirmations() throws {
    let laws = try laws(2025)
    var generator = SplitMix64(seed: 1)
    let stated = laws.book.claims.filter { $0.amount != nil }.map(\.id)
    for claim in stated.shuffled(using: &generator).prefix(8) {
      let source = laws.book.sources.first { $0.kind == .filing }?.id ?? ""
      #expect(try laws.breaches(confirming: claim, in: source).isEmpty, "\(claim)")
    }
  }

  @Test("Small random books keep every law", arguments: 0..<8)
  func randomBooks(shard: UInt64) throws {
    for seed in shard * 25..<(shard + 1) * 25 {
      #expect(try RandomLaws.breaches(seed: seed, isShort: true).isEmpty, "book \(seed)")
    }
  }
}
