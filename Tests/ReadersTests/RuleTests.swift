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

  /// What a contract is worth stands before the words that say who pays whom.
  @Test(arguments: [
    (
      "Marrow Labs has signed a five-year contract worth $3.2 billion to rent data-centre capacity from Skarn Compute.",
      "3200000000"
    ),
    (
      "Marrow Labs has signed a contract valued at $40m to rent capacity from Skarn Compute.",
      "40000000"
    ),
    ("Marrow Labs, worth $3.2 billion, has agreed to rent capacity from Skarn Compute.", nil),
  ])
  func theWorthOfAContractIsItsAmount(text: String, amount: String?) {
    let claims = Reader().read(Array(text.utf8)).claims
    #expect(claims.map(\.payer) == ["marrow-labs"])
    #expect(claims.map { $0.high?.value.description } == [amount])
  }

  /// A document is no party.
  @Test func anAgreementLendsNothing() {
    let text =
      "On March 27, 2026, Skarn Compute ASA (the \"Company\") entered into a Credit Agreement with Fennel Bank N.A., providing for a term loan facility of up to $500.0 million."
    let reading = Reader().read(Array(text.utf8))
    #expect(
      !reading.claims.contains { $0.payee.contains("agreement") || $0.payer.contains("agreement") }
    )
  }
}
