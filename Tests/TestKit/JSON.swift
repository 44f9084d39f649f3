public import Foundation

/// Any JSON, to look things up in.
public enum JSON: Decodable, Sendable, Equatable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number.
  case number(Double)
  /// A string.
  case string(String)
  /// A list.
  case array([JSON])
  /// An object.
  case object([String: JSON])

  /// Decodes whatever is there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  /// Reads `text`.
  public init(_ text: String) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
  }

  /// Reads a file.
  public init(contentsOf file: URL) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: file))
  }

  /// The member of an object, or `nil`.
  public subscript(_ key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// An object without some of its members: answers of two forms of one file rest on two files.
  public func without(_ keys: String...) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !keys.contains($0.key) })
  }

  /// The keys of all objects in it but of those under `exceptions`, whose keys are data.
  public func fieldNames(except exceptions: Set<String> = []) -> Set<String> {
    switch self {
    case .object(let members):
      members.reduce(into: Set(members.keys)) { names, member in
        guard !exceptions.contains(member.key) else { return }
        names.formUnion(member.value.fieldNames(except: exceptions))
      }
    case .array(let elements):
      elements.reduce(into: []) { $0.formUnion($1.fieldNames(except: exceptions)) }
    default: []
    }
  }

  /// The number, or `nil`.
  public var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The string, or `nil`.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The elements of a list; none of anything else.
  public var elements: [JSON] {
    if case .array(let values) = self { values } else { [] }
  }

  /// The members of an object by key; none of anything else.
  public var members: [String: JSON] {
    if case .object(let values) = self { values } else { [:] }
  }

  /// The numbers of a list; `null` is zero.
  public var numbers: [Double] { elements.map { $0.number ?? 0 } }
}

/// The published cases of `measure` that lie beside the package, by name; none where there are none.
public func vectors(_ measure: String) throws -> [(name: String, json: JSON)] {
  let folder = packageRoot.deletingLastPathComponent().appending(path: "shared/vectors/\(measure)")
  guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
  return try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(".json") }
    .sorted()
    .map { ($0, try JSON(contentsOf: folder.appending(path: $0))) }
}
