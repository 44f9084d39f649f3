/// Every declaration that other modules see stands under a `///` comment, attributes between them or not.
func checkDocumentation(_ name: String, _ text: String) -> [Violation] {
  guard name.hasSuffix(".swift") else { return [] }
  let lines = numberedLines(text)
  return lines.compactMap { number, line in
    guard isSeenDeclaration(line) else { return nil }
    let above = lines[..<(number - 1)].last { !$0.line.trimmed.hasPrefix("@") }
    guard above?.line.trimmed.hasPrefix("///") != true else { return nil }
    return Violation(file: name, line: number, reason: "no `///` above `\(line.trimmed)`")
  }
}

/// Whether a line begins a declaration that says `public`, `package` or `open`.
private func isSeenDeclaration(_ line: String) -> Bool {
  // A call of a function of that name declares nothing.
  guard !line.drop(while: \.isWhitespace).hasPrefix("open(") else { return false }
  let words = line.split(whereSeparator: { $0.isWhitespace || $0 == "(" }).map(String.init)
  let modifiers: Set = [
    "public", "open", "static", "final", "mutating", "nonmutating", "override", "required",
    "convenience", "indirect", "lazy", "weak", "nonisolated", "prefix", "postfix", "infix",
    "private", "fileprivate", "internal", "package", "set)", "isolated", "consuming", "borrowing",
  ]
  let leading = words.prefix { $0.hasPrefix("@") || modifiers.contains($0) }
  guard leading.contains(where: { ["public", "package", "open"].contains($0) }) else {
    return false
  }
  return !["import", "extension"].contains(words.dropFirst(leading.count).first)
}
