/// The words and signs that amounts are written with.
enum AmountWords {
  /// Currencies by sign and by word.
  static let currencies: [String: String] = {
    let rows = """
      USD $ us$ dollar dollars usd buck bucks
      EUR € euro euros eur
      GBP £ pound pounds sterling gbp quid
      JPY ¥ yen jpy
      CNY rmb yuan renminbi cny
      INR ₹ rupee rupees inr
      KRW ₩ won krw
      CAD c$ ca$ cad
      AUD a$ au$ aud
      HKD hk$ hkd
      SGD s$ sgd
      NZD nz$ nzd
      TWD nt$ twd
      BRL r$ brl real reais
      CHF chf franc francs
      SEK sek kronor
      NOK nok
      DKK dkk kroner
      PLN pln zloty zlotys zł
      CZK czk koruna
      ILS ₪ ils shekel shekels
      AED aed dirham dirhams
      SAR sar riyal riyals
      MXN mxn pesos peso
      ZAR zar rand
      TRY ₺ try lira
      """
    var table: [String: String] = [:]
    for row in rows.split(separator: "\n") {
      let words = row.split(separator: " ").map(String.init)
      for word in words.dropFirst() { table[word] = words[0] }
    }
    table["try"] = nil
    table["real"] = nil
    table["won"] = nil
    return table
  }()

  /// Codes that count only where they are written large.
  static let codes: Set<String> = [
    "usd", "eur", "gbp", "jpy", "cny", "inr", "krw", "cad", "aud", "hkd", "sgd", "nzd", "twd",
    "brl", "chf",
    "sek", "nok", "dkk", "pln", "czk", "ils", "aed", "sar", "mxn", "zar", "rmb",
  ]

  /// Zeros of the words for thousands and millions.
  static let scales: [String: Int] = [
    "thousand": 3, "thousands": 3, "k": 3, "tsd": 3,
    "million": 6, "millions": 6, "mn": 6, "m": 6, "mio": 6, "mln": 6, "mm": 6, "millionen": 6,
    "billion": 9, "billions": 9, "bn": 9, "b": 9, "mrd": 9, "milliard": 9, "milliards": 9, "bln": 9,
    "milliarden": 9,
    "trillion": 12, "trillions": 12, "tn": 12, "trn": 12,
  ]

  /// Numbers in words.
  static let numbers: [String: Int64] = [
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "dozen": 12,
  ]

  /// Units other than money, with the zeros they add and the unit they stand for.
  static let units: [String: (unit: String, zeros: Int)] = [
    "gigawatt": ("GW", 0), "gigawatts": ("GW", 0), "gw": ("GW", 0),
    "megawatt": ("MW", 0), "megawatts": ("MW", 0), "mw": ("MW", 0),
    "gpu": ("GPUs", 0), "gpus": ("GPUs", 0),
    "share": ("shares", 0), "shares": ("shares", 0),
    "percent": ("percent", 0), "pct": ("percent", 0), "per-cent": ("percent", 0),
  ]

  /// Fractions of a whole, in percent.
  static let fractions: [String: (Int64, Int64)] = [
    "half": (1, 2), "third": (1, 3), "thirds": (1, 3), "quarter": (1, 4), "quarters": (1, 4),
    "fifth": (1, 5),
    "fifths": (1, 5), "sixth": (1, 6), "sixths": (1, 6), "seventh": (1, 7), "sevenths": (1, 7),
    "eighth": (1, 8),
    "eighths": (1, 8), "ninth": (1, 9), "tenth": (1, 10), "tenths": (1, 10), "twentieth": (1, 20),
  ]

  /// Words before an amount that bound it, longest first.
  static let bounds: [(words: [String], bound: Amount.Bound)] = {
    let rows: [(Amount.Bound, [String])] = [
      (
        .atMost,
        [
          "up to a maximum amount of", "up to a maximum of", "a maximum amount of", "a maximum of",
          "up to", "as much as",
          "as many as", "at most", "no more than", "not more than", "nearly", "almost", "close to",
          "just under",
          "under", "below", "less than", "not exceeding", "not to exceed", "just short of",
          "maximum of", "limited to",
        ]
      ),
      (
        .atLeast,
        [
          "not less than", "no less than", "no fewer than", "at least", "more than", "above",
          "upwards of",
          "in excess of", "exceeding", "exceeds", "exceed", "north of", "a minimum of",
          "minimum of", "well over",
          "just over", "over",
        ]
      ),
      (
        .about,
        [
          "an aggregate of approximately", "about", "around", "some", "roughly", "circa",
          "approximately", "an estimated",
          "estimated", "perhaps", "ca", "approx",
        ]
      ),
      (
        .exact,
        [
          "only", "an aggregate of", "a total of", "another", "a further", "further",
          "an additional", "additional", "a",
        ]
      ),
    ]
    return rows.flatMap { bound, phrases in
      phrases.map { (words: $0.split(separator: " ").map(String.init), bound: bound) }
    }.sorted { $0.words.count > $1.words.count }
  }()
}
