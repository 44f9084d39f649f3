internal import Claims
internal import Tables

/// Entities of FollowTheMoney as rows of a book: those that a book was written as, to the letter, and others' by rule.
struct EntityReader {
  private let entities: [ExchangeEntity]
  private let origin: ExchangeOrigin
  private let contents: BookContents
  private let marks: [String: Mark]

  /// The row that an entity was written from.
  private struct Mark {
    let table: String
    let id: String
    let cells: [String: String]
  }

  init(_ entities: [ExchangeEntity], _ origin: ExchangeOrigin, _ contents: BookContents) {
    (self.entities, self.origin, self.contents) = (entities, origin, contents)
    var marks: [String: Mark] = [:]
    for entity in entities { marks[entity.id] = Self.mark(entity) }
    self.marks = marks
  }

  private static func mark(_ entity: ExchangeEntity) -> Mark? {
    for text in entity.properties[EntityLayout.rest] ?? [] {
      guard let value = try? JSONValue(Array(text.utf8)),
        let table = value[EntityLayout.table]?.text, let id = value["id"]?.text
      else { continue }
      var cells: [String: String] = [:]
      for (key, value) in value.pairs where key != EntityLayout.table && key != "id" {
        cells[key] = value.text
      }
      return Mark(table: table, id: id, cells: cells)
    }
    return nil
  }

  func reading() -> ExchangeReading {
    var reading = ExchangeReading()
    let payees = payees
    for entity in entities {
      guard let mark = marks[entity.id] else { continue }
      add(entity, mark, payees, to: &reading)
    }
    let others = entities.filter { marks[$0.id] == nil }
    guard !others.isEmpty else { return reading }
    var foreign = ForeignEntities(others, origin, contents)
    foreign.read(into: &reading)
    return reading
  }

  /// The payee of each deal, by what joins its sides.
  private var payees: [String: String] {
    var payees: [String: String] = [:]
    for entity in entities {
      guard let mark = marks[entity.id], mark.table == "sides" else { continue }
      let properties = ["supplier", "debtor", "asset", "object"]
      let payee = properties.compactMap { entity.one($0) }.first
      payees[mark.id] = payee.flatMap { row($0, of: Party.table) }
    }
    return payees
  }

  /// The id of the row of `table` that an entity stands for.
  private func row(_ entity: String, of table: String) -> String? {
    guard let mark = marks[entity], mark.table == table else { return nil }
    return mark.id
  }

  private func add(
    _ entity: ExchangeEntity,
    _ mark: Mark,
    _ payees: [String: String],
    to reading: inout ExchangeReading
  ) {
    guard mark.table != "sides" else { return }
    guard let layout = EntityLayout.of(mark.table, entity.schema) else {
      return reading.faults.append("\(entity.label): there is no table \(mark.table)")
    }
    var cells = cells(entity, layout, &reading)
    if mark.table == Deal.table { cells["payee"] = payees[mark.id] }
    if let amount = entity.one(mark.table == Claim.table ? "amount" : "percentage") {
      (cells["low"], cells["high"]) = (amount, amount)
    }
    cells.merge(mark.cells) { $1 }
    cells["id"] = mark.id
    switch mark.table {
    case Party.table: reading.add(Party.self, cells, from: entity.label)
    case Source.table: reading.add(Source.self, cells, from: entity.label)
    case Deal.table: reading.add(Deal.self, cells, from: entity.label)
    case Claim.table: reading.add(Claim.self, cells, from: entity.label)
    case Fact.table: reading.add(Fact.self, cells, from: entity.label)
    default: reading.add(Assumption.self, cells, from: entity.label)
    }
  }

  /// The cells that properties hold.
  private func cells(
    _ entity: ExchangeEntity,
    _ layout: EntityLayout,
    _ reading: inout ExchangeReading
  ) -> [String: String] {
    var cells: [String: String] = [:]
    for binding in layout.bindings {
      guard let texts = entity.properties[binding.property] else { continue }
      guard texts.count == 1 else {
        reading.faults.append(
          "\(entity.label), \(binding.property): there are \(texts.count) texts, and a row holds one; delete all but one"
        )
        continue
      }
      guard let table = binding.table else {
        cells[binding.column] = texts[0]
        continue
      }
      if let row = row(texts[0], of: table) {
        cells[binding.column] = row
      } else {
        reading.faults.append(
          "\(entity.label), \(binding.property): the file has no entity \(texts[0]) that is a row of \(table)"
        )
      }
    }
    return cells
  }
}
