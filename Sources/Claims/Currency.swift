/// A currency by its ISO 4217 code.
public struct Currency: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Three capital letters.
  public let code: String
  /// Digits of the minor unit after the point: 2 for dollars, 0 for yen and won.
  public let minorDigits: Int

  /// The United States dollar, in which networks are measured unless asked otherwise.
  public static let usDollar = Currency(code: "USD", minorDigits: 2)

  /// The currency called `code`, or `nil` unless ISO 4217 has it among the active ones.
  public init?(_ code: String) {
    guard let minorDigits = Self.minorDigits[code] else { return nil }
    self.init(code: code, minorDigits: minorDigits)
  }

  private init(code: String, minorDigits: Int) {
    (self.code, self.minorDigits) = (code, minorDigits)
  }

  /// Minor units in one whole unit.
  public var minorUnitsPerUnit: Int64 {
    (0..<minorDigits).reduce(1) { product, _ in product * 10 }
  }

  /// The code.
  public var description: String { code }

  /// Orders by code.
  public static func < (left: Currency, right: Currency) -> Bool { left.code < right.code }
}

extension Currency {
  /// The code that `text` most likely stands for: written small, with letters exchanged, or one of
  /// them wrong; `nil` where none is near.
  static func nearest(to text: String) -> Currency? {
    let letters = text.uppercased().filter { !$0.isWhitespace }
    if let currency = Currency(letters) { return currency }
    guard letters.count == 3 else { return nil }
    let exchanged = minorDigits.keys.filter { $0.sorted() == letters.sorted() }
    let oneWrong = minorDigits.keys.filter { code in
      zip(code, letters).count { $0 != $1 } == 1
    }
    let nearest = exchanged.min(by: isCommoner) ?? oneWrong.min(by: isCommoner)
    return nearest.flatMap { Currency($0) }
  }

  /// Those that books are likely to mean come first, then by code.
  private static func isCommoner(_ left: String, than right: String) -> Bool {
    let rank = { (code: String) in common.firstIndex(of: code) ?? common.count }
    return (rank(left), left) < (rank(right), right)
  }

  private static let common = ["USD", "EUR", "JPY", "GBP", "CNY", "AUD", "CAD", "CHF", "HKD"]

  /// Codes of ISO 4217 by the digits of the minor unit.
  ///
  /// The active ones, with those replaced since 2025, of which books still speak. Metals, bond units and
  /// test codes are no money that anybody pays.
  private static let minorDigits: [String: Int] = {
    let codes = [
      0: """
      BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
      """,
      2: """
      AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP \
      BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD \
      FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD \
      KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD \
      NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP \
      SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED \
      VES WST XCD XCG YER ZAR ZMW ZWG
      """,
      3: "BHD IQD JOD KWD LYD OMR TND",
      4: "CLF UYW",
    ]
    return Dictionary(
      uniqueKeysWithValues: codes.flatMap { digits, codes in
        codes.split(separator: " ").map { (String($0), digits) }
      }
    )
  }()
}
