@testable import Readers
import Tables
import Testing

/// Amounts as people write them.
struct AmountTests {
  private func amounts(_ text: String) -> [String] {
    let tokens = Tokenizer.tokenize(Array(text.utf8))
    return AmountReader(tokens, 0..<tokens.tokens.count).amounts().map { amount in
      let (low, high) = (amount.low?.description ?? "", amount.high?.description ?? "")
      let figure = low == high ? low : "\(low)..\(high)"
      return "\(figure) \(amount.unit)" + (amount.per.map { "/\($0)" } ?? "")
        + (amount.isPrice ? " price" : "")
    }
  }

  @Test(arguments: [
    ("$11.9B", "11900000000 USD"), ("$ 12 billion", "12000000000 USD"),
    ("USD 12bn", "12000000000 USD"),
    ("between $3.5bn and $4bn", "3500000000..4000000000 USD"),
    ("up to $600 million", "..600000000 USD"),
    ("nearly $900 million", "..900000000 USD"), ("not less than $700 million", "700000000.. USD"),
    ("€400m", "400000000 EUR"),
    ("EUR 1.7bn", "1700000000 EUR"), ("a 10-gigawatt deal", "10 GW"),
    ("at least 10 gigawatts", "10.. GW"),
    ("a fifth of the value", "20 percent"), ("seven tenths of its sales", "70 percent"),
    ("two thirds of it", "66..67 percent"),
    ("tens of billions of dollars", "10000000000..100000000000 USD"),
    ("half a billion dollars", "500000000 USD"),
    ("$1,240.0 million", "1240000000 USD"), ("300 Mio. Euro", "300000000 EUR"),
    ("12 millions of euro", "12000000 EUR"),
    ("10 milliards of Dollar", "10000000000 USD"), ("C$2.4 billion", "2400000000 CAD"),
    ("A$750 million", "750000000 AUD"),
    ("¥150 billion", "150000000000 JPY"), ("£90m a year", "90000000 GBP/year"),
    ("some $20 billion every year", "20000000000 USD/year"),
    ("$2.10 an hour", "2.1 USD price"), ("$92.50 apiece", "92.5 USD price"),
    ("9.4% of it", "9.4 percent"),
    ("up to 24 million of its common shares", "..24000000 shares"),
    ("$3bn or more", "3000000000.. USD"),
    ("$5-6 billion", "5000000000..6000000000 USD"), ("one billion euros", "1000000000 EUR"),
    ("SEK 1.1 billion", "1100000000 SEK"),
  ])
  func reads(text: String, expected: String) {
    #expect(amounts(text) == [expected])
  }

  @Test(arguments: [
    "in 2031", "on March 30", "180 jobs", "a loan", "the first two", "Item 1.01", "July 4, 2026",
    "no one",
  ])
  func isNone(text: String) {
    #expect(amounts(text) == [])
  }

  @Test func ofAChangeTheFirstIsFormer() {
    let tokens = Tokenizer.tokenize(Array("from £200m to £120m".utf8))
    let found = AmountReader(tokens, 0..<tokens.tokens.count).amounts()
    #expect(found.map(\.isFormer) == [true, false])
    #expect(found.map(\.isChanged) == [false, true])
  }
}
