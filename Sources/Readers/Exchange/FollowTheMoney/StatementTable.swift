internal import Tables

/// Statements of FollowTheMoney: one line of CSV for each text of each property of an entity.
package enum StatementTable {
  /// The columns, in the order of the public package.
  static let columns = [
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin",
    "lang", "original_value", "external", "first_seen", "last_seen", "id",
  ]

  /// Statements of entities, sorted by entity, as the public package puts them together again.
  ///
  /// - Parameters:
  ///   - entities: The entities.
  ///   - dataset: What the collection is called.
  /// - Returns: The bytes of the file.
  package static func csv(_ entities: [ExchangeEntity], dataset: String) -> [UInt8] {
    var writer = CSVWriter(header: columns)
    for entity in entities.sorted(by: { $0.id < $1.id }) {
      for (property, texts) in entity.properties.sorted(by: { $0.key < $1.key }) {
        for text in texts {
          writer.append([
            entity.id, entity.id, property, "", entity.schema, text, dataset, "", "", "", "f", "",
            "", "",
          ])
        }
      }
    }
    return writer.bytes
  }

  /// The entities that statements speak of, in the order of their first.
  static func entities(_ bytes: [UInt8]) throws(ExchangeError) -> [ExchangeEntity] {
    let fragments: [ExchangeEntity]?
    do throws(TableError) {
      fragments = try Self.fragments(bytes)
    } catch {
      throw .badLine(line: error.line, reason: "\(error.reason); \(error.advice)")
    }
    guard let fragments else { throw .unknownFile }
    return ExchangeEntity.merged(fragments)
  }

  /// What statements say, those of one entity that stand together in one; `nil` where a column is missing.
  private static func fragments(_ bytes: [UInt8]) throws(TableError) -> [ExchangeEntity]? {
    var reader = try CSVReader(bytes: bytes, file: "", longestCell: 1 << 20)
    let header = reader.header
    let place = { (name: String) in header.firstIndex(of: name) }
    guard let entity = place("canonical_id") ?? place("entity_id"), let property = place("prop"),
      let schema = place("schema"), let value = place("value")
    else { return nil }
    var fragments: [ExchangeEntity] = []
    while let record = try reader.next() {
      let (id, kind) = (record[entity], record[schema])
      if fragments.last?.id != id || fragments.last?.schema != kind {
        fragments.append(ExchangeEntity(id: id, schema: kind))
      }
      // The statement of the id itself carries a checksum, and says nothing else.
      guard record[property] != "id" else { continue }
      fragments[fragments.count - 1].add(record[property], record[value])
    }
    return fragments
  }
}
