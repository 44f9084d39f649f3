import Columns
import Foundation
import Payments
import TestKit
import Testing

/// What exports of several hands stumbled over, each of its kind.
@Suite struct StumbleTests {
  private static let own = "DE89370400440532013000"
  private static let there = "GB29NWBK60161331926819"
  private static let third = "FR7630006000011234567890189"

  /// Days with years of two digits, between points, can all be times of day.
  @Test func daysThatCouldBeHoursAreDays() throws {
    let text = """
      IBAN;\(Self.own)

      Buchungsdatum;Wertstellung;Empfänger;Betrag
      02.01.25;02.01.25;Acme;-5,00
      11.02.25;12.02.25;Other;6,00

      """
    let payments = try take(text)
    #expect(payments.sources.first?.understanding.clock == nil)
    #expect(payments.knowsOnlyDays)
    #expect((0..<2).map { payments.time[$0] } == [1_735_776_000, 1_739_232_000])
  }

  /// A real time of day beside them is one.
  @Test func hoursBetweenPointsAreHours() throws {
    let text = """
      IBAN;\(Self.own)

      Buchungsdatum;Uhrzeit;Empfänger;Betrag
      02.01.25;10.15.30;Acme;-5,00
      11.02.25;23.59.59;Other;6,00

      """
    let payments = try take(text)
    #expect((0..<2).map { payments.time[$0] % 86_400 } == [36_930, 86_399])
  }

  /// Two columns of names and one of the account on whichever side is not the own.
  @Test func theNameOfTheOtherSideGoesByTheDirection() throws {
    let text = """
      Girokonto;\(Self.own)

      Buchungsdatum;Zahlungspflichtige*r;Zahlungsempfänger*in;IBAN;Betrag (€)
      02.01.2025;Kessel GmbH;Acme Ltd;\(Self.there);-5,00
      14.02.2025;Other SARL;Kessel GmbH;\(Self.third);6,00

      """
    let payments = try take(text)
    #expect(
      rows(payments) == [
        "\(Self.own)>\(Self.there) 500 2025-01-02", "\(Self.third)>\(Self.own) 600 2025-02-14",
      ]
    )
    let labels = (0..<payments.parties.count).map { payments.label(of: $0) }
    #expect(Set(labels.compactMap(\.self)) == ["Acme Ltd", "Other SARL"])
  }

  @Test func aStatementWithoutAHeaderIsReadWhenItsAccountIsNamed() throws {
    let text =
      "03/03/2025;OMEGA LTD;-15000.00\n09-Mar-2025;Client;14800.00\n13 March 2025;Acme;1.00\n"
    #expect(throws: PaymentError.self) { try take(text) }
    let payments = try take(text) { $0.account = "ME" }
    #expect(
      rows(payments) == [
        "ME>OMEGA LTD 1500000 2025-03-03", "Client>ME 1480000 2025-03-09",
        "Acme>ME 100 2025-03-13",
      ]
    )
  }

  @Test func theCurrencyMayStandInARowOfHeadsAbove() throws {
    let text = """
      IBAN;\(Self.own)
      Opération;;Montants (EUR);
      Date;Libellé;Débit;Crédit
      14/03/2025;Acme;5,00;
      15/03/2025;Other;;6,50

      """
    #expect(try take(text).currency == "EUR")
  }

  @Test func anAccountMayStandInOneCellWithItsName() throws {
    let text =
      "Extrait\nCompte n° 00012345678\n\nDate;Libellé;Montant\n14/03/2025;Acme;-5,00\n15/03/2025;B;6,00\n"
    #expect(try take(text).sources.first?.understanding.account == "00012345678")
  }

  /// A field 86 whose code is missing, and lines that end with a return alone.
  @Test(arguments: ["\n", "\r\n", "\r"]) func aStatementOfSWIFTWithoutCodes(lineEnd: String) throws
  {
    let text = """
      :20:A
      :25:\(Self.own)
      :60F:C250301EUR10,00
      :61:250303D1,00NTRFNONREF
      :86:?00GIRO?20SVWZ+RENT?31\(Self.there)?32TWO A
      ND SONS
      :62F:C250303EUR9,00

      """
    let payments = try take(text.replacing("\n", with: lineEnd))
    #expect(rows(payments) == ["\(Self.own)>\(Self.there) 100 2025-03-03"])
    #expect(payments.label(of: Int(payments.payee[0])) == "TWO AND SONS")
    #expect(payments.line(of: 0) == 4)
  }

  @Test(arguments: [
    ("!Type:Bank\nD03/14/2025\nT-50.00\nPAcme\n^\n", "QIF"),
    ("0000014032572505" + String(repeating: " ", count: 112) + "\n1 x\n", "CODA"),
  ])
  func whatIsKnownAndNotReadIsCalledByItsName(text: String, name: String) {
    let error = #expect(throws: PaymentError.self) { try take(text) }
    #expect(error?.description.contains("it is \(name)") == true, "\(String(describing: error))")
  }

  /// One counterparty throughout is no own account, where the account stands above.
  @Test func oneCounterpartyIsNotTheOwner() throws {
    let lines = (1...9).map { "0\($0).03.2025;Acme;-\($0),00" }
    let head = "IBAN;\(Self.own)\n\nBuchungstag;Empfänger;Betrag\n"
    let payments = try take(head + lines.joined(separator: "\n") + "\n")
    #expect(payments.count == 9)
    #expect(payments[0].payer == Self.own && payments[0].payee == "Acme")
  }

  @Test(arguments: [
    "Data operacji;Odbiorca;Numer konta;Kwota;Waluta;Opis;Saldo po operacji\n2025-03-14;Acme;(B);-1 250,50;PLN;x;8 749,50\n",
    "Bokföringsdatum;Mottagare;Belopp;Saldo\n2025-03-14;Acme;-1 250,50;8 749,50\n",
    "Data,Descrição,Débito,Crédito,Saldo\n14/03/2025,Acme,\"1.250,50\",,\"8.749,50\"\n",
    "日期,对方账号,对方户名,借方发生额,贷方发生额,余额\n2025-03-14,6222020000001,Acme,1250.50,,8749.50\n",
    "Dato;Tekst;Beløb;Saldo\n14.03.2025;Acme;-1.250,50;8.749,50\n",
  ])
  func statementsOfOtherLanguages(text: String) throws {
    let payments = try take(text.replacing("(B)", with: Self.there)) { $0.account = "ME" }
    #expect(payments.count == 1)
    #expect(payments[0].payer == "ME" && payments[0].amountMinorUnits == 125_050)
    #expect(payments.label(of: Int(payments.payee[0])) ?? payments[0].payee == "Acme")
    #expect(payments.sources.first?.notes == ["1 statement with balances: all add up"])
  }
}
