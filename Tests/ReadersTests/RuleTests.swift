@testable import Readers
import Tables
import Testing

/// Every rule of the grammar reads its own example.
struct RuleTests {
  @Test(arguments: Grammar.frames.filter { !$0.example.isEmpty }.map(\.name))
  func readsItsExample(rule: String) throws {
    let frame = try #require(Grammar.frames.first { $0.name == rule })
    let reading = Reader().read(Array(frame.example.utf8))
    let found = reading.claims.map { claim in
      let (low, high) = (claim.low?.value.description ?? "", claim.high?.value.description ?? "")
      let amount = low == high ? low : "\(low)..\(high)"
      return
        "\(claim.payer) > \(claim.payee) \(claim.kind) \(claim.status) \(amount) \(claim.unit ?? "")"
    }
    #expect(found.contains(frame.reads), "\(found)")
  }
}
