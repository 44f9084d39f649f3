/// A cell of a row that names another row.
public struct Reference: Sendable, Equatable {
  /// The column of the cell.
  public let column: String
  /// The table that the named row stands in.
  public let table: String
  /// The id of the named row.
  public let id: String
}

extension Party {
  /// The group it belongs to, and the parties an aggregate counts.
  public var references: [Reference] {
    refer("parent", Party.self, parent)
      + members.map { Reference(column: "identifiers", table: Party.table, id: $0) }
  }
}

extension Source {
  /// None: a source stands alone.
  public var references: [Reference] { [] }
}

extension Deal {
  /// Who pays and who is paid.
  public var references: [Reference] {
    refer("payer", Party.self, payer) + refer("payee", Party.self, payee)
  }
}

extension Claim {
  /// The deal, the source, the claim it speaks of, and the new payer.
  public var references: [Reference] {
    refer("deal", Deal.self, deal) + refer("source", Source.self, source)
      + refer("about", Claim.self, about) + refer("new_payer", Party.self, newPayer)
  }
}

extension Fact {
  /// The parties, the source, and the fact it speaks of.
  public var references: [Reference] {
    refer("party", Party.self, party) + refer("counterparty", Party.self, counterparty)
      + refer("source", Source.self, source) + refer("about", Fact.self, about)
  }
}

extension Assumption {
  /// The source, and the deal that its name speaks of, as in `end:DEAL`.
  public var references: [Reference] {
    let prefix = ["start:", "end:", "amount:"].first { name.hasPrefix($0) }
    let deal = prefix.map { String(name.dropFirst($0.count)) }
    return refer("source", Source.self, source) + refer("name", Deal.self, deal)
  }
}

/// A reference where the cell is not empty.
private func refer(_ column: String, _ target: any Record.Type, _ id: String?) -> [Reference] {
  id.map { [Reference(column: column, table: target.table, id: $0)] } ?? []
}

extension Reference {
  /// What is wrong when the row it names is not there.
  public var fault: FieldFault {
    let what = [
      Party.table: "party", Source.table: "source", Deal.table: "deal", Claim.table: "claim",
      Fact.table: "fact",
    ]
    let word = what[table] ?? "row"
    return FieldFault(
      column: column,
      reason: "there is no \(word) \(id)",
      advice: "correct the id, or add the \(word) first"
    )
  }
}
