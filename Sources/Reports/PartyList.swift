package import Claims
internal import Tables

/// Who is in a book.
package struct PartyList: TabularReport {
  /// One party.
  package struct Line: Encodable, Sendable {
    /// Its id.
    package let id: String
    /// Whether it is part of the sector under study.
    package let inside: Bool
    /// What it is.
    package let kind: String
    /// Its name.
    package let name: String
  }

  /// The parties, by id.
  package let parties: [Line]

  /// Lists the parties of a view.
  package init(_ view: View) {
    parties = view.contents.parties.map {
      Line(id: $0.id, inside: $0.isInside, kind: $0.kind.rawValue, name: $0.name)
    }
  }

  /// Writes the list itself.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  package func encode(to encoder: any Encoder) throws { try parties.encode(to: encoder) }

  /// A line a party.
  package func text(_: PartyNames) -> String {
    var table = TextTable([.left, .left, .left, .left])
    for party in parties {
      table.add(party.id, party.name, party.kind, party.inside ? "inside" : "")
    }
    return table.lines(indent: 0).legibleText + "\n"
  }

  /// A row a party.
  package func sheets(_: PartyNames) -> [Sheet] {
    [
      Sheet(
        "Parties",
        parties,
        [
          .text("party") { $0.name }, .text("id") { $0.id }, .text("kind") { $0.kind },
          .flag("inside") { $0.inside },
        ]
      )
    ]
  }
}
