internal import Tables

/// An entity of FollowTheMoney: an id, a schema, and texts by property.
///
/// The format is that of the public package `followthemoney`: one JSON object a line, each property a list of texts.
package struct ExchangeEntity: Sendable, Equatable {
  /// The id, by which others refer to it.
  package let id: String
  /// What it is, as `Company`.
  package let schema: String
  /// Texts by property, none of them empty.
  package private(set) var properties: [String: [String]] = [:]

  /// An entity that says nothing yet.
  package init(id: String, schema: String) { (self.id, self.schema) = (id, schema) }

  /// Adds a text to a property; an empty one says nothing.
  package mutating func add(_ property: String, _ text: String) {
    guard !text.isEmpty, properties[property]?.contains(text) != true else { return }
    properties[property, default: []].append(text)
  }

  /// The one text of a property; `nil` where there are none or several.
  func one(_ property: String) -> String? {
    guard let texts = properties[property], texts.count == 1 else { return nil }
    return texts[0]
  }

  /// The first text of a property.
  func first(_ property: String) -> String? { properties[property]?.first }

  /// What it is called, for people.
  var label: String { "\(schema) \(id)" }

  /// Takes over what another fragment of the same entity says.
  private mutating func merge(_ other: ExchangeEntity) {
    for (property, texts) in other.properties.sorted(by: { $0.key < $1.key }) {
      for text in texts { add(property, text) }
    }
  }

  /// Entities with their fragments put together, in the order of their first.
  static func merged(_ fragments: [ExchangeEntity]) -> [ExchangeEntity] {
    var entities: [ExchangeEntity] = []
    var places: [String: Int] = [:]
    for fragment in fragments {
      guard let place = places[fragment.id] else {
        places[fragment.id] = entities.count
        entities.append(fragment)
        continue
      }
      let known = entities[place]
      let isNarrower = rank(fragment.schema) > rank(known.schema)
      var both = ExchangeEntity(id: known.id, schema: isNarrower ? fragment.schema : known.schema)
      both.merge(known)
      both.merge(fragment)
      entities[place] = both
    }
    return entities
  }

  /// How narrow a schema is, among those that fragments of one entity can have.
  private static func rank(_ schema: String) -> Int {
    switch schema {
    case "Thing": 0
    case "LegalEntity": 1
    case "Organization": 2
    default: 3
    }
  }

  // MARK: JSON

  /// The entity as one line of JSON, properties by name.
  package var line: String {
    let texts = properties.sorted { $0.key < $1.key }.map {
      (key: $0.key, value: JSONValue.array($0.value.map(JSONValue.string)))
    }
    return JSONValue.object([
      ("id", .string(id)), ("schema", .string(schema)), ("properties", .object(texts)),
    ]).encoded
  }

  /// The entities of a file of JSON lines, fragments put together.
  static func lines(_ bytes: [UInt8]) throws(ExchangeError) -> [ExchangeEntity] {
    var fragments: [ExchangeEntity] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let part = Array(bytes[start..<end])
      if part.contains(where: { $0 > 0x20 }) {
        fragments.append(try entity(part, line: line))
      }
      (start, line) = (end + 1, line + 1)
    }
    return merged(fragments)
  }

  private static func entity(_ bytes: [UInt8], line: Int) throws(ExchangeError) -> ExchangeEntity {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(bytes)
    } catch {
      throw .badLine(line: line, reason: error.description)
    }
    guard let id = value["id"]?.text, let schema = value["schema"]?.text, !id.isEmpty,
      !schema.isEmpty
    else {
      throw .badLine(line: line, reason: "an entity needs an id and a schema")
    }
    var entity = ExchangeEntity(id: id, schema: schema)
    for (property, texts) in value["properties"]?.pairs ?? [] {
      for text in texts.elements {
        guard let text = text.text ?? text["id"]?.text else {
          throw .badLine(line: line, reason: "the property \(property) holds what is no text")
        }
        entity.add(property, text)
      }
    }
    return entity
  }
}
