import Columns
import Foundation
import Payments
import TestKit
import Testing

/// Reads bytes as they come.
func take(
  _ bytes: [UInt8],
  named name: String = "p.csv",
  _ change: (inout ReadingHints) -> Void = { _ in }
) throws -> Payments {
  var hints = ReadingHints()
  change(&hints)
  return try Payments(asTheyCome: [name], text: bytes, hints)
}

/// Reads a text as it comes.
func take(_ text: String, _ change: (inout ReadingHints) -> Void = { _ in }) throws -> Payments {
  try take(Array(text.utf8), change)
}

/// What is asked about a text.
private func question(_ text: String) throws -> String {
  let error = #expect(throws: PaymentError.self) { try take(text) }
  guard case PaymentError.question(let question)? = error else {
    Issue.record("\(String(describing: error)) is no question")
    return ""
  }
  return question.description
}

/// Tables as people and banks write them: what they say is read, or asked, and never guessed.
@Suite struct UnderstandingTests {
  private static let here = "DE89370400440532013000"
  private static let there = "GB29NWBK60161331926819"

  @Test(arguments: [
    "Buchungstag;IBAN Auftraggeber;Auftraggeber;IBAN Empfänger;Empfänger;Betrag;Währung\n31.01.2025;(A);Eins;(B);Zwei;1.250,50;EUR\n",
    "Date d'opération;IBAN donneur d'ordre;IBAN bénéficiaire;Libellé;Montant;Devise\n31/01/2025;(A);(B);Loyer;1 250,50 €;EUR\n",
    "Fecha\tOrdenante\tCuenta ordenante\tBeneficiario\tCuenta beneficiario\tImporte\tDivisa\n31/01/2025\tUno\t(A)\tDos\t(B)\t1.250,50\tEUR\n",
    "Datum;IBAN opdrachtgever;IBAN begunstigde;Bedrag;Munt;Omschrijving\n31-01-2025;(A);(B);1.250,50;EUR;huur\n",
    "Data contabile|IBAN ordinante|IBAN beneficiario|Importo|Valuta\n31/01/2025|(A)|(B)|1.250,50|EUR\n",
    "Booking Date,Sender IBAN,Receiver IBAN,Amount (EUR)\n\"Jan 31, 2025\",(A),(B),\"1,250.50\"\n",
  ])
  func columnsGoByTheirNamesInSixLanguages(text: String) throws {
    let filled = text.replacing("(A)", with: Self.here).replacing("(B)", with: Self.there)
    let payments = try take(filled)
    #expect(rows(payments) == ["\(Self.here)>\(Self.there) 125050 2025-01-31"])
    #expect(payments.currency == "EUR")
    #expect(payments.line(of: 0) == 2)
  }

  @Test(arguments: [
    ("1,234.56", 123456), ("1'234.56", 123456), ("1’234.56", 123456), ("1 234.56", 123456),
    ("1\u{A0}234.56", 123456), ("1\u{202F}234.56", 123456), ("12,34,567.00", 123_456_700),
    ("$1,234.56", 123456), ("1,234.56 USD", 123456), ("USD 1,234.56", 123456), ("+5.00", 500),
    (" 7.00 ", 700), (".50", 50), ("5.", 500), ("1.5e3", 150_000), ("5.689852347E7", 5_689_852_347),
    ("1000.000", 100_000), ("00012.50", 1250), ("１２.50", 1250), ("$.50", 50),
  ])
  func amountsAreReadAsTheyAreWritten(cell: String, units: Int64) throws {
    let payments = try take("From;To;Amount;Date\na;b;\(cell);2025-01-31\na;b;0.25;2025-01-31\n")
    #expect(payments.amountMinorUnits.first == units)
  }

  @Test(arguments: [
    "0x10", "-0.0.66", "1,23.45", "12abc", "1.2.3", "--5", "1,,000.00", "Inf", "1 2 3.5",
  ])
  func whatIsNoAmountIsRejected(cell: String) throws {
    let payments = try take("From;To;Amount;Date\na;b;\(cell);2025-01-31\na;b;0.25;2025-01-31\n")
    #expect(rows(payments) == ["a>b 25 2025-01-31"])
    #expect(payments.rejected.lines == [2])
  }

  /// A cell too many is one that stands beside its column, unless nothing is in it.
  @Test func aCellTooManyIsNoPayment() throws {
    let payments = try take(
      "From,To,Amount,Date\na,b,1.50,2025-01-31,\na,b,c,1.50,2025-01-31\na,b,2,1.50,2025-01-31\na,b,2,2025-01-31,x\n"
    )
    #expect(rows(payments) == ["a>b 150 2025-01-31"])
    #expect(payments.rejected.lines == [3, 4, 5])
  }

  @Test func amountsThatReadInTwoWaysAreAsked() throws {
    let both = try question("From;To;Amount;Date\na;b;1,000;2025-01-31\na;b;2,500;2025-02-01\n")
    #expect(both.contains("--decimal point") && both.contains("--decimal comma"))
    let mixed = try question(
      "From;To;Amount;Date\na;b;1.000,50;2025-01-31\na;b;1,000.50;2025-02-01\n"
    )
    #expect(mixed.contains("--decimal point") && mixed.contains("1.000,50"))
    let decided = try take("From;To;Amount;Date\na;b;1,000;2025-01-31\na;b;2,5;2025-02-01\n")
    #expect(rows(decided) == ["a>b 100 2025-01-31", "a>b 250 2025-02-01"])
  }

  @Test func theOrderOfDaysIsThatOfTheWholeColumn() throws {
    #expect(
      try rows(take("From;To;Amount;Date\na;b;1;03/04/2025\na;b;1;13/04/2025\n")) == [
        "a>b 100 2025-04-03", "a>b 100 2025-04-13",
      ]
    )
    #expect(
      try rows(take("From;To;Amount;Date\na;b;1;03/04/2025\na;b;1;04/13/2025\n")) == [
        "a>b 100 2025-03-04", "a>b 100 2025-04-13",
      ]
    )
    let asked = try question("From;To;Amount;Date\na;b;1;03/04/2025\na;b;1;05/06/2025\n")
    #expect(asked.contains("--day-order DMY") && asked.contains("--day-order MDY"))
    let same = try take("From;To;Amount;Date\na;b;1;03/03/2025\na;b;1;05/05/2025\n")
    #expect(same.count == 2)
  }

  /// What the first rows leave open the last row decides, however far below it stands.
  @Test func aDayFarBelowDecides() throws {
    let many = String(repeating: "a;b;1;03/04/2025\n", count: 60_000)
    let text = Array(("From;To;Amount;Date\n" + many + "a;b;1;13/04/2025\n").utf8)
    for threads in [1, 3] {
      let payments = try take(text) { $0.threads = threads }
      #expect(payments.count == 60_001)
      #expect(PaymentTime.text(payments.time[0]) == "2025-04-03")
    }
    #expect(throws: PaymentError.self) { try take("From;To;Amount;Date\n" + many) }
  }

  @Test(arguments: [
    ("20250131", "2025-01-31"), ("31.01.25", "2025-01-31"), ("31-Jan-2025", "2025-01-31"),
    ("31 janvier 2025", "2025-01-31"), ("31. März 2025", "2025-03-31"),
    ("Fri, 31 Jan 2025", "2025-01-31"),
    ("2025/01/31 23:59", "2025-01-31T23:59:00Z"), ("31/01/2025 11:59 PM", "2025-01-31T23:59:00Z"),
    ("2025-01-31T23:59:59.250+01:00", "2025-01-31T22:59:59Z"),
    ("20250131235959", "2025-01-31T23:59:59Z"),
    ("2025-01-31 03:30:33 UTC", "2025-01-31T03:30:33Z"), ("31 gennaio 2025", "2025-01-31"),
    ("1738367999000", "2025-01-31T23:59:59Z"), ("31.01.2025 9.05", "2025-01-31T09:05:00Z"),
  ])
  func momentsAreReadAsTheyAreWritten(cell: String, moment: String) throws {
    let payments = try take("Payer;Payee;Amount;Date\na;b;1;\"\(cell)\"\n")
    #expect(rows(payments) == ["a>b 100 \(moment)"])
  }

  @Test func aTimeThatCanBeSecondsOrDaysIsAsked() throws {
    let asked = try question("From;To;Amount;Timestamp\na;b;1;20250131\na;b;1;20250201\n")
    #expect(asked.contains("--time-format YYYYMMDD") && asked.contains("--time-format seconds"))
    let days = try question("From;To;Amount;Date\na;b;1;03042025\na;b;1;05062025\n")
    #expect(days.contains("DDMMYYYY") && days.contains("MMDDYYYY"))
    let decided = try take("From;To;Amount;Date\na;b;1;03042017\na;b;1;01312017\n")
    #expect(rows(decided) == ["a>b 100 2017-03-04", "a>b 100 2017-01-31"])
  }

  @Test(arguments: [
    TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1252, .latin9,
  ])
  func encodingsAreTold(encoding: TextEncoding) throws {
    let text = "Date;Payer;Payee;Amount\n31.01.2025;Žofie Šťastná\u{20};Müller & Söhne;5,00 €\n"
      .replacing("ť", with: "t")
    let foundation: [TextEncoding: String.Encoding] = [
      .utf8: .utf8, .utf16LittleEndian: .utf16LittleEndian, .utf16BigEndian: .utf16BigEndian,
      .windows1252: .windowsCP1252,
    ]
    // Foundation does not write ISO 8859-15: of it only these letters differ from Windows-1252.
    let latin9: [Character: UInt8] = [
      "Ž": 0xB4, "Š": 0xA6, "€": 0xA4, "ü": 0xFC, "ö": 0xF6, "á": 0xE1,
    ]
    let bytes =
      foundation[encoding].flatMap { text.data(using: $0) }.map { Array($0) }
      ?? text.map { latin9[$0] ?? $0.asciiValue ?? 63 }
    let payments = try take(bytes)
    #expect(rows(payments) == ["Žofie Štastná>Müller & Söhne 500 2025-01-31"])
    #expect(payments.sources.first?.understanding.encoding == encoding)
  }

  /// A byte that is no letter stays what it is; one that is not UTF-8 in a statement that is, is told by its line.
  @Test func lettersAreNeitherLostNorTakenForOthers() throws {
    let table = Array("Date;Payer;Payee;Amount\n31.01.2025;M".utf8) + [0x81, 0xFC]
    let payments = try take(table + Array(";b;5,00\n".utf8))
    #expect(payments.parties[0] == "M\u{81}ü")
    func statement(_ name: [UInt8]) -> [UInt8] {
      Array(":20:1\n:25:1\n:28C:1/1\n:60F:C250101EUR10,00\n".utf8)
        + [Array("Bär & Söhne".utf8), name].flatMap {
          Array(":61:2501020102D5,00NTRFx\n:86:020?32".utf8) + $0 + [10]
        } + Array(":62F:C250102EUR0,00\n-\n".utf8)
    }
    let error = #expect(throws: PaymentError.self) { try take(statement([0x4D, 0xFC])) }
    #expect(error?.description.contains(":8: byte 0xfc is not UTF-8") == true)
    #expect(try take(statement(Array("Mü".utf8))).parties.count == 3)
  }

  /// What begins as ASCII and goes on otherwise is read again.
  @Test func anEncodingMayShowLate() throws {
    let many = String(repeating: "2025-01-31;a;b;1\n", count: 40_000)
    let bytes =
      Array("Date;Payer;Payee;Amount\n\(many)2025-01-31;M".utf8) + [0xFC] + Array("ller;b;1\n".utf8)
    let payments = try take(bytes)
    #expect(payments.count == 40_001)
    #expect(payments.parties[2] == "Müller")
  }

  @Test func aStatementIsOfItsOwnAccount() throws {
    let text = """
      Kontoinhaber;Eins AG
      IBAN;DE89 3704 0044 0532 0130 00
      Währung;EUR

      Datum;Gegenpartei;IBAN Gegenpartei;Betrag;Saldo
      31.01.2025;Zwei Ltd;GB29 NWBK 6016 1331 9268 19;-1.250,50;0,00
      30.01.2025;Drei;;99,00;1.250,50
      Summe;;;-1.151,50;

      """
    let payments = try take(text)
    #expect(
      rows(payments) == [
        "\(Self.here)>\(Self.there) 125050 2025-01-31", "Drei>\(Self.here) 9900 2025-01-30",
      ]
    )
    #expect((0..<payments.count).map(payments.line(of:)) == [6, 7])
    #expect(payments.rejected.count == 0)
    #expect(payments.label(of: 0) == "Eins AG")
    #expect(payments.label(of: 1) == "Zwei Ltd")
  }

  @Test func whoseStatementItIsIsAskedWhereNothingSaysIt() throws {
    let text = "Date,Counterparty,Amount\n2025-01-31,Two,-5.00\n2025-02-01,Three,7.00\n"
    #expect(try question(text).contains("--account"))
    let payments = try take(text) { $0.account = "Me" }
    #expect(rows(payments) == ["Me>Two 500 2025-01-31", "Three>Me 700 2025-02-01"])
  }

  @Test(arguments: [
    "Date,Description,Paid out,Paid in,Balance\n31/01/2025,Two,5.00,,1.00\n13/02/2025,Three,,7.00,8.00\n",
    "Date,Description,Amount,Debit/Credit\n31/01/2025,Two,5.00,D\n13/02/2025,Three,7.00,C\n",
    "Date,Description,Amount\n31/01/2025,Two,5.00 DR\n13/02/2025,Three,7.00 CR\n",
    "Date,Description,Amount\n31/01/2025,Two,(5.00)\n13/02/2025,Three,7.00\n",
    "Date,Description,Amount\n31/01/2025,Two,5.00-\n13/02/2025,Three,7.00\n",
    "Datum;Omschrijving;Bedrag;Af Bij\n31-01-2025;Two;5,00;Af\n13-02-2025;Three;7,00;Bij\n",
    "Buchungstag;Buchungstext;Soll;Haben\n31.01.2025;Two;5,00;\n13.02.2025;Three;;7,00\n",
  ])
  func everyWayOfSayingWhichWayMoneyGoes(text: String) throws {
    let payments = try take(text) { $0.account = "Me" }
    #expect(rows(payments) == ["Me>Two 500 2025-01-31", "Three>Me 700 2025-02-13"])
  }

  @Test func aTransferToldByBothAccountsIsOne() throws {
    let text = """
      Account,Date,Counterparty account,Amount
      \(Self.here),2025-01-31,\(Self.there),-5.00
      \(Self.here),2025-01-31,\(Self.there),-5.00
      \(Self.there),2025-02-01,\(Self.here),5.00
      \(Self.there),2025-03-01,\(Self.here),5.00
      XX,2025-01-31,\(Self.here),5.00

      """
    let payments = try take(text)
    // The two of one account are two; one of them is told by the other account too; one is told by that alone.
    #expect(payments.twiceTold == 1)
    #expect((0..<payments.count).map(payments.line(of:)) == [2, 3, 5, 6])
  }

  @Test func columnsOfOneNameGoByPlace() throws {
    let text = """
      Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,Amount Paid,Payment Currency,Is Laundering
      2022/09/01 00:20,010,8A,012,8B,3.00,Euro,3.50,US Dollar,0
      2022/09/01 00:21,012,8B,010,8A,2.00,Euro,2.00,Euro,1

      """
    let payments = try take(text)
    #expect(
      rows(payments) == [
        "010/8A>012/8B 350 2022-09-01T00:20:00Z", "012/8B>010/8A 200 2022-09-01T00:21:00Z",
      ]
    )
    #expect((0..<2).map { payments.currency(of: $0) } == ["USD", "EUR"])
    #expect(throws: PaymentError.self) { try take(text) { $0.payer = "Account" } }
    #expect(try take(text) { ($0.payer, $0.payee) = ("3", "5") }.parties[0] == "8A")
  }

  @Test func currenciesAreNeverAdded() throws {
    let payments = try take(
      "payer,payee,amount,currency,date\na,b,100,USD,2024-01-01\nb,a,10000,JPY,2024-01-02\n"
    )
    #expect(payments.currency == nil)
    #expect(payments.totals.map(\.currency) == ["JPY", "USD"])
    #expect(payments.totals.map(\.minorUnits) == [1_000_000, 10_000])
    #expect(payments.search(nil).columns.nodeCount == 4)
    let rates = try PaymentRates(
      bytes: Array("currency,rate,to\nJPY,0.0065,USD\n".utf8),
      file: "r.csv"
    )
    #expect(payments.search(rates).columns.nodeCount == 2)
    #expect(payments.search(rates).columns.amounts[1] == 6_500)
  }

  @Test func twoAmountsThatDifferAreAsked() throws {
    let same = "Date,From,To,Gross,Net\n2025-01-31,a,b,5.00,5.00\n"
    #expect(try take(same).count == 1)
    let asked = try question(same + "2025-01-31,a,b,5.00,4.50\n")
    #expect(asked.contains("--amount Gross") && asked.contains("--amount Net"))
    #expect(
      try take(same + "2025-01-31,a,b,5.00,4.50\n") { $0.amount = "Net" }.amountMinorUnits[1] == 450
    )
  }

  @Test func amountsOfManyDigitsAreRoundedWhenAsked() throws {
    let text = "from,to,value,time\na,b,8306052477120672000,2015-08-07\n"
    #expect(try take(text).rejected.count == 1)
    let payments = try take(text) { ($0.digits, $0.rounds) = (-6, true) }
    #expect(payments.amountMinorUnits[0] == 8_306_052_477_121)
  }

  @Test func withoutAHeaderTheFirstPaysTheSecond() throws {
    let payments = try take(
      "2025-01-31,\(Self.here),\(Self.there),12.50,EUR\n2025-02-01,\(Self.there),\(Self.here),12.50,EUR\n"
    )
    #expect(rows(payments).first == "\(Self.here)>\(Self.there) 1250 2025-01-31")
    #expect(payments.currency == "EUR")
    #expect(payments.line(of: 0) == 1)
  }

  @Test func anUnderstandingIsGivenBack() throws {
    let text = "Date;Payer;Payee;Amount\n03/04/2025;a;b;1,50\n"
    let first = try take(text) { ($0.dayOrder, $0.decimal) = (.monthDayYear, .comma) }
    let map = try #require(first.sources.first?.understanding)
    let again = try JSONDecoder().decode(Understanding.self, from: JSONEncoder().encode(map))
    #expect(again == map)
    #expect(try rows(take("\n" + text) { $0.map = again }) == rows(first))
    #expect(throws: PaymentError.self) {
      try take("Date;Who;Payee;Amount\n03/04/2025;a;b;1,50\n") { $0.map = again }
    }
  }
}
