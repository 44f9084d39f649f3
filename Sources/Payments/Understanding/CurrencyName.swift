private import Claims

/// Currencies by what files call them: codes, signs and names.
enum CurrencyName {
  /// What a currency is called here: its code; a sign that several share stands for itself.
  static func code(_ cell: String) -> String? {
    let text = cell.trimmedText
    guard !text.isEmpty, text.utf8.count <= 40 else { return nil }
    if let known = Currency(text.uppercased()), text.count == 3 { return known.code }
    if let sign = signs[text] { return sign }
    let word = folded(text).filter { $0.isLetter || $0 == " " }
    return names[word] ?? names[word.hasSuffix("s") ? String(word.dropLast()) : word]
  }

  private static let signs: [String: String] = [
    "€": "EUR", "£": "GBP", "$": "$", "¥": "¥", "US$": "USD", "USD$": "USD", "A$": "AUD",
    "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL",
    "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "zł": "PLN",
    "Kč": "CZK",
    "Fr.": "CHF", "Fr": "CHF", "SFr.": "CHF", "sFr.": "CHF", "SFr": "CHF", "Rs": "INR",
    "Rs.": "INR",
    "kr": "kr", "kr.": "kr", "Kr": "kr", "Kr.": "kr", "円": "JPY", "元": "CNY", "Ft": "HUF",
    "lei": "RON", "฿": "THB", "₫": "VND", "₦": "NGN", "₱": "PHP", "R": "ZAR", "₿": "BTC",
  ]

  private static let names = Dictionary(
    [
      ("EUR", "euro"), ("USD", "us dollar|united states dollar|dollar us|american dollar"),
      ("GBP", "uk pound|pound sterling|british pound|sterling|pound"),
      ("CHF", "swiss franc|schweizer franken|franken|franc suisse|franco suizo|franco svizzero"),
      ("JPY", "yen|japanese yen"), ("CNY", "yuan|chinese yuan|renminbi|rmb"),
      ("CAD", "canadian dollar"), ("AUD", "australian dollar"), ("MXN", "mexican peso"),
      ("BRL", "brazil real|brazilian real"), ("INR", "rupee|indian rupee"),
      ("RUB", "ruble|rouble|russian ruble"), ("SAR", "saudi riyal"),
      ("ILS", "shekel|israeli shekel"),
      ("BTC", "bitcoin|btc|xbt"), ("SEK", "swedish krona"), ("NOK", "norwegian krone"),
      ("DKK", "danish krone"), ("PLN", "zloty|polish zloty"), ("CZK", "czech koruna"),
      ("HUF", "forint"), ("TRY", "turkish lira"), ("ZAR", "rand|south african rand"),
      ("SGD", "singapore dollar"), ("HKD", "hong kong dollar"), ("NZD", "new zealand dollar"),
      ("KRW", "won|south korean won"),
    ].flatMap { code, names in names.split(separator: "|").map { (folded(String($0)), code) } },
    uniquingKeysWith: { first, _ in first }
  )
}

/// What stands beside the digits of an amount.
enum AmountAffix {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Whether it is a currency, or a side of an account.
  static func isKnown(_ affix: Bytes) -> Bool {
    let text = String(decoding: affix, as: UTF8.self).trimmedText
    return CurrencyName.code(text) != nil || side(text) != nil
  }

  /// The side of an account: DR and CR, and in German S and H.
  static func side(_ text: String) -> Direction? {
    switch text.uppercased().filter({ $0 != "." }) {
    case "DR", "D", "DB", "S": .out
    case "CR", "C", "H": .into
    default: nil
    }
  }

  /// A balance, which one side of an account turns.
  static func balance(_ units: Int64, _ isNegative: Bool, _ side: Direction?) -> Int64 {
    isNegative != (side == .out) ? -units : units
  }
}
