/// Nothing but the command prints, and nothing in the library stops the program on bad input.
func checkQuiet(_ name: String, _ text: String) -> [Violation] {
  guard name.hasSuffix(".swift"), !name.hasPrefix("Sources/ouro/") else { return [] }
  return numberedLines(text).flatMap { number, line in
    let code = withoutComment(line)
    return ["fatalError(", "try!", "print("]
      .filter { calls($0, in: code) }
      .map { Violation(file: name, line: number, reason: "`\($0)` outside ouro") }
  }
}

/// Whether the word stands in the code by itself: `print(`, but neither `blueprint(` nor `.print(`.
private func calls(_ word: String, in code: String) -> Bool {
  code.ranges(of: word).contains { range in
    let before = code[..<range.lowerBound]
    guard let last = before.last else { return true }
    let isPartOfName = last.isLetter || last.isNumber || last == "_" || last == "."
    return !isPartOfName && !before.hasSuffix("func ")
  }
}

/// A line up to its comment; `//` inside a string is none.
private func withoutComment(_ line: String) -> String {
  let comment = line.ranges(of: "//").first { range in
    line[..<range.lowerBound].count { $0 == "\"" }.isMultiple(of: 2)
  }
  return comment.map { String(line[..<$0.lowerBound]) } ?? line
}
