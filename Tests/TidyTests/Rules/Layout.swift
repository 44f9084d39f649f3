/// The most lines a file of ours may have.
let maximumLines = 500

/// A file is short, and has neither tabs nor blanks at the ends of lines.
func checkLayout(_ name: String, _ text: String) -> [Violation] {
  let lines = numberedLines(text)
  return lines.flatMap { number, line in
    var reasons: [String] = []
    if number == maximumLines + 1 { reasons.append("over \(maximumLines) lines; split the file") }
    if line.contains("\t") { reasons.append("a tab") }
    if line.last?.isWhitespace == true { reasons.append("blanks at the end") }
    return reasons.map { Violation(file: name, line: number, reason: $0) }
  }
}
