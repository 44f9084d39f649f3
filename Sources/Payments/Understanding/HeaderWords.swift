/// What the name of a column speaks of, in the languages of banks.
struct HeaderTags: OptionSet {
  let rawValue: UInt64

  // Whose it is.
  static let payer = HeaderTags(rawValue: 1 << 0)
  static let payee = HeaderTags(rawValue: 1 << 1)
  static let other = HeaderTags(rawValue: 1 << 2)
  static let own = HeaderTags(rawValue: 1 << 3)
  // What of a party.
  static let name = HeaderTags(rawValue: 1 << 4)
  static let account = HeaderTags(rawValue: 1 << 5)
  static let bank = HeaderTags(rawValue: 1 << 6)
  // What of a payment.
  static let amount = HeaderTags(rawValue: 1 << 7)
  static let out = HeaderTags(rawValue: 1 << 8)
  static let into = HeaderTags(rawValue: 1 << 9)
  static let direction = HeaderTags(rawValue: 1 << 10)
  static let currency = HeaderTags(rawValue: 1 << 11)
  static let date = HeaderTags(rawValue: 1 << 12)
  static let booking = HeaderTags(rawValue: 1 << 13)
  static let value = HeaderTags(rawValue: 1 << 14)
  static let end = HeaderTags(rawValue: 1 << 15)
  static let clock = HeaderTags(rawValue: 1 << 16)
  static let zone = HeaderTags(rawValue: 1 << 17)
  static let endToEnd = HeaderTags(rawValue: 1 << 18)
  static let status = HeaderTags(rawValue: 1 << 19)
  static let text = HeaderTags(rawValue: 1 << 20)
  // What is no amount that is paid, and no party.
  static let balance = HeaderTags(rawValue: 1 << 21)
  static let fee = HeaderTags(rawValue: 1 << 22)
  static let net = HeaderTags(rawValue: 1 << 23)
  static let gross = HeaderTags(rawValue: 1 << 24)
  static let aside = HeaderTags(rawValue: 1 << 25)
  static let holder = HeaderTags(rawValue: 1 << 26)
  static let count = HeaderTags(rawValue: 1 << 27)
  static let reference = HeaderTags(rawValue: 1 << 28)
  static let total = HeaderTags(rawValue: 1 << 29)

  /// Whose something is.
  static let sides: HeaderTags = [.payer, .payee, .other, .own]
  /// What no party is named by.
  static let notParty: HeaderTags = [
    .amount, .direction, .currency, .date, .booking, .clock, .zone, .endToEnd, .status, .balance,
    .fee, .net, .gross, .aside, .count, .reference, .out, .into, .value,
  ]

  /// Reads the name of a column.
  init(of header: String) {
    let words = HeaderWords.words(header)
    var tags: HeaderTags = []
    for word in words {
      if let own = HeaderWords.whole[word] { tags.formUnion(own) }
      if words.count == 1, let own = HeaderWords.alone[word] { tags.formUnion(own) }
      for (stem, own) in HeaderWords.stems where word.contains(stem) { tags.formUnion(own) }
    }
    let joined = words.joined(separator: " ")
    for (phrase, own) in HeaderWords.phrases where (" \(joined) ").contains(" \(phrase) ") {
      tags.formUnion(own)
    }
    self = tags
  }

  init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// The words of headers: English, German, French, Spanish, Dutch, Italian, the most frequent of Portuguese, Polish, Swedish, Danish,
/// Norwegian, Czech and Chinese, and those of published data sets.
enum HeaderWords {
  /// The words of a header, folded: parted by what is no letter or digit, and where a capital follows a small letter.
  static func words(_ header: String) -> [String] {
    var words: [String] = []
    var word = ""
    var last: Character?
    for letter in header {
      guard letter.isLetter || letter.isNumber else {
        if !word.isEmpty { words.append(word) }
        (word, last) = ("", nil)
        continue
      }
      if let last, last.isLowercase, letter.isUppercase, !word.isEmpty {
        words.append(word)
        word = ""
      }
      word.append(letter)
      last = letter
    }
    if !word.isEmpty { words.append(word) }
    // What German puts behind a star, a colon or a bar for all genders is no word of its own.
    for ending in ["*in", "*innen", "*r", ":in", ":innen", ":r", "/in", "/r", "_in", "(in)", "(r)"]
    where header.contains(ending) {
      let letters = ending.filter(\.isLetter)
      if words.count > 1 { words.removeAll { $0 == letters } }
    }
    return words.map(folded)
  }

  private static func table(_ rows: [(HeaderTags, String)]) -> [(String, HeaderTags)] {
    rows.flatMap { tags, words in
      words.split(separator: " ").map { (folded(String($0)), tags) }
    }
  }

  /// Words that count as a whole only.
  static let whole = Dictionary(
    table([
      (.payer, "from src source orig von pagador pagante ordenante payor zahler"),
      (.payee, "to dest target bene vers naar cdtr cmte committee"),
      (.payer, "dbtr sndr"), (.payee, "rcvr rcpt"),
      (
        .account,
        "account acct acc accnt konto kto kontonr compte cuenta rekening conto iban bban rib id node address email wallet nr number nummer numero cuit clabe ktonr rekeningnr konta numer"
      ),
      (.name, "name nom nombre nome naam bezeichnung namen owner who person entity company firma"),
      (.bank, "bic blz swift bank banque banco banca branch"),
      (
        .amount,
        "amount amt betrag importe montant bedrag importo value wert sum summe monto cantidad umsatz weight paid eur usd gbp chf movimiento movement"
      ),
      (
        .out,
        "out debit debits soll debe dare af cargo cargos debet adeudo debito uscita uscite dr db spent lastschrift payments withdrawn"
      ),
      (
        .into,
        "in credit credits haben haber avere bij abono abonos ingreso entrata entrate cr received gutschrift credito receipts"
      ),
      (
        .date,
        "date datum fecha data dia day dt tag time timestamp when jour ts moment step zeitpunkt period giorno f"
      ),
      (.booking, "booked posted posting booking oper"),
      (.value, "val valuta valor valeur value rente"),
      (.end, "end due expiry ende fin fine einde vence"),
      (.clock, "time hora uhrzeit zeit heure tijd ora tod"),
      (.zone, "tz"),
      (.currency, "currency ccy curr cur wrg devise divisa moneda munt whg valuta monnaie ccycd"),
      (.balance, "balance saldo solde bal disponible stand"),
      (
        .fee,
        "fee fees charge charges tax vat kosten comision frais discount rate rates taxes spese iva"
      ),
      (.net, "net netto neto"), (.gross, "gross brutto brut bruto lordo"),
      (
        .text,
        "description details memo narrative text concepto libelle omschrijving causale descrizione info particulars beschreibung detail mededelingen observaciones motif note notes merchant"
      ),
      (.status, "status state estado statut stato etat"),
      (
        .direction,
        "sens signo segno vorzeichen sign dc drcr sh indicator cdtdbtind direction richtung"
      ),
      (.reference, "ref reference referenz referencia riferimento kenmerk uetr hash txid"),
      (.endToEnd, "eref e2e"),
      (.count, "count anzahl quantity qty"),
      (
        .aside,
        "country land iso city ort type kategorie category purpose code pais pays paese stadt plz zip laundering fraud label format"
      ),
      (.own, "own eigen eigenes mein my propio propre proprio eigene"),
      (.holder, "holder inhaber titular titulaire intestatario"),
      (.total, "total totals gesamt totaal totale summe"),
    ]),
    uniquingKeysWith: { $0.union($1) }
  )

  /// Words that count where they are all of a header.
  static let alone = Dictionary(
    table([(.payer, "de da van"), (.payee, "a al an para aan")]),
    uniquingKeysWith: { $0.union($1) }
  )

  /// Parts of words that count wherever they stand in one.
  static let stems: [(String, HeaderTags)] = table([
    (
      .payer,
      "payer sender debtor originator remitter auftraggeber zahlungspflicht absender remitente deudor origen emisor payeur emetteur donneur debiteur expediteur betaler opdrachtgever afzender ordinante mittente debitore debitor pagatore contributor donor belastet schuldner einzahler"
    ),
    (
      .payee,
      "payee receiver recipient creditor beneficia begunstig empfanger destin acreedor creancier ontvanger ricevente creditore crediteur kreditor glaubiger zahlungsempf"
    ),
    (
      .other,
      "counterpart gegenkonto gegenpart gegenseite partner beteiligt tegenpart tegenrekening contrepart contrapar contraparte contrapartida controparte opposing counteracc tiers"
    ),
    (.own, "auftragskonto eigenkonto"),
    (.account, "iban kontonummer rekeningnummer accountnumber accountno bankkonto nodeid"),
    (.bank, "sortcode bankleitzahl routing bankname"),
    (.amount, "betrag montant bedrag importe importo"),
    (
      .out,
      "withdraw ausgang belastung lastschrift uitgav afschrijv ausgab depens salida addebit uscit adeudo cargo prelev"
    ),
    (
      .into,
      "deposit eingang gutschrift bijschrijv inkomst einnahm recett accredit entrat ingreso abono versement"
    ),
    (.currency, "currency wahrung devise divisa valuta"),
    (.date, "date datum fecha buchungstag buchungsdat boekdat timestamp"),
    (.booking, "buchung booking boek comptab contab operac operaz operation contable"),
    (.value, "valuta wertstell valeur rentedat wertdat valuedat"),
    (.clock, "uhrzeit"),
    (.zone, "timezone zeitzone tijdzone"),
    (.balance, "balance saldo solde kontostand verfugbar"),
    (.fee, "gebuhr commission comision provision"),
    (.endToEnd, "endtoend"),
    (
      .text,
      "verwendungszweck buchungstext description omschrijv beschreib libelle concepto narrat vorgang zahlungsgrund mitteilung remittance"
    ),
    (.reference, "referen mandat kundenref transactionid"),
    // Portuguese, Polish, the Nordic languages, Czech, and Chinese, in the words that statements use.
    (.payer, "nadawc avsandare avsender afsender platce 付款"),
    (.payee, "odbiorc mottagare mottaker modtager prijemce 收款"),
    (.other, "kontrahent protistran protiuct modkonto motpart motkonto 对方"),
    (.account, "rachunek rachunk 账号 帐号"),
    (.name, "户名"),
    (.amount, "kwota kwoty belopp belob belop castka montante 金额"),
    (.out, "wyplat obciazen uttag 借方 支出"),
    (.into, "wplat uznan insattning indsat 贷方 收入"),
    (.currency, "waluta moeda valut mena 币种"),
    (.date, "dato bogfort 日期"),
    (.balance, "zustatek 余额"),
    (.text, "opis descricao meddelande tytul popis tekst beskriv historico 摘要"),
    (.aside, "country purpose kategorie mandat glaubigerid currencyrate exchange"),
    (.status, "status"),
  ])

  /// Words one after another.
  static let phrases: [(String, HeaderTags)] = phraseRows.flatMap { tags, phrases in
    phrases.split(separator: "|").map { phrase in
      (words(String(phrase)).joined(separator: " "), tags)
    }
  }

  private static let phraseRows: [(HeaderTags, String)] = [
    ([.out, .amount], "paid out|money out|amount out|debit amount|amount debited|out amount"),
    ([.into, .amount], "paid in|money in|amount in|credit amount|amount credited|in amount"),
    (
      .payer,
      "debit account|debited account|account debited|donneur d ordre|from account|conto addebito|cuenta cargo"
    ),
    (
      .payee,
      "credit account|credited account|account credited|to account|conto accredito|cuenta abono"
    ),
    (
      .other,
      "other party|third party|name gegen|name tegen|compte tiers|counter party|other account|counter account"
    ),
    (
      [.own, .account],
      "own account|account own|compte propre|mein konto|mijn rekening|my account|auftrags konto"
    ),
    (.endToEnd, "end to end|end to end id|ende zu ende"),
    (.zone, "time zone|zona horaria|fuso orario|fuseau horaire"),
    (
      .direction,
      "af bij|bij af|soll haben|debit credit|credit debit|dr cr|cr dr|d c|s h|debe haber|dare avere|cargo abono|credit debit indicator|debit credit indicator|c d"
    ),
    (.bank, "sort code"), ([.bank, .account], "account sort code"),
    (
      .aside,
      "glaubiger id|creditor id|creditor identifier|exchange rate|exchange from|exchange to|is laundering|is fraud|payment format|transaction type|payment type|originator iso|beneficiary iso|creditor reference|beneficiary reference|sequence number|volgnr|transaction code|customer number"
    ),
    (
      .reference,
      "transaction id|payment id|reference number|customer reference|cheque number|check number|sar id|transaction number|payment reference"
    ),
    (.count, "number transactions|number of transactions|transaction count"),
    (
      .holder,
      "account holder|account name|name on account|account owner|customer name|kontoinhaber|rekeninghouder|kontobezeichnung"
    ),
  ]
}
