internal import Claims

/// A context: of whom and of when a figure is, and of which part.
struct InlineContext {
  var period: FiledPeriod?
  var members: [FiledMember] = []
  private var start: Day?
  private var end: Day?

  /// Takes what stood in an element of a context.
  mutating func take(_ element: String, _ text: String, dimension: Concept?, member: Concept?) {
    switch element {
    case "instant": period = Self.day(text).map { .instant($0) }
    case "startDate": start = Self.day(text, isStart: true)
    case "endDate": end = Self.day(text)
    case "explicitMember", "typedMember":
      guard let dimension, let member else { return }
      members.append(FiledMember(axis: dimension, member: member))
    default: break
    }
    if let start, let end, let span = Period(first: start, last: end) { period = .duration(span) }
  }

  /// The context with its members in an order that does not depend on how they were written.
  var ordered: InlineContext {
    var context = self
    context.members.sort { ($0.axis, $0.member) < ($1.axis, $1.member) }
    return context
  }

  /// A date; midnight at the beginning of a day ends the day before.
  private static func day(_ text: String, isStart: Bool = false) -> Day? {
    let text = text.split(whereSeparator: \.isWhitespace).joined()
    guard case .day(let day)? = PartialDate(text.prefix(10)) else { return nil }
    let time = text.dropFirst(10)
    guard !isStart, !time.isEmpty, time.hasPrefix("T00:00:00") else { return day }
    return day.advanced(by: -1)
  }
}

/// Names that stand in the values of attributes, whose prefixes a document declares.
struct TaxonomyNames {
  private var taxonomies: [String: String] = [:]

  /// Notes what a prefix stands for.
  mutating func declare(_ prefix: String, _ space: String) {
    taxonomies[prefix] = Self.taxonomy(space) ?? prefix
  }

  /// The tag that a name with a prefix means.
  func concept(_ name: String) -> Concept {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return Concept("", name) }
    return Concept(taxonomies[parts[0]] ?? parts[0], parts[1])
  }

  /// The usual prefix of a taxonomy that everybody uses, whatever a document calls it.
  private static func taxonomy(_ space: String) -> String? {
    let known = [
      ("/us-gaap/", "us-gaap"), ("fasb.org/srt/", "srt"), ("/dei/", "dei"),
      ("/ifrs-full", "ifrs-full"), ("/iso4217", "iso4217"), ("/2003/instance", "xbrli"),
    ]
    return known.first { space.contains($0.0) }?.1
  }
}
