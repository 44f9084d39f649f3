import Columns
import Foundation
import Payments
import Tables
import TestKit
import Testing

/// Journals of accounts: read by a rule that somebody chooses, and else a question.
@Suite struct JournalTests {
  private static let head =
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    + "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise\n"

  /// A line of a French journal.
  private static func line(
    _ number: Int,
    _ account: String,
    _ auxiliary: String = "",
    debit: String = "0,00",
    credit: String = "0,00",
    journal: String = "BQ"
  ) -> String {
    let cells = [
      journal, "Banque", "\(number)", "20250131", account, "Compte \(account)", auxiliary,
      auxiliary.isEmpty ? "" : "Tiers \(auxiliary)", "P\(number)", "20250131", "Virement", debit,
      credit,
      "", "", "20250131", "", "",
    ]
    return cells.joined(separator: "|") + "\n"
  }

  private static let french =
    head + line(1, "401000", "FDUPONT", debit: "1250,50") + line(1, "512000", credit: "1250,50")
    + line(2, "512000", debit: "300,00") + line(2, "411000", "CMARTIN", credit: "100,00")
    + line(2, "411000", "CPETIT", credit: "200,00")
    + line(3, "401000", "FDUPONT", debit: "9,00") + line(3, "512000", credit: "8,00")

  private static let ledger = """
    ; of the year 2025
    account Assets:Bank

    2025-01-31 * (12) Landlord ; January
        Expenses:Rent                  EUR 1,250.50
        Assets:Bank

    2025/02/01=2025/02/03 Shared
        ; a note
        Assets:Bank                    EUR 300.00
        Income:Martin                  EUR -100.00
        Income:Petit                   EUR -200.00
        (Budget:Rent)                  EUR -5.00

    2025.02.02 Wrong
        Expenses:Rent    EUR 9.00
        Assets:Bank      EUR -8.00 = EUR 41.00

    """

  private static let beancount = """
    option "operating_currency" "EUR"
    2020-01-01 open Assets:Bank EUR

    2025-01-31 * "Landlord" "January" #rent
      document: "rent.pdf"
      Expenses:Rent   1,250.50 EUR
      Assets:Bank

    2025-02-01 txn "Shared"
      Assets:Bank     300.00 EUR
      Income:Martin  -100.00 EUR
      Income:Petit   -200.00 EUR
    2025-02-02 balance Assets:Bank 41.00 EUR
    2025-02-02 * "Wrong"
      Expenses:Rent  9.00 EUR
      Assets:Bank   -8.00 EUR

    """

  private static let journals = [
    (french, "French FEC"), (french.replacing("|", with: "\t"), "French FEC"),
    (ledger, "ledger"), (beancount, "beancount"),
  ]

  @Test(arguments: journals) func aJournalAsksByWhatRule(text: String, kind: String) throws {
    let error = #expect(throws: PaymentError.self) { try take(text) }
    guard case .question(let question)? = error else {
      Issue.record("\(String(describing: error)) is no question")
      return
    }
    #expect(question.matter.contains(kind))
    #expect(question.description.contains("--journal two-sided"))
    #expect(question.description.contains("--journal pro-rata"))
  }

  @Test(arguments: journals) func entriesOfTwoSidesArePayments(text: String, kind: String) throws {
    let payments = try take(text) { $0.journal = .twoSided }
    #expect(payments.count == 1)
    #expect(payments[0].amountMinorUnits == 125_050)
    #expect(payments.currency == "EUR")
    let isFrench = kind == "French FEC"
    #expect(payments[0].payer == (isFrench ? "512000" : "Assets:Bank"))
    #expect(payments[0].payee == (isFrench ? "FDUPONT" : "Expenses:Rent"))
    if isFrench { #expect(payments.label(of: Int(payments.payee[0])) == "Tiers FDUPONT") }
    // The lines of the entry of three accounts, and of the one that does not balance.
    #expect(payments.rejected.count == 5)
    let reasons = payments.rejected.reasons.map { "\($0.count) \($0.first.reason)" }
    #expect(
      reasons == [
        "3 the entry credits 2 accounts and debits 1: who paid whom is not said",
        "2 the entry does not balance: debits 9.00 and credits 8.00",
      ]
    )
    #expect(payments.sources.first?.understanding.format.contains("two-sided") == true)
  }

  @Test(arguments: journals) func severalSidesAreSplitAsTheRuleSays(text: String, kind: String)
    throws
  {
    let payments = try take(text) { $0.journal = .proRata }
    let told = (0..<payments.count).map { payments[$0] }
    #expect(told.map(\.amountMinorUnits) == [125_050, 10_000, 20_000])
    #expect(Set(told.dropFirst().map(\.payee)) == [kind == "French FEC" ? "512000" : "Assets:Bank"])
    #expect(payments.rejected.count == 2)
  }

  @Test func journalsAreChosenByTheirColumns() throws {
    let text =
      Self.french + Self.line(4, "706000", credit: "7,00", journal: "VE")
      + Self.line(4, "411000", "CPETIT", debit: "7,00", journal: "VE")
    #expect(try take(text) { $0.journal = .twoSided }.count == 2)
    let sales = try take(text) {
      $0.journal = .twoSided
      $0.filters = [ReadingHints.Filter(column: "JournalCode", values: ["VE"])]
    }
    #expect(sales.count == 1 && sales[0].payee == "CPETIT")
  }

  @Test func aSideAndOneAmountAreReadToo() throws {
    let text = """
      JournalCode|EcritureNum|EcritureDate|CompteNum|CompAuxNum|Montant|Sens
      BQ|1|20250131|401000|FDUPONT|12,00|D
      BQ|1|20250131|512000||12,00|C
      BQ|2|20250131|512000||-5,00|D
      BQ|2|20250131|411000|CPETIT|-5,00|C

      """
    let payments = try take(text) { $0.journal = .twoSided }
    #expect(
      (0..<payments.count).map { "\(payments[$0].payer)>\(payments[$0].payee)" }
        == ["512000>FDUPONT", "512000>CPETIT"]
    )
  }

  @Test(arguments: [
    ("Assets:Stock  10 AAPL {5.00 USD}", "has a price"),
    ("Assets:Bank  5.00 USD @ 0.9 EUR", "has a price"),
    ("Assets:Stock  10 AAPL", "AAPL"), ("Assets:Bank  5.005 EUR", "more than 2 digits"),
    ("Assets:Other", "there is no amount"),
  ])
  func whatCannotBeSplitIsRejected(posting: String, reason: String) throws {
    let text =
      "2025-01-31 * \"x\"\n  \(posting)\n  Assets:Bank\n2025-02-01 * \"y\"\n  A:B  1 EUR\n  C:D\n"
    let payments = try take(text) { $0.journal = .proRata }
    #expect(payments.count == 1)
    #expect(payments.rejected.count == 2)
    #expect(payments.rejected.reasons.first?.first.description.contains(reason) == true)
  }

  /// Whatever an entry's sides, each gives and takes what it says, to the minor unit, in proportion but for few units.
  @Test(arguments: UInt64(0)..<100) func sharesKeepBothSides(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let most: Int64 = ([3, 1_000, 1 << 48] as [Int64]).randomElement(using: &rng) ?? 3
    func amounts() -> [Int64] {
      (0..<Int.random(in: 1...6, using: &rng)).map { _ in Int64.random(in: 1...most, using: &rng) }
    }
    var (credits, debits) = (amounts(), amounts())
    let difference: Int64 = credits.reduce(0, +) - debits.reduce(0, +)
    if difference > 0 { debits.append(difference) }
    if difference < 0 { credits.append(-difference) }
    var text = "2025-01-31 * \"x\"\n"
    for (index, units) in credits.enumerated() { text += "  C:\(index)  -\(units) EUR\n" }
    for (index, units) in debits.enumerated() { text += "  D:\(index)  \(units) EUR\n" }
    let payments = try take(text) {
      $0.journal = .proRata
      $0.digits = 0
    }
    let told = (0..<payments.count).map { payments[$0] }
    let total: Int64 = credits.reduce(0, +)
    for (payer, given) in credits.enumerated() {
      let own = told.filter { $0.payer == "C:\(payer)" }
      #expect(own.reduce(Int64(0)) { $0 + $1.amountMinorUnits } == given)
      for payment in own {
        let taken = debits[Int(payment.payee.dropFirst(2)) ?? 0]
        let share = Int128(given) * Int128(taken) / Int128(total)
        #expect(payment.amountMinorUnits > 0 && abs(Int128(payment.amountMinorUnits) - share) <= 7)
      }
    }
    for (payee, taken) in debits.enumerated() {
      let own = told.filter { $0.payee == "D:\(payee)" }
      #expect(own.reduce(Int64(0)) { $0 + $1.amountMinorUnits } == taken)
    }
  }

  /// Any bytes below a header are entries or told.
  @Test(arguments: UInt64(0)..<100) func anyTextIsReadOrTold(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let base = [Self.french, Self.ledger, Self.beancount][Int(seed % 3)]
    var bytes = Array(base.utf8)
    for _ in 0..<Int.random(in: 1...40, using: &rng) {
      let place = Int.random(in: 30..<bytes.count, using: &rng)
      bytes[place] = UInt8.random(in: 9...126, using: &rng)
    }
    do {
      let payments = try take(bytes) { $0.journal = .proRata }
      #expect(payments.count >= 0)
    } catch {
      #expect(error is PaymentError)
    }
  }
}
