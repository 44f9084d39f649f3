import Claims
import Tables
import TestKit
import Testing

@testable import Readers

/// Other tools' entities, statements and owners as rows, and rows as entities.
struct ExchangeTests {
  private let origin = ExchangeOrigin(
    publisher: "Registry",
    file: "dir/file.json",
    day: Day(ordinal: 20_000)
  )

  private func read(_ text: String, into contents: BookContents = .empty) throws -> ExchangeReading
  {
    let bytes = Array(text.utf8)
    return try #require(ExchangeFormat(of: bytes)).read(bytes, from: origin, into: contents)
  }

  private func line(_ id: String, _ schema: String, _ properties: String) -> String {
    #"{"id":"\#(id)","schema":"\#(schema)","properties":{\#(properties)}}"#
  }

  private var network: String {
    [
      line("A-1", "Company", #""name":["Acme"],"cikCode":["0000000042"],"ticker":["ACM"]"#),
      line("b", "Person", #""name":["Bea Bell"]"#),
      line("c", "PublicBody", #""name":["City"]"#),
      line(
        "pay",
        "Payment",
        #""payer":["c"],"beneficiary":["A-1"],"amount":["1,200.50"],"currency":["EUR"],"date":["2025-03-04T10:00:00"]"#
      ),
      line(
        "owe",
        "Debt",
        #""debtor":["A-1"],"creditor":["c"],"amount":["7"],"currency":["USD"],"startDate":["2025"]"#
      ),
      line(
        "own",
        "Ownership",
        #""owner":["b"],"asset":["A-1"],"percentage":["62.5 %"],"startDate":["2024-02"]"#
      ),
      line(
        "deal",
        "Contract",
        #""title":["Roads"],"authority":["c"],"amount":["90"],"currency":["EUR"]"#
      ),
      line("won", "ContractAward", #""contract":["deal"],"supplier":["A-1"]"#),
    ].joined(separator: "\n")
  }

  @Test func whoeverPaysOwesAndOwnsBecomesRows() throws {
    let reading = try read(network)
    #expect(reading.leftOut.isEmpty)
    let parties = reading.rows.compactMap { $0 as? Party }
    #expect(parties.map(\.id) == ["acme", "bea-bell", "city"])
    #expect(parties[0].values[5] == "cik:0000000042 ticker:ACM ftm:A-1")
    #expect(parties[1].values[5] == "schema:Person ftm:b")
    let deals = reading.rows.compactMap { $0 as? Deal }
    #expect(
      deals.map { "\($0.payer) \($0.payee) \($0.kind)" } == [
        "city acme purchase", "city acme loan", "city acme purchase",
      ]
    )
    let claims = reading.rows.compactMap { $0 as? Claim }
    #expect(claims.map { $0.values[7] } == ["1200.5", "7", "90"])
    #expect(claims.map(\.level) == [.paid, .binding, .binding])
    #expect(claims[0].reported.description == "2025-03-04")
    #expect(claims[1].reported.description == "2025")
    let stake = try #require(reading.rows.compactMap { $0 as? Fact }.first)
    #expect(stake.party == "acme" && stake.counterparty == "bea-bell" && stake.metric == .stake)
    #expect(stake.low?.description == "62.5")
  }

  /// What has no place is told, and why.
  @Test(arguments: [
    (#""payer":["c"]"#, "one side only"), (#""payer":["c"],"beneficiary":["x"]"#, "x is no party"),
    (#""payer":["c"],"beneficiary":["c"]"#, "both its sides"),
    (#""payer":["c"],"beneficiary":["b"],"amount":["a lot"]"#, "not one number"),
    (#""payer":["c"],"beneficiary":["b"],"amount":["5"]"#, "not one number"),
    (#""payer":["c"],"beneficiary":["b"],"amount":["5","6"],"currency":["USD"]"#, "not one number"),
  ])
  func whatHasNoPlaceIsTold(properties: String, expected: String) throws {
    let reading = try read(network + "\n" + line("odd", "Payment", properties))
    #expect(reading.leftOut.count == 1)
    #expect(reading.leftOut.first?.reason.contains(expected) == true, "\(reading.leftOut)")
    #expect(reading.leftOut.first?.what.contains("Payment odd") == true)
  }

  @Test func fragmentsAreOneEntity() throws {
    let reading = try read(
      line("a", "LegalEntity", #""name":["Acme"]"#) + "\n"
        + line("a", "Company", #""cikCode":["42"]"#)
    )
    let party = try #require(reading.rows.first as? Party)
    #expect(party.kind == .company && party.values[5] == "cik:42 ftm:a")
  }

  @Test func partiesOfTheBookAreKnownAgain() throws {
    let acme = try Party(
      Fields([
        "id": "the-acme", "name": "ACME Inc.", "kind": "company", "inside": "yes",
        "identifiers": "cik:0000000042",
      ])
    )
    let book = try BookContents(
      parties: [acme],
      sources: [],
      deals: [],
      claims: [],
      facts: [],
      assumptions: []
    )
    let reading = try read(network, into: book)
    #expect(reading.known == 1)
    #expect(reading.rows.compactMap { $0 as? Party }.map(\.id) == ["bea-bell", "city"])
    #expect(reading.rows.compactMap { $0 as? Deal }.allSatisfy { $0.payee == "the-acme" })
  }

  @Test func statementsSayTheSame() throws {
    let entities = try ExchangeEntity.lines(Array(network.utf8))
    let csv = StatementTable.csv(entities, dataset: "test")
    #expect(ExchangeFormat(of: csv) == .statements)
    let again = try StatementTable.entities(csv)
    #expect(again == entities.sorted { $0.id < $1.id })
  }

  private let owners = """
    [{"statementId":"s1","statementDate":"2024-01-05","recordId":"e1","recordType":"entity","recordDetails":{"entityType":{"type":"registeredEntity"},"name":"Firm Ltd","identifiers":[{"id":"0042","scheme":"GB-COH"}]},"publicationDetails":{"publicationDate":"2024-01-05","publisher":{"name":"The Register"}}},
    {"statementId":"s2","statementDate":"2024-01-05","recordId":"p1","recordType":"person","recordDetails":{"names":[{"type":"legal","fullName":"Ada Owner"}]}},
    {"statementId":"s3","statementDate":"2024-01-05","recordId":"r1","recordType":"relationship","recordDetails":{"subject":"e1","interestedParty":"p1","interests":[{"type":"shareholding","directOrIndirect":"direct","share":{"exclusiveMinimum":25,"maximum":50},"startDate":"2023-07"},{"type":"votingRights","share":{"exact":30}}]},"publicationDetails":{"publisher":{"name":"The Register"}}},
    {"statementId":"s5","statementDate":"2024-06-05","recordId":"r1","recordType":"relationship","recordDetails":{"subject":"e1","interestedParty":"p1","interests":[{"type":"shareholding","share":{"exact":60}}]},"publicationDetails":{"publisher":{"name":"The Register"}}},
    {"statementId":"s4","statementDate":"2024-01-06","recordId":"r2","recordType":"relationship","recordDetails":{"subject":"e1","interestedParty":{"reason":"noBeneficialOwners"},"interests":[]}}]
    """

  @Test func ownersBecomeStakes() throws {
    #expect(ExchangeFormat(of: Array(owners.utf8)) == .ownership)
    let reading = try read(owners)
    let stakes = reading.rows.compactMap { $0 as? Fact }
    #expect(stakes.map(\.party) == ["firm", "firm"])
    #expect(stakes[0].low?.description == "25" && stakes[0].high?.description == "50")
    #expect(stakes[0].start?.description == "2023-07")
    #expect(stakes[0].note == "direct; more than the lower bound")
    #expect(stakes[1].says == .supersede && stakes[1].about == stakes[0].id)
    #expect(stakes[1].low == stakes[1].high && stakes[1].low?.description == "60")
    let reasons = reading.leftOut.map(\.reason)
    #expect(reasons.contains("it is no share of a firm"))
    #expect(reasons.contains("who owns firm is not named: noBeneficialOwners"))
    // One list, or one statement a line.
    let lines = owners.dropFirst().dropLast().replacing("}},\n", with: "}}\n")
      .replacing("\n    ", with: "\n").replacing("]}},\n", with: "]}}\n")
    #expect(try read(String(lines)).rows.count == reading.rows.count)
  }

  @Test(arguments: [
    ("{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{}}\n{", 2),
    ("{\"id\":\"a\",\"schema\":\"\"}", 1), ("{\"schema\":\"Company\",\"id\":{}}", 1),
    ("{\"id\":\"a\",\"schema\":\"X\",\"properties\":{\"name\":[true]}}", 1),
  ])
  func aBadLineIsTold(text: String, line: Int) {
    do {
      _ = try read(text)
      Issue.record("it was read")
    } catch ExchangeError.badLine(let at, _) {
      #expect(at == line)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func otherErrorsAreTold() throws {
    #expect(throws: ExchangeError.nothing(leftOut: 1)) {
      try read(line("v", "Vessel", #""name":["V"]"#))
    }
    #expect(ExchangeFormat(of: Array("hello, world".utf8)) == nil)
    #expect(ExchangeError.unknownFile.description.contains("--map"))
    let bad = line(
      "ouro-deals-d",
      "Contract",
      #""title":["t"],"indexText":["{\"ouro\":\"deals\",\"id\":\"d\"}"]"#
    )
    do {
      _ = try read(bad)
      Issue.record("it was read")
    } catch ExchangeError.badRows(let faults) {
      #expect(faults.count == 1 && faults[0].contains("payer"))
    }
    let large = [UInt8](repeating: 0x7B, count: ExchangeFormat.limit + 1)
    #expect(throws: ExchangeError.tooLarge(bytes: large.count, limit: ExchangeFormat.limit)) {
      try ExchangeFormat.entities.read(large, from: origin, into: .empty)
    }
  }

  /// Books of chance come back cell by cell, by entities and by statements.
  @Test(arguments: UInt64(0)..<20) func nothingIsLost(seed: UInt64) throws {
    let book = try RandomBook.contents(seed: seed)
    let writer = EntityWriter(book)
    for bytes in [
      Array(writer.lines.utf8), StatementTable.csv(writer.entities, dataset: "ouro"),
    ] {
      let format = try #require(ExchangeFormat(of: bytes))
      let rows = try format.read(bytes, from: origin, into: .empty).rows
      let again = try BookContents(
        parties: rows.compactMap { $0 as? Party },
        sources: rows.compactMap { $0 as? Source },
        deals: rows.compactMap { $0 as? Deal },
        claims: rows.compactMap { $0 as? Claim },
        facts: rows.compactMap { $0 as? Fact },
        assumptions: rows.compactMap { $0 as? Assumption }
      )
      #expect(again == book)
    }
  }

  /// Whatever is changed or cut off: rows, or an error.
  @Test(arguments: UInt64(0)..<60) func anyBytesAreReadOrRefused(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    var bytes = Array([network, owners][Int(seed % 2)].utf8)
    for _ in 0..<Int.random(in: 1...12, using: &rng) {
      bytes[Int.random(in: 0..<bytes.count, using: &rng)] = UInt8.random(in: 0...255, using: &rng)
    }
    if seed % 3 == 0 { bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &rng))) }
    for format in ExchangeFormat.allCases {
      do throws(ExchangeError) {
        _ = try format.read(bytes, from: origin, into: .empty)
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
