internal import Yams

/// A node of a scenario file, with the place it stands at.
final class ScenarioNode {
  /// What a node holds.
  enum Content {
    case text(String)
    case list([ScenarioNode])
    case map([(key: ScenarioNode, value: ScenarioNode)])
  }

  let content: Content
  let file: String
  let line: Int
  let column: Int

  /// More nodes than any scenario needs: a file that says more is a mistake, or an attack.
  private static let mostNodes = 100_000

  /// The root of a file.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - file: Its name, for messages.
  /// - Returns: The root.
  /// - Throws: ``ScenarioError`` where the text is not YAML, or empty, or too much.
  static func root(of text: String, file: String) throws(ScenarioError) -> ScenarioNode {
    try refuseAliases(text, file: file)
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.error(error, file: file)
    } catch {
      throw ScenarioError(
        file: file,
        line: 0,
        column: 0,
        problem: "the file cannot be read as YAML",
        advice: "write key: value lines, as docs/model.md shows"
      )
    }
    guard let root else {
      throw ScenarioError(
        file: file,
        line: 0,
        column: 0,
        problem: "the file is empty",
        advice: "begin with name: and shocks:, as docs/model.md shows"
      )
    }
    var left = mostNodes
    return try ScenarioNode(root, file: file, place: (1, 1), left: &left)
  }

  private init(
    _ node: Node,
    file: String,
    place: (line: Int, column: Int),
    left: inout Int
  ) throws(ScenarioError) {
    self.file = file
    (line, column) = node.mark.map { ($0.line, $0.column) } ?? place
    left -= 1
    guard left > 0 else {
      throw ScenarioError(
        file: file,
        line: line,
        column: column,
        problem: "the file says more than \(Self.mostNodes) things",
        advice: "write a shorter scenario"
      )
    }
    let here = (line, column)
    switch node {
    case .scalar(let scalar): content = .text(scalar.string)
    case .sequence(let sequence):
      var items: [ScenarioNode] = []
      for item in sequence {
        items.append(try ScenarioNode(item, file: file, place: here, left: &left))
      }
      content = .list(items)
    case .mapping(let mapping):
      var pairs: [(key: ScenarioNode, value: ScenarioNode)] = []
      for (key, value) in mapping {
        pairs.append(
          (
            try ScenarioNode(key, file: file, place: here, left: &left),
            try ScenarioNode(value, file: file, place: here, left: &left)
          )
        )
      }
      content = .map(pairs)
    case .alias:
      throw ScenarioError(
        file: file,
        line: line,
        column: column,
        problem: "an alias stands here",
        advice: "write the value out"
      )
    }
  }

  private static func error(_ error: YamlError, file: String) -> ScenarioError {
    let (line, column, problem): (Int, Int, String)
    switch error {
    case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _),
      .composer(_, let words, let mark, _):
      (line, column, problem) = (mark.line, mark.column, words)
    case .duplicatedKeysInMapping(let keys, let context):
      (line, column) = (context.mark.line, context.mark.column)
      problem = "\(keys.sorted().joined(separator: ", ").prefix(80)) stands twice"
    default: (line, column, problem) = (0, 0, "the file is not YAML")
    }
    return ScenarioError(
      file: file,
      line: line,
      column: column,
      problem: problem,
      advice: "correct the YAML there: key: value, two blanks deeper for what belongs to a key"
    )
  }
}
