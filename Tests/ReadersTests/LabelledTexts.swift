import Claims
import Foundation
import Readers
import TestKit

/// A text with what a reader should find in it, from a file of `Fixtures`.
///
/// After the text, one line a label: `party: id = names`, `claim: payer > payee; kind; status; amount; level; teller |
/// words`, `fact: party < other; metric; amount; period | words`, `not: words`. Alternatives stand behind a slash.
struct LabelledText: Sendable {
  /// An amount of a label: both bounds in whole units.
  struct Amount: Sendable, Equatable {
    var low: Double?
    var high: Double?
    var unit: String
  }

  struct Claim: Sendable {
    let payers: [String]
    let payees: [String]
    let kinds: [String]
    let statuses: [String]
    let amount: Amount?
    let says: String?
    let formerPayer: String?
    let isEitherWay: Bool
    let words: String
  }

  struct Fact: Sendable {
    let party: String
    let metric: String
    let amount: Amount
    let words: String
  }

  let id: String
  let style: String
  let published: String
  let publisher: String
  let text: String
  private(set) var names: [String: Set<String>] = [:]
  private(set) var claims: [Claim] = []
  private(set) var optional: [Claim] = []
  private(set) var facts: [Fact] = []
  private(set) var notClaims: [String] = []

  /// The texts of a fixture.
  static func all(in fixture: String) throws -> [LabelledText] {
    let file = packageRoot.appending(path: "Tests/ReadersTests/Fixtures/\(fixture).txt")
    let content = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    return content.components(separatedBy: "=== ").dropFirst().map(LabelledText.init)
  }

  private init(_ block: String) {
    let (head, rest) = Self.cut(block, at: "\n")
    let words = head.split(separator: " ", maxSplits: 3).map(String.init)
    (id, style, published, publisher) = (words[0], words[1], words[2], words[3])
    let (text, labels) = Self.cut(rest, at: "--- labels\n")
    self.text = text
    for line in labels.split(separator: "\n") { read(String(line)) }
  }

  private static func cut(_ text: String, at mark: String) -> (String, String) {
    guard let range = text.range(of: mark) else { return (text, "") }
    return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
  }

  private mutating func read(_ line: String) {
    let (tag, body) = Self.cut(line, at: ": ")
    switch tag {
    case "party":
      let (party, listed) = Self.cut(body, at: " =")
      names[party, default: [key(party)]].formUnion(
        listed.split(separator: ",").map { key(String($0)) }
      )
    case "claim": claims.append(Self.claim(body))
    case "optional": optional.append(Self.claim(body))
    case "fact": facts.append(Self.fact(body))
    case "not": notClaims.append(body)
    default: preconditionFailure("\(id): no label is called \(tag)")
    }
  }

  private static func parts(_ body: String) -> (fields: [String], words: String) {
    let (fields, words) = cut(body, at: " | ")
    return (fields.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }, words)
  }

  private static func either(_ text: String) -> [String] {
    text.split(separator: "/").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func claim(_ body: String) -> Claim {
    let (fields, words) = parts(body)
    let (payer, payee) = cut(fields[0], at: " > ")
    let more = fields.count > 6 ? fields[6].split(separator: " ").map(String.init) : []
    let value = { (name: String) in
      more.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
    return Claim(
      payers: either(payer),
      payees: either(payee),
      kinds: either(fields[1]),
      statuses: either(fields[2]),
      amount: amount(fields[3]),
      says: value("says"),
      formerPayer: value("from"),
      isEitherWay: more.contains("either"),
      words: words
    )
  }

  private static func fact(_ body: String) -> Fact {
    let (fields, words) = parts(body)
    guard let amount = amount(fields[2]) else {
      preconditionFailure("a fact has an amount: \(body)")
    }
    return Fact(
      party: either(fields[0].components(separatedBy: " < ")[0])[0],
      metric: fields[1],
      amount: amount,
      words: words
    )
  }

  /// `17.4b USD`, `..600m USD`, `700m.. GBP`, `3.5b..4b USD`; `-` is none.
  private static func amount(_ text: String) -> Amount? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2 else { return nil }
    let bounds = words[0].components(separatedBy: "..")
    return Amount(low: number(bounds[0]), high: number(bounds[bounds.count - 1]), unit: words[1])
  }

  private static func number(_ text: String) -> Double? {
    let scales: [Character: Double] = ["k": 1e3, "m": 1e6, "b": 1e9]
    guard let last = text.last else { return nil }
    return scales[last].map { (Double(text.dropLast()) ?? .nan) * $0 } ?? Double(text)
  }
}

/// A name by which parties are held to be the same: small letters, legal forms and articles left out.
func key(_ name: String) -> String {
  let dropped: Set = [
    "inc", "corp", "corporation", "group", "pbc", "ltd", "llc", "plc", "the", "nv", "ag", "co",
    "holdings", "limited",
  ]
  let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(
    String.init
  )
  return words.filter { !dropped.contains($0) }.joined(separator: " ")
}
