import Claims
import Foundation

/// A period as filings write it; a balance has its day as both ends.
struct EdgarPeriod: Hashable {
  let start: String
  let end: String

  init?(_ fact: Fact) {
    guard let start = fact.start, let end = fact.end else { return nil }
    self.init(start: start.description, end: end.description)
    guard self.start.count == 10, self.end.count == 10 else { return nil }
  }

  init(start: String, end: String) {
    self.start = start
    self.end = end
  }
}

/// What `companyfacts` of the SEC holds of one company: every value of every tag, with the day it was filed.
struct CompanyFacts {
  struct Value {
    let value: Double
    let filed: String?
  }

  private let concepts: [String: Any]

  init(_ file: URL) throws {
    let json = try JSONSerialization.jsonObject(with: unpacked(file)) as? [String: Any]
    concepts = (json?["facts"] as? [String: Any])?["us-gaap"] as? [String: Any] ?? [:]
  }

  private func entries(_ tag: String) -> [(period: EdgarPeriod, value: Value)] {
    let units = (concepts[tag] as? [String: Any])?["units"] as? [String: Any]
    return (units?["USD"] as? [[String: Any]] ?? []).compactMap { entry in
      guard let end = entry["end"] as? String, let value = (entry["val"] as? NSNumber)?.doubleValue
      else { return nil }
      let period = EdgarPeriod(start: entry["start"] as? String ?? end, end: end)
      return (period, Value(value: value, filed: entry["filed"] as? String))
    }
  }

  /// What was filed of exactly this period.
  func direct(_ tag: String, _ period: EdgarPeriod) -> [Value] {
    entries(tag).filter { $0.period == period }.map(\.value)
  }

  /// What was filed of this period, else what a longer one holds beyond its beginning.
  func values(_ tag: String, _ period: EdgarPeriod) -> [Value] {
    let direct = direct(tag, period)
    guard direct.isEmpty, period.start != period.end else { return direct }
    let entries = entries(tag)
    return entries.filter { $0.period.end == period.end && $0.period.start < period.start }
      .flatMap { whole in
        entries.filter {
          $0.period.start == whole.period.start && isDayBefore($0.period.end, period.start)
        }
        .map { Value(value: whole.value.value - $0.value.value, filed: nil) }
      }
  }

  private func isDayBefore(_ day: String, _ next: String) -> Bool {
    guard let day = PartialDate(day)?.last, let next = PartialDate(next)?.first else {
      return false
    }
    return day.advanced(by: 1) == next
  }
}

/// The tagged figures of an annual report in inline XBRL.
struct InlineReport {
  struct Figure {
    let value: Double
    let members: [String]
  }

  private var figures: [String: [EdgarPeriod: [Figure]]] = [:]

  init(_ file: URL) throws {
    let text = String(decoding: try unpacked(file), as: UTF8.self)
    let contexts = Self.contexts(text)
    for piece in text.components(separatedBy: "<ix:nonFraction ").dropFirst() {
      let head = piece.prefix { $0 != ">" }
      guard let name = attribute("name", of: head),
        let context = attribute("contextRef", of: head).flatMap({ contexts[$0] }),
        let end = piece.range(of: "</ix:nonFraction>"), head.endIndex < end.lowerBound,
        let amount = Double(plain(piece[piece.index(after: head.endIndex)..<end.lowerBound]))
      else { continue }
      let scale = attribute("scale", of: head).flatMap(Double.init) ?? 0
      let sign: Double = attribute("sign", of: head) == "-" ? -1 : 1
      let tag = name.components(separatedBy: ":").last ?? name
      let value = sign * amount * pow(10, scale)
      figures[tag, default: [:]][context.period, default: []]
        .append(Figure(value: scale < 0 ? value : value.rounded(), members: context.members))
    }
  }

  private static func contexts(
    _ text: String
  ) -> [String: (period: EdgarPeriod, members: [String])] {
    var contexts: [String: (period: EdgarPeriod, members: [String])] = [:]
    for piece in text.components(separatedBy: "<xbrli:context id=\"").dropFirst() {
      guard let end = piece.range(of: "</xbrli:context>") else { continue }
      let body = piece[..<end.lowerBound]
      let id = String(body.prefix { $0 != "\"" })
      let instant = between("<xbrli:instant>", "<", in: body)
      guard let first = instant ?? between("<xbrli:startDate>", "<", in: body),
        let last = instant ?? between("<xbrli:endDate>", "<", in: body)
      else { continue }
      let members = body.components(separatedBy: "<xbrldi:explicitMember ").dropFirst()
        .compactMap { between(">", "<", in: Substring($0)) }
      contexts[id] = (EdgarPeriod(start: first, end: last), members)
    }
    return contexts
  }

  /// Every figure of a tag in a period, whatever members it has.
  func tagged(_ tag: String, _ period: EdgarPeriod) -> [Figure] { figures[tag]?[period] ?? [] }

  /// The figures of a tag that have exactly these members.
  func values(_ tag: String, _ period: EdgarPeriod, members: [String]) -> [Double] {
    tagged(tag, period).filter { $0.members == members }.map(\.value)
  }
}

private func between(_ start: String, _ end: String, in text: Substring) -> String? {
  guard let first = text.range(of: start),
    let last = text.range(of: end, range: first.upperBound..<text.endIndex)
  else { return nil }
  return String(text[first.upperBound..<last.lowerBound])
}

private func attribute(_ name: String, of head: Substring) -> String? {
  between(" \(name)=\"", "\"", in: Substring(" " + head))
}

/// The text of a figure without what dresses it.
private func plain(_ text: Substring) -> String {
  var isTag = false
  return String(
    text.filter { character in
      if character == "<" { isTag = true }
      defer { if character == ">" { isTag = false } }
      return !isTag && character != "," && !character.isWhitespace
    }
  )
}

/// The bytes of a file packed by gzip.
func unpacked(_ file: URL) throws -> Data {
  let process = Process()
  process.executableURL = URL(filePath: "/bin/gzip")
  process.arguments = ["-dc", file.path]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return data
}
