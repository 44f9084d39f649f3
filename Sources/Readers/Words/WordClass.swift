/// What a word can be; one word can be several things.
struct WordClass: OptionSet, Sendable {
  let rawValue: UInt64

  /// Words of grammar and of every day, which begin a sentence with a capital letter and name nobody.
  static let common = WordClass(rawValue: 1 << 0)
  static let determiner = WordClass(rawValue: 1 << 1)
  static let preposition = WordClass(rawValue: 1 << 2)
  /// A form of to be.
  static let be = WordClass(rawValue: 1 << 3)
  static let have = WordClass(rawValue: 1 << 4)
  static let modal = WordClass(rawValue: 1 << 5)
  static let negation = WordClass(rawValue: 1 << 6)
  static let relative = WordClass(rawValue: 1 << 7)
  static let conjunction = WordClass(rawValue: 1 << 8)
  /// it, they, we.
  static let subjectPronoun = WordClass(rawValue: 1 << 9)
  /// its, their, our.
  static let possessivePronoun = WordClass(rawValue: 1 << 10)
  static let month = WordClass(rawValue: 1 << 11)
  static let weekday = WordClass(rawValue: 1 << 12)
  /// What a party is called without its name: the company, the chip maker.
  static let role = WordClass(rawValue: 1 << 13)
  /// A person's office: chief executive, spokesman.
  static let office = WordClass(rawValue: 1 << 14)
  /// A newspaper by its name: Times, Post.
  static let press = WordClass(rawValue: 1 << 15)
  /// Inc, GmbH.
  static let legalForm = WordClass(rawValue: 1 << 16)
  /// Names of sellers end so: Cloud, Foundry.
  static let sellerName = WordClass(rawValue: 1 << 17)
  /// Names of buyers end so: Labs, Robotics.
  static let buyerName = WordClass(rawValue: 1 << 18)
  static let place = WordClass(rawValue: 1 << 19)
  static let nationality = WordClass(rawValue: 1 << 20)
  /// Talks and plans that unnamed people tell of.
  static let talk = WordClass(rawValue: 1 << 21)
  /// Stated aims.
  static let intent = WordClass(rawValue: 1 << 22)
  /// Agreed, obliged, committed.
  static let bound = WordClass(rawValue: 1 << 23)
  static let adverb = WordClass(rawValue: 1 << 24)
  /// Investors, lenders, customers: payers nobody names.
  static let aggregate = WordClass(rawValue: 1 << 25)
  /// A government or its house: state, ministry.
  static let state = WordClass(rawValue: 1 << 26)
  /// Fund, trust: small words that end a name.
  static let nameEnd = WordClass(rawValue: 1 << 27)
  /// Whoever tells without a name: people, sources.
  static let unnamed = WordClass(rawValue: 1 << 28)
  /// Fines, damages, salaries: money that is no deal.
  static let trap = WordClass(rawValue: 1 << 29)
  /// What is bought, let or delivered.
  static let goods = WordClass(rawValue: 1 << 30)
  /// A vehicle set up for one purpose.
  static let vehicle = WordClass(rawValue: 1 << 31)
  /// A customer, tenant, client.
  static let buyerRole = WordClass(rawValue: 1 << 32)
  /// A supplier, maker, landlord.
  static let sellerRole = WordClass(rawValue: 1 << 33)
  /// A verb of ours, in whatever form.
  static let verb = WordClass(rawValue: 1 << 34)
  static let lenderName = WordClass(rawValue: 1 << 35)
  static let given = WordClass(rawValue: 1 << 36)
  static let timeWord = WordClass(rawValue: 1 << 37)
  /// Million, euros, shares: what stands behind a number, and names nobody.
  static let money = WordClass(rawValue: 1 << 39)
  /// One, two, half, tens.
  static let number = WordClass(rawValue: 1 << 38)
}
