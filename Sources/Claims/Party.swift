/// A legal entity or an aggregate that pays or is paid.
public struct Party: Record {
  /// What a party is.
  public enum Kind: String, Sendable, CaseIterable {
    case company, fund, government, market, households, enterprises, other
  }

  /// The stored identity.
  public let id: String
  /// The name people use.
  public let name: String
  /// What it is.
  public let kind: Kind
  /// The group it is consolidated to, unless asked otherwise.
  public let parent: String?
  /// Whether it is part of the sector under study; aggregates never are.
  public let isInside: Bool
  /// Other names by scheme, as `ticker:NVDA`; `members` lists the parties an aggregate counts.
  public let identifiers: [(scheme: String, value: String)]
  /// What an editor wants a reader to know.
  public let note: String

  /// The table `parties`.
  public static let table = "parties"
  /// The columns of `parties.csv`.
  public static let columns = ["id", "name", "kind", "parent", "inside", "identifiers", "note"]

  private enum Inside: String, CaseIterable { case yes, no }

  /// Reads a row of `parties.csv`.
  public init(_ fields: Fields) throws(FieldFault) {
    id = try fields.identifier("id")
    name = try fields.required("name")
    kind = try fields.choice("kind", Kind.self)
    parent = try fields.optionalIdentifier("parent")
    isInside = try fields.choice("inside", Inside.self) == .yes
    identifiers = try Self.identifiers(in: fields.text("identifiers"))
    note = try fields.text("note")
    if isInside, kind != .company {
      throw FieldFault(
        column: "inside",
        reason: "a party of kind \(kind.rawValue) is never inside",
        advice: "write no; an aggregate inside the network manufactures loops"
      )
    }
  }

  private static func identifiers(
    in cell: String
  ) throws(FieldFault) -> [(scheme: String, value: String)] {
    var pairs: [(scheme: String, value: String)] = []
    for word in cell.split(separator: " ") {
      guard let colon = word.firstIndex(of: ":"), colon != word.startIndex else {
        throw FieldFault(
          column: "identifiers",
          reason: "\"\(word.prefix(40))\" has no scheme",
          advice: "write scheme:value pairs separated by blanks, as ticker:NVDA cik:0001045810"
        )
      }
      pairs.append((String(word[..<colon]), String(word[word.index(after: colon)...])))
    }
    return pairs
  }

  /// The parties that an aggregate counts together; empty where they are not named.
  public var members: [String] {
    identifier("members").map { $0.split(separator: ",").map(String.init) } ?? []
  }

  /// What it does in the sector, as `lab`; `nil` where nobody says.
  public var role: String? { identifier("role") }

  /// The signs its shares trade under.
  public var tickers: [String] {
    identifiers.filter { $0.scheme == "ticker" }.map(\.value)
  }

  /// What people call it, as `Nvidia`; `nil` where nobody says.
  ///
  /// A blank is written `_`.
  public var knownAs: String? {
    identifier("known-as").map { String($0.map { $0 == "_" ? " " : $0 }) }
  }

  private func identifier(_ scheme: String) -> String? {
    identifiers.first { $0.scheme == scheme }?.value
  }

  /// The cells of the row.
  public var values: [String] {
    [
      id, name, kind.rawValue, parent ?? "", isInside ? "yes" : "no",
      identifiers.map { "\($0.scheme):\($0.value)" }.joined(separator: " "), note,
    ]
  }

  /// Whether both rows hold the same cells.
  public static func == (left: Party, right: Party) -> Bool { left.values == right.values }
}
