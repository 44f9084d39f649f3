import Readers
import TestKit
import Testing

/// Any bytes give filings or an error of ours; never a crash.
struct FilingFuzzTests {
  private static let page = FilingKit.page(
    FilingKit.number("1,297", "scale=\"6\" decimals=\"-6\" format=\"ixt:num-dot-decimal\"")
      + FilingKit.number(FilingKit.number("5"), "sign=\"-\"")
      + FilingKit.number("", "xsi:nil=\"true\"")
      + FilingKit.number(
        "12",
        "scale=\"-2\"",
        name: "us-gaap:ConcentrationRiskPercentage1",
        context: "a",
        unit: "pure"
      )
      + "<ix:nonNumeric contextRef=\"y\" name=\"dei:TradingSymbol\" continuedAt=\"c\">A</ix:nonNumeric><ix:continuation id=\"c\">B</ix:continuation>",
    contexts: FilingKit.context(
      "a",
      "<xbrli:instant>2025-12-31T00:00:00</xbrli:instant>",
      ("srt:MajorCustomersAxis", "acme:CustomerAMember")
    )
  )
  private static let facts = FilingKit.facts(
    (
      "Revenues",
      [
        FilingKit.entry("2025-01-01", "2025-09-30", "70", "2025-11-01", period: "Q3"),
        FilingKit.entry(
          "2025-01-01",
          "2025-12-31",
          "-1.5e2",
          "2026-02-01",
          form: "10-K",
          period: "FY"
        ),
      ].joined(separator: ",")
    )
  )
  private static let list = Array(
    """
    {"cik":"0000000042","name":"ACME","tickers":["ACM"],"filings":{"recent":{"accessionNumber":["a-1"],\
    "filingDate":["2026-02-20"],"reportDate":["2025-12-31"],"form":["10-K"],"primaryDocument":["acme.htm"]},"files":[]}}
    """.utf8
  )

  @Test(arguments: UInt64(0)..<40)
  func changedFilesAreReadOrRefused(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for sample in [Self.page, Self.facts, Self.list] {
      for _ in 0..<12 {
        var set = FilingSet()
        let bytes = Self.changed(sample, &random)
        for (file, part) in [("one", bytes), ("two", sample)] {
          do throws(FilingError) {
            _ = try set.add(part, file: file)
          } catch {
            #expect(!error.description.isEmpty)
          }
        }
        for cik in set.ciks { check(set.company(cik)) }
      }
    }
  }

  @Test(arguments: UInt64(0)..<10)
  func anyBytesAreReadOrRefused(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<50 {
      let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      #expect(throws: FilingError.self) { try CompanyFactsReader.read(bytes, file: "") }
      #expect(throws: FilingError.self) { try SubmissionsReader.read(bytes) }
      #expect(throws: FilingError.self) { try InlineFilingReader.read(bytes, file: "") }
    }
  }

  /// Some bytes set, taken out, doubled, or exchanged with a stretch from elsewhere.
  private static func changed(_ sample: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = sample
    for _ in 0..<Int.random(in: 1...4, using: &random) where bytes.count > 40 {
      let at = Int.random(in: 0..<(bytes.count - 32), using: &random)
      let count = Int.random(in: 1...24, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(at..<(at + count))
      case 2: bytes.insert(contentsOf: bytes[at..<(at + count)], at: at)
      case 3:
        let from = Int.random(in: 0..<(bytes.count - 32), using: &random)
        bytes.replaceSubrange(at..<(at + count), with: Array(bytes[from..<(from + count)]))
      default: bytes.removeSubrange(at...)
      }
    }
    return bytes
  }

  private func check(_ company: CompanyFilings) {
    for figure in company.figures {
      #expect(!figure.versions.isEmpty)
      #expect(figure.period.first <= figure.period.last)
      #expect(figure.measure.isBalance == figure.period.isInstant)
    }
  }
}
