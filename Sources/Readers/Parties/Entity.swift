/// Somebody a text speaks of.
struct Entity: Sendable {
  /// What it is.
  enum Kind: Sendable { case organisation, person, place, press, state, aggregate }

  /// What it is.
  var kind: Kind
  /// Its id: that of the book where the book knows it, else made of its longest name.
  var id: String
  /// The names the text gives it, longest first.
  var names: [String] { didSet { words = NameWords(names) } }
  /// What it is called without its name, as `maker`, and the words before that.
  var roles: [[String]] = []
  /// Above zero where it is likelier to be paid, below where it is likelier to pay.
  var sellerScore = 0
  /// Whether it is whoever the text itself speaks for.
  var isSelf = false

  /// The words of its names.
  private(set) var words: NameWords

  init(kind: Kind, id: String, names: [String], sellerScore: Int = 0, isSelf: Bool = false) {
    (self.kind, self.id, self.names) = (kind, id, names)
    (self.sellerScore, self.isSelf) = (sellerScore, isSelf)
    words = NameWords(names)
  }

  /// Whether money can run from it or to it.
  var isParty: Bool { kind == .organisation || kind == .state || kind == .aggregate }
}

/// The words of names, and what they tell.
struct NameWords: Sendable {
  /// All of them, in small letters.
  let all: Set<String>
  /// Whether they are those of a bank or a fund.
  let isLender: Bool
  /// Whether they are those of a maker of chips.
  let isChipMaker: Bool

  init(_ names: [String]) {
    all = Set(names.flatMap { $0.lowercased().split(separator: " ").map(String.init) })
    isLender = all.contains {
      Lexicon.has($0, .lenderName) || $0.hasSuffix("bank") || $0.hasSuffix("kredit")
    }
    isChipMaker = !all.isDisjoint(with: Self.chips)
  }

  private static let chips: Set<String> = [
    "semiconductor", "silicon", "foundry", "devices", "micro", "chips", "semiconductors",
    "microsystems",
  ]
}

/// A party that the reader is told of beforehand, as those of a book.
public struct KnownParty: Sendable, Equatable {
  /// Its id.
  public let id: String
  /// Every name it goes by.
  public let names: [String]

  /// A party with its names.
  ///
  /// - Parameters:
  ///   - id: Its id.
  ///   - names: Every name it goes by: the full one, a ticker, others.
  public init(id: String, names: [String]) { (self.id, self.names) = (id, names) }
}

/// Names as ids and as keys to look them up by.
enum Names {
  /// The words of a name in small letters, without legal forms and articles.
  static func core(_ words: [String]) -> [String] {
    let core = words.filter {
      !Lexicon.has($0, .legalForm) && $0 != "the" && $0 != "." && $0 != ","
    }
    return core.isEmpty ? words : core
  }

  /// An id made of a name: small letters and digits with hyphens between.
  static func id(_ name: String) -> String {
    let parts = name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ".") }
      .map { String($0.hasSuffix(".") ? $0.dropLast() : $0) }
    let id = core(parts).joined(separator: "-").unicodeScalars.map {
      $0.isASCII ? Character($0) : fold($0)
    }
    let text = String(id).filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return text.isEmpty ? "party" : String(text.prefix(64))
  }

  /// An id that no row has: `id`, else with the next number behind it.
  static func free(_ id: String, _ taken: [String]) -> String {
    guard taken.contains(id) else { return id }
    let number = (2...taken.count + 2).first { !taken.contains("\(id)-\($0)") } ?? taken.count
    return "\(id)-\(number)"
  }

  /// The plain letter below an accent, as far as names of Europe have them.
  private static func fold(_ scalar: Unicode.Scalar) -> Character {
    let plain: [(String, Character)] = [
      ("àáâãäåā", "a"), ("çćč", "c"), ("èéêëēę", "e"), ("ìíîï", "i"), ("ñń", "n"), ("òóôõöøő", "o"),
      ("ùúûüů", "u"),
      ("ýÿ", "y"), ("šśş", "s"), ("žźż", "z"), ("ł", "l"), ("ß", "s"), ("đ", "d"),
    ]
    return plain.first { $0.0.unicodeScalars.contains(scalar) }?.1 ?? "-"
  }
}
