/// Everybody a text speaks of, with the names each goes by.
struct Cast: Sendable {
  /// One name in words, and whose it is.
  struct Alias: Sendable {
    let words: [String]
    let entity: Int
  }

  /// Who there is.
  private(set) var entities: [Entity] = []
  /// Names by their first word, longest first.
  private(set) var aliases: [String: [Alias]] = [:]
  private var byWords: [String: Int] = [:]
  private var byID: [String: Int] = [:]

  /// Whose name these words are.
  func entity(named words: [String]) -> Int? { byWords[words.joined(separator: " ")] }

  /// Adds somebody.
  mutating func add(_ entity: Entity) -> Int {
    let key = "\(entity.id) \(entity.kind)"
    if let same = byID[key] { return same }
    byID[key] = entities.count
    entities.append(entity)
    return entities.count - 1
  }

  /// Gives somebody one more name.
  mutating func alias(_ words: [String], of entity: Int, surface: String? = nil) {
    let key = words.joined(separator: " ")
    guard let first = words.first else { return }
    if let surface, !entities[entity].names.contains(surface) {
      entities[entity].names.append(surface)
    }
    guard byWords[key] == nil else { return }
    byWords[key] = entity
    aliases[first, default: []].append(Alias(words: words, entity: entity))
    aliases[first]?.sort { $0.words.count > $1.words.count }
  }

  /// Changes what is known of somebody.
  mutating func change(_ entity: Int, _ body: (inout Entity) -> Void) { body(&entities[entity]) }
}
