/// Every case of every error type that other modules see is provoked by a test, which names the case or says words of its sentence.
///
/// A case is named by its type, as `StressError.owesItself`. Words are three in a row of what the case says to a person.
/// What asks to be reported is a bug of ours, which no input provokes.
///
/// - Parameter tests: The text of all tests.
/// - Returns: The rule.
func checkProvoked(by tests: String) -> Rule {
  { name, text in
    guard name.hasSuffix(".swift") else { return [] }
    let lines = numberedLines(text)
    return errorTypes(lines).flatMap { type -> [Violation] in
      cases(of: type, lines).filter { !isProvoked($0.name, of: type, lines, by: tests) }.map {
        let reason = "no test provokes \(type.name).\($0.name)"
        return Violation(file: name, line: $0.number, reason: reason)
      }
    }
  }
}

private func isProvoked(
  _ name: String,
  of type: ErrorType,
  _ lines: [(number: Int, line: String)],
  by tests: String
) -> Bool {
  let sentence = sentence(of: name, type, lines)
  return sentence.contains("please report it") || tests.contains("\(type.name).\(name)")
    || phrases(sentence).contains(where: tests.contains)
}

/// An error type: its name, how far in it stands, and the places of its lines.
private struct ErrorType {
  let name: String
  let indent: Int
  let lines: Range<Int>
}

private func indent(of line: String) -> Int { line.prefix { $0 == " " }.count }

/// The enumerations that declare themselves errors, to other modules.
private func errorTypes(_ lines: [(number: Int, line: String)]) -> [ErrorType] {
  lines.indices.compactMap { first in
    let line = lines[first].line
    let words = line.split(whereSeparator: { " :,{".contains($0) }).map(String.init)
    guard let place = words.firstIndex(of: "enum"), place + 1 < words.count,
      ["public", "package"].contains(words[0]), words.dropFirst(place + 2).contains("Error"),
      line.hasSuffix("{")
    else { return nil }
    let indent = indent(of: line)
    let closing = String(repeating: " ", count: indent) + "}"
    let end = lines[first...].firstIndex { $0.line == closing } ?? lines.endIndex
    return ErrorType(name: words[place + 1], indent: indent, lines: first..<end)
  }
}

/// The cases that a type declares, with the numbers of their lines.
private func cases(
  of type: ErrorType,
  _ lines: [(number: Int, line: String)]
) -> [(number: Int, name: String)] {
  lines[type.lines].flatMap { number, line -> [(number: Int, name: String)] in
    guard indent(of: line) == type.indent + 2, line.trimmed.hasPrefix("case ") else { return [] }
    var (depth, plain) = (0, "")
    for letter in line.trimmed.dropFirst("case ".count) {
      if letter == "(" { depth += 1 }
      if depth == 0 { plain.append(letter) }
      if letter == ")" { depth -= 1 }
    }
    return plain.split(separator: ",").map { (number, $0.trimmed) }
  }
}

/// What a type's description says of a case: the lines from there to the next case.
private func sentence(
  of name: String,
  _ type: ErrorType,
  _ lines: [(number: Int, line: String)]
) -> String {
  let own = lines[type.lines].map(\.line)
  let start = own.firstIndex { line in
    let words = line.trimmed
    guard words.hasPrefix("case ."), indent(of: line) > type.indent + 2 else { return false }
    return words.dropFirst(6).prefix { $0.isLetter || $0.isNumber } == name
  }
  guard let start else { return "" }
  let rest = own[(start + 1)...].prefix { !$0.trimmed.hasPrefix("case .") }
  return ([own[start]] + rest).joined(separator: "\n")
}

/// Every three words in a row that stand in the literals of some code, without what is filled in.
private func phrases(_ code: String) -> [String] {
  var (pieces, piece, isInside, depth) = ([String](), "", false, 0)
  var last: Character = " "
  for letter in code {
    if isInside, last == "\\", letter == "(" {
      pieces.append(String(piece.dropLast()))
      (piece, depth) = ("", 1)
    } else if depth > 0 {
      depth += letter == "(" ? 1 : letter == ")" ? -1 : 0
    } else if letter == "\"", last != "\\" {
      pieces.append(piece)
      (piece, isInside) = ("", !isInside)
    } else if isInside {
      piece.append(letter)
    }
    last = letter
  }
  return pieces.flatMap { piece in
    let words = piece.split(separator: " ")
    return (0..<max(0, words.count - 2)).map { words[$0..<($0 + 3)].joined(separator: " ") }
  }
}
