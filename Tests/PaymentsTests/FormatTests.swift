import Columns
import Foundation
import Payments
import TestKit
import Testing

/// Formats of banks: each says the same two payments, or what is wrong with it.
@Suite struct FormatTests {
  private static let here = "DE89370400440532013000"
  private static let there = "GB29NWBK60161331926819"
  private static let wanted = [
    "\(here)>\(there) 125050 2025-01-31", "Three>\(here) 9900 2025-02-03",
  ]

  private func statement(
    _ entries: String,
    kind: String = "camt.053.001.02",
    inside: String = "Stmt"
  ) -> String {
    let root =
      ["Stmt": "BkToCstmrStmt", "Rpt": "BkToCstmrAcctRpt", "Ntfctn": "BkToCstmrDbtCdtNtfctn"][
        inside
      ] ?? ""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:\(kind)"><\(root)><\(inside)><Acct><Id><IBAN>\(Self.here)</IBAN></Id><Ccy>EUR</Ccy>
      <Ownr><Nm>One &amp; Only</Nm></Ownr></Acct>
      <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">2000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-01-01</Dt></Dt></Bal>
      <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">848.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-02-28</Dt></Dt></Bal>
      \(entries)</\(inside)></\(root)></Document>
      """
  }

  private static let debit = """
    <Ntry><Amt Ccy="EUR">1250.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2025-01-31</Dt></BookgDt>
    <ValDt><Dt>2025-02-01</Dt></ValDt><NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RltdPties>
    <Dbtr><Nm>One &amp; Only</Nm></Dbtr><Cdtr><Nm>Two</Nm></Cdtr><CdtrAcct><Id><IBAN>\(there)</IBAN></Id></CdtrAcct></RltdPties></TxDtls></NtryDtls></Ntry>

    """
  private static let credit = """
    <Ntry><Amt Ccy="EUR">99.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2025-02-03T00:00:00</DtTm></BookgDt>
    <NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Three</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>
    <Ntry><Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>

    """

  @Test(arguments: [
    ("camt.053.001.02", "Stmt"), ("camt.052.001.08", "Rpt"), ("camt.054.001.04", "Ntfctn"),
  ])
  func statementsOfISO20022(kind: String, inside: String) throws {
    let payments = try take(statement(Self.debit + Self.credit, kind: kind, inside: inside))
    #expect(rows(payments) == Self.wanted)
    #expect(payments.currency == "EUR")
    #expect(payments.line(of: 0) == 6)
    #expect(payments.label(of: 1) == "Two")
    let source = try #require(payments.sources.first)
    #expect(source.understanding.format == kind)
    #expect(
      source.notes == [
        "1 statement with balances: all add up", "left out 1 entries that are not booked",
      ]
    )
  }

  @Test func aBatchIsItsPayments() throws {
    let batch = """
      <Ntry><Amt Ccy="EUR">1151.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2025-01-31</Dt></BookgDt><NtryDtls>
      <TxDtls><Amt Ccy="EUR">1000.00</Amt><RltdPties><Cdtr><Nm>Two</Nm></Cdtr></RltdPties></TxDtls>
      <TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">151.50</Amt></TxAmt></AmtDtls><RltdPties><Cdtr><Nm>Four</Nm></Cdtr></RltdPties></TxDtls>
      </NtryDtls></Ntry>
      """
    let payments = try take(statement(batch))
    #expect(
      rows(payments) == [
        "\(Self.here)>Two 100000 2025-01-31", "\(Self.here)>Four 15150 2025-01-31",
      ]
    )
  }

  /// What is taken back goes the way its own entry says, between the parties of the first.
  @Test func aReversalComesBack() throws {
    let reversal = Self.debit.replacing("DBIT", with: "CRDT").replacing(
      "<Sts>",
      with: "<RvslInd>true</RvslInd><Sts>"
    )
    let payments = try take(statement(Self.debit + reversal))
    #expect(rows(payments) == [Self.wanted[0], "\(Self.there)>\(Self.here) 125050 2025-01-31"])
  }

  @Test func aBalanceThatDoesNotAddUpIsTold() throws {
    let notes = try take(statement(Self.debit)).sources.first?.notes ?? []
    #expect(notes.count == 1)
    #expect(notes.first?.contains("does not add up") == true)
    #expect(notes.first?.contains("99.00 is missing") == true)
  }

  @Test func ordersToPay() throws {
    let text = """
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><PmtInf><ReqdExctnDt><Dt>2025-01-31</Dt></ReqdExctnDt>
      <Dbtr><Nm>One</Nm></Dbtr><DbtrAcct><Id><IBAN>\(Self.here)</IBAN></Id></DbtrAcct><CdtTrfTxInf><PmtId><EndToEndId>1</EndToEndId></PmtId>
      <Amt><InstdAmt Ccy="EUR">1250.50</InstdAmt></Amt><Cdtr><Nm>Two</Nm></Cdtr><CdtrAcct><Id><IBAN>\(Self.there)</IBAN></Id></CdtrAcct></CdtTrfTxInf>
      <CdtTrfTxInf><Amt><InstdAmt Ccy="EUR">1.00</InstdAmt></Amt><Cdtr><Nm>Four</Nm></Cdtr></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>
      """
    #expect(try rows(take(text)) == [Self.wanted[0], "\(Self.here)>Four 100 2025-01-31"])
  }

  @Test(arguments: [
    "<!DOCTYPE Document [<!ENTITY a \"b\">]>\n<Document xmlns=\"x:camt.053.001.02\"><BkToCstmrStmt>&a;</BkToCstmrStmt></Document>",
    "<Document xmlns=\"x:camt.053\"><BkToCstmrStmt>" + String(repeating: "<a>", count: 5_000),
    "<Document xmlns=\"x:camt.053\"><BkToCstmrStmt><Nm>" + String(repeating: "x", count: 2_000_000)
      + "</Nm></BkToCstmrStmt></Document>",
    "<Document xmlns=\"x:camt.053\"><BkToCstmrStmt><Stmt></BkToCstmrStmt></Document>",
  ])
  func whatIsMadeToHarmIsRefused(text: String) {
    let error = #expect(throws: PaymentError.self) { try take(text) }
    guard case .unreadable? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["\n", "\r\n"]) func statementsOfSWIFT(lineEnd: String) throws {
    let text = """
      :20:START
      :25:37040044/532013000EUR
      :28C:1/1
      :60F:C250101EUR2000,
      :61:2502010131DR1250,50NTRFNONREF//1
      :86:166?00GIRO?20EREF+E1?21SVWZ+RENT?30NWBKGB2L?31\(Self.there)?32TW
      O AND SONS
      :61:2502030203C99,00NTRFNONREF
      :86:166?00GIRO?20SVWZ+X?32Three
      :61:2502030203RC10,NTRFNONREF
      :86:166?00GIRO?32Three
      :61:2502030203RD10,NTRFNONREF
      :86:/TRTP/SEPA/IBAN/\(Self.here)/NAME/ONE/EREF/E7
      :62F:C250228EUR848,50
      -
      """.replacing("\n", with: lineEnd)
    let payments = try take(text)
    // The account of the statement is the end of an IBAN that an entry names.
    #expect(
      rows(payments) == Self.wanted + [
        "\(Self.here)>Three 1000 2025-02-03", "\(Self.here)>\(Self.here) 1000 2025-02-03",
      ]
    )
    #expect(payments.label(of: 0) == "TWO AND SONS")
    #expect((0..<payments.count).map(payments.line(of:)) == [5, 8, 10, 12])
    #expect(payments.sources.first?.notes == ["1 statement with balances: all add up"])
  }

  @Test func aDayOfEntryTakesTheYearThatIsNear() throws {
    let text =
      ":20:X\n:25:1234\n:60F:C241231EUR0,\n:61:2501021231D5,NTRFX\n:86:Somebody\n:62F:D250102EUR5,\n"
    #expect(try rows(take(text)) == ["1234>Somebody 500 2024-12-31"])
  }

  @Test(arguments: [true, false]) func statementsOfOFX(isXML: Bool) throws {
    let end = { (tag: String) in isXML ? "</\(tag)>" : "" }
    let head =
      isXML
      ? "<?xml version=\"1.0\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\"?>\n"
      : "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nCHARSET:1252\n\n"
    let text =
      head + """
        <OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\(end("CURDEF"))<BANKACCTFROM><BANKID>37040044\(end("BANKID"))<ACCTID>\(Self.here)\(end("ACCTID"))</BANKACCTFROM><BANKTRANLIST>
        <STMTTRN><TRNTYPE>DEBIT\(end("TRNTYPE"))<DTPOSTED>20250131\(end("DTPOSTED"))<TRNAMT>-1250.50\(end("TRNAMT"))<FITID>1\(end("FITID"))<NAME>Two &amp; Co\(end("NAME"))
        <BANKACCTTO><BANKID>X\(end("BANKID"))<ACCTID>\(Self.there)\(end("ACCTID"))</BANKACCTTO></STMTTRN>
        <STMTTRN><TRNTYPE>CREDIT\(end("TRNTYPE"))<DTPOSTED>20250203000000.000[0:GMT]\(end("DTPOSTED"))<TRNAMT>99.00\(end("TRNAMT"))<FITID>2\(end("FITID"))<NAME>Three\(end("NAME"))</STMTTRN>
        <STMTTRN><TRNTYPE>CREDIT\(end("TRNTYPE"))<DTPOSTED>20250203\(end("DTPOSTED"))<TRNAMT>99.00\(end("TRNAMT"))<FITID>2\(end("FITID"))<NAME>Three\(end("NAME"))</STMTTRN>
        </BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
        """
    let payments = try take(text)
    #expect(rows(payments) == Self.wanted)
    #expect(payments.label(of: 1) == "Two & Co")
    #expect(payments.sources.first?.understanding.format == (isXML ? "OFX 2" : "OFX 1"))
  }

  @Test func cashManagementFilesOfBAI() throws {
    let text = """
      01,121000,222,250201,0600,1,80,,2/
      02,222,121000,1,250131,,USD,2/
      03,0975312468,USD,010,200000,,,015,84850,,/
      16,475,125050,Z,B1,C1,TWO, INC
      88,OF TOWN/
      16,165,9900,V,250131,,B2,C2,Three/
      49,1234,5/
      98,1,1,7/
      99,1,1,9/
      """
    let payments = try take(text)
    #expect(
      rows(payments) == [
        "0975312468>TWO, INC OF TOWN 125050 2025-01-31", "Three>0975312468 9900 2025-01-31",
      ]
    )
    #expect(payments.sources.first?.notes == ["1 statement with balances: all add up"])
  }

  @Test func batchesOfTheClearingHouse() throws {
    func record(_ text: String) -> String {
      text + String(repeating: " ", count: 94 - text.count) + "\n"
    }
    func padded(_ text: String, _ count: Int) -> String {
      text + String(repeating: " ", count: count - text.count)
    }
    let entry = { (code: String, cents: String, name: String) in
      record(
        "6\(code)091000019\(padded("77", 17))\(cents)\(padded("", 15))\(padded(name, 22))  0000000000000001"
      )
    }
    let text =
      record("101 091000019 1234567892501310000A094101")
      + record("5200\(padded("MY COMPANY", 36))1234567890PPDPAYROLL   250131250131")
      + entry("22", "0000125050", "TWO") + entry("27", "0000009900", "THREE")
      + entry("23", "0000000000", "TEST")
    let payments = try take(text)
    #expect(
      rows(payments) == [
        "1234567890>091000019/77 125050 2025-01-31", "091000019/77>1234567890 9900 2025-01-31",
      ]
    )
    #expect(payments.currency == "USD")
  }

  @Test(
    arguments: [
      ([0x28, 0xB5, 0x2F, 0xFD, 0, 0], "too early"), (Array("%PDF-1.7".utf8), "PDF"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0, 0], ".xls"), (Array("<html><body>".utf8), "web page"),
      (Array("{\"a\": 1}".utf8), "JSON"), ([0x50, 0x4B, 0x03, 0x04, 0, 0], "zip"),
    ] as [([UInt8], String)]
  )
  func whatIsNotReadIsCalledByItsName(bytes: [UInt8], word: String) {
    let error = #expect(throws: PaymentError.self) { try take(bytes) }
    #expect(error?.description.contains(word) == true)
  }
}

/// Archives and workbooks: what is in them is read, and what is made to burst is not.
///
/// Archives are made here, their files stored as they are.
@Suite struct ArchiveTests {
  static func zip(_ files: [(name: String, text: String)], size: Int? = nil) -> [UInt8] {
    func short(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
    func long(_ number: Int) -> [UInt8] { short(number & 0xFFFF) + short(number >> 16) }
    var (bytes, list): ([UInt8], [UInt8]) = ([], [])
    for file in files {
      let text = Array(file.text.utf8)
      var about = short(0) + short(0) + long(0) + long(Int(checksum(text)))
      about += long(text.count) + long(size ?? text.count)
      let place = bytes.count
      bytes += [0x50, 0x4B, 3, 4] + short(20) + about
      bytes += short(file.name.utf8.count) + short(0) + Array(file.name.utf8) + text
      list += [0x50, 0x4B, 1, 2] + short(20) + short(20) + about
      list += short(file.name.utf8.count) + short(0) + short(0) + short(0) + short(0)
      list += long(0) + long(place) + Array(file.name.utf8)
    }
    let start = bytes.count
    var end: [UInt8] = [0x50, 0x4B, 5, 6] + short(0) + short(0)
    end += short(files.count) + short(files.count)
    end += long(list.count) + long(start) + short(0)
    return bytes + list + end
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  private let csv = "payer,payee,amount,date\na,b,1.50,2025-01-31\n"

  @Test func everyFileOfAnArchiveIsRead() throws {
    let other = "Datum;Auftraggeber;Empfänger;Betrag\n31.01.2025;b;c;2,50\n"
    let payments = try take(
      Self.zip([("x/b.csv", other), ("a.csv", csv), ("x/", "")]),
      named: "p.zip"
    )
    #expect(rows(payments) == ["a>b 150 2025-01-31", "b>c 250 2025-01-31"])
    #expect(payments.sources.map(\.path) == ["p.zip/a.csv", "p.zip/x/b.csv"])
  }

  @Test func aDamagedOrForgedArchiveIsRefused() throws {
    let sound = Self.zip([("a.csv", csv)])
    for place in [40, 50, sound.count - 30] {
      var damaged = sound
      damaged[place] ^= 1
      #expect(throws: PaymentError.self) { try take(damaged, named: "p.zip") }
    }
    #expect(throws: PaymentError.self) {
      try take(Self.zip([("a.csv", csv)], size: 1 << 30), named: "p.zip")
    }
    #expect(throws: PaymentError.self) {
      try take(Self.zip([("a.csv", csv)], size: 100 << 20), named: "p.zip")
    }
    #expect(throws: PaymentError.self) { try take(Array(sound.dropLast(9)), named: "p.zip") }
    let inner = String(decoding: [0x50, 0x4B, 3, 4, 20], as: UTF8.self)
    #expect(throws: PaymentError.self) { try take(Self.zip([("a.zip", inner)]), named: "p.zip") }
  }

  @Test func aWorkbookIsReadFromTheSheetThatHoldsPayments() throws {
    func cell(_ place: String, _ text: String) -> String {
      "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }
    let header = ["Date", "Payer", "Payee", "Amount"].enumerated()
      .map { cell("\(["A", "B", "C", "E"][$0])3", $1) }.joined()
    let sheet = """
      <worksheet><sheetData><row r="1">\(cell("A1", "Payments of 2025"))</row><row r="3">\(header)</row>
      <row r="5"><c r="A5" s="1"><v>45688.5</v></c><c r="B5" t="s"><v>0</v></c><c r="C5" t="s"><v>1</v></c><c r="E5"><v>45633.799999999996</v></c></row>
      <row r="6"><c r="A6" s="1"><v>45689</v></c><c r="B6" t="s"><v>1</v></c><c r="C6" t="s"><v>0</v></c><c r="E6"><v>1.2E3</v></c></row>
      </sheetData></worksheet>
      """
    let book = """
      <workbook xmlns:r="r"><sheets><sheet name="Info" r:id="r1"/><sheet name="Data" r:id="r2"/></sheets></workbook>
      """
    let bytes = Self.zip([
      ("xl/workbook.xml", book),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/i.xml\"/><Relationship Id=\"r2\" Target=\"/xl/worksheets/d.xml\"/></Relationships>"
      ),
      (
        "xl/sharedStrings.xml",
        "<sst><si><t>One</t></si><si><r><t>T</t></r><r><t>wo</t></r></si></sst>"
      ),
      (
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
      ),
      (
        "xl/worksheets/i.xml",
        "<worksheet><sheetData><row r=\"1\">\(cell("A1", "About"))</row></sheetData></worksheet>"
      ),
      ("xl/worksheets/d.xml", sheet),
    ])
    let payments = try take(bytes, named: "p.xlsx")
    #expect(
      rows(payments) == ["One>Two 4563380 2025-01-31T12:00:00Z", "Two>One 120000 2025-02-01"]
    )
    #expect((0..<2).map(payments.line(of:)) == [5, 6])
    #expect(payments.sources.first?.notes == ["read from the sheet Data"])
  }

  @Test func anOpenDocumentSheetIsRead() throws {
    func text(_ words: String...) -> String {
      words.map {
        "<table:table-cell office:value-type=\"string\"><text:p>\($0)</text:p></table:table-cell>"
      }.joined()
    }
    let content = """
      <office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="S">
      <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
      <table:table-row>\(text("Date", "Payer", "Payee", "Amount"))</table:table-row>
      <table:table-row><table:table-cell office:value-type="date" office:date-value="2025-01-31"><text:p>31. Jan</text:p></table:table-cell>\(text("One", "Two"))<table:table-cell office:value-type="currency" office:value="1250.5"><text:p>1.250,50 €</text:p></table:table-cell></table:table-row>
      <table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row></table:table></office:document-content>
      """
    let payments = try take(Self.zip([("content.xml", content)]), named: "p.ods")
    #expect(rows(payments) == ["One>Two 125050 2025-01-31"])
    #expect(payments.line(of: 0) == 4)
  }
}
