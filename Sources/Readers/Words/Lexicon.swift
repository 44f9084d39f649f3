/// What is known of a word: its classes, and which verb it is a form of.
struct Lexeme: Sendable {
  /// What it can be.
  var classes: WordClass = []
  /// The verb it is a form of, by its place in ``Grammar/verbs``.
  var verb: Int?
  /// Which form.
  var form: VerbForm = []
  /// The kind of arrangement it names as a noun.
  var noun: DealNoun?

  /// A word that the grammar does not know.
  static let unknown = Lexeme()
}

/// A form of a verb: many are several at once.
struct VerbForm: OptionSet, Sendable {
  let rawValue: UInt8
  static let base = VerbForm(rawValue: 1)
  static let third = VerbForm(rawValue: 2)
  static let past = VerbForm(rawValue: 4)
  static let participle = VerbForm(rawValue: 8)
  static let progressive = VerbForm(rawValue: 16)
}

/// All words the grammar knows, by their small letters.
enum Lexicon {
  private static let table: (places: [String: Int32], entries: [Lexeme]) = {
    let sorted = words.sorted { $0.key < $1.key }
    let places = sorted.enumerated().map { ($1.key, Int32($0)) }
    return (Dictionary(uniqueKeysWithValues: places), sorted.map(\.value))
  }()

  /// What is known of every word, by its place.
  static let entries = table.entries
  private static let places = table.places

  /// The place of a word in small letters; -1 where the grammar does not know it.
  static func place(of word: String) -> Int32 { places[word] ?? -1 }

  private static let words: [String: Lexeme] = {
    var words: [String: Lexeme] = [:]
    for (kind, list) in WordTable.classes {
      for word in list.split(separator: " ") {
        words[String(word), default: Lexeme()].classes.insert(kind)
      }
    }
    for word in AmountWords.numbers.keys { words[word, default: Lexeme()].classes.insert(.number) }
    let coins = [
      "euro", "euros", "dollar", "dollars", "yen", "pounds", "francs", "zlotys", "eur", "usd",
      "gbp",
    ]
    for word in Array(AmountWords.scales.keys) + Array(AmountWords.units.keys) + coins {
      words[word, default: Lexeme()].classes.insert(.money)
    }
    for word in ["tens", "hundreds", "half"] {
      words[word, default: Lexeme()].classes.insert(.number)
    }
    for (index, verb) in Grammar.verbs.enumerated() {
      for (word, form) in verb.forms {
        words[word, default: Lexeme()].verb = index
        words[word, default: Lexeme()].form.insert(form)
        words[word, default: Lexeme()].classes.insert(.verb)
      }
    }
    for noun in Grammar.nouns {
      for word in noun.words.split(separator: " ") {
        words[String(word), default: Lexeme()].noun = noun
      }
    }
    return words
  }()

  /// Whether a word can be one of these things.
  static func has(_ word: String, _ kinds: WordClass) -> Bool {
    guard let lexeme = words[word] else { return false }
    return !lexeme.classes.isDisjoint(with: kinds)
  }

  /// Whether the grammar knows the word at all.
  static func knows(_ word: String) -> Bool { words[word] != nil }
}
