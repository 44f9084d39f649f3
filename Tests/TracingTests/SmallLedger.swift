import Columns

@testable import Tracing

/// Payments from whom to whom and how much, one after another, between parties of which some are stated to hold something.
func smallLedger(
  _ payments: [(Int, Int, Int64)],
  _ stated: [Int: Int64],
  _ parties: Int
) throws -> TracingLedger {
  try TracingLedger(
    payer: Column(payments.map { Int32($0.0) }),
    payee: Column(payments.map { Int32($0.1) }),
    time: Column(Array(payments.indices)),
    amount: Column(payments.map(\.2)),
    stated: stated,
    partyCount: parties
  )
}
