/// Every DOI in a file is among those of the list of references.
func checkReferences(listed: Set<String>) -> Rule {
  { name, text in
    numberedLines(text).flatMap { number, line in
      citations(line)
        .filter { !listed.contains($0) }
        .map { cited in
          let what = cited.isEmpty ? "`doi:` names no DOI" : "\(cited) is not in docs/references.md"
          return Violation(file: name, line: number, reason: what)
        }
    }
  }
}

/// The DOIs a line cites by `doi:` or a `doi.org/` address; empty where none follows.
func citations(_ line: String) -> [String] {
  let line = line.lowercased()
  return ["doi:", "doi.org/"].flatMap { mark in
    line.ranges(of: mark).map { range in
      let rest = line[range.upperBound...]
      return rest.hasPrefix("10.") ? leadingIdentifier(rest) : ""
    }
  }
}

/// The DOIs of a list of references, however they are written there.
func listedIdentifiers(_ references: String) -> Set<String> {
  let text = references.lowercased()
  let found = text.ranges(of: "10.").map { leadingIdentifier(text[$0.lowerBound...]) }
  return Set(found.filter { $0.contains("/") })
}

/// The DOI at the start of a text, without the punctuation of the sentence it stands in.
private func leadingIdentifier(_ text: Substring) -> String {
  let ends: Set<Character> = ["<", ">", "\"", "|", "[", "]", "`", "*", "{", "}", ","]
  var identifier = text.prefix { !$0.isWhitespace && !ends.contains($0) }
  while let last = identifier.last {
    let opened = identifier.count { $0 == "(" }
    let closed = identifier.count { $0 == ")" }
    guard ".;:_".contains(last) || (last == ")" && closed > opened) else { break }
    identifier.removeLast()
  }
  return String(identifier)
}
