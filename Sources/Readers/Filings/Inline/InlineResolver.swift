internal import Claims
internal import Tables

/// Makes figures of marks: numbers by their format, contexts and units by name, what is said twice once.
struct InlineResolver {
  private let page: InlineCollector
  private let file: String
  private var cover: [String: String] = [:]
  private var figures: [FiledFigure] = []
  private var places: [Said: Int] = [:]
  private var conflicts: [FilingConflict] = []
  private var nils: [UnreadFigure] = []
  private var unread: [UnreadFigure] = []
  private var repeated = 0
  private var passages: [Concept: Int] = [:]

  /// What makes two figures the same one.
  private struct Said: Hashable {
    let concept: Concept
    let members: [FiledMember]
    let period: FiledPeriod
    let unit: String
  }

  init(_ page: InlineCollector, file: String) { (self.page, self.file) = (page, file) }

  func filing() -> InlineFiling {
    var resolver = self
    for mark in page.marks where !mark.isNumber { resolver.takeText(mark) }
    for mark in page.marks where mark.isNumber { resolver.takeNumber(mark) }
    let end = resolver.cover["DocumentPeriodEndDate"].flatMap(WrittenDay.day)
    return InlineFiling(
      cover: resolver.cover,
      figures: resolver.figures,
      conflicts: resolver.conflicts,
      nils: resolver.nils,
      unread: resolver.unread,
      repeated: resolver.repeated,
      passages: resolver.passages,
      periodEnd: end
    )
  }

  // MARK: Texts

  private mutating func takeText(_ mark: InlineMark) {
    let concept = page.names.concept(mark.name)
    passages[concept, default: 0] += 1
    let isWhole = page.contexts[mark.context]?.members.isEmpty != false
    guard concept.taxonomy == "dei", isWhole, cover[concept.name] == nil else { return }
    cover[concept.name] = String(words(mark).prefix(300))
  }

  /// The words of a text, and of where it goes on.
  private func words(_ mark: InlineMark) -> String {
    var parts = [own(mark)]
    var seen: Set<String> = []
    var next = mark.continuedAt
    while let id = next, seen.insert(id).inserted, let more = page.continuations[id] {
      parts.append(own(more))
      next = more.continuedAt
    }
    return parts.joined(separator: " ").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  private func own(_ mark: InlineMark) -> String {
    (mark.isHidden ? page.hidden : page.visible).words(mark.range, without: mark.excluded)
  }

  // MARK: Numbers

  private mutating func takeNumber(_ mark: InlineMark) {
    if mark.isNil {
      nils.append(gap(mark, "the filing says that there is nothing to report"))
      return
    }
    do throws(InlineNumber.Fault) {
      let value = try InlineNumber.value(
        own(mark),
        format: mark.format,
        scale: mark.scale,
        sign: mark.sign
      )
      place(mark, value)
    } catch {
      unread.append(gap(mark, error.reason))
    }
  }

  private func gap(_ mark: InlineMark, _ reason: String) -> UnreadFigure {
    UnreadFigure(
      concept: page.names.concept(mark.name).description,
      context: mark.context,
      reason: reason
    )
  }

  private mutating func place(_ mark: InlineMark, _ value: StrictDecimal) {
    guard let context = page.contexts[mark.context] else {
      unread.append(gap(mark, "there is no context \(excerpt(mark.context))"))
      return
    }
    guard let period = context.period else {
      unread.append(gap(mark, "its context has no period that ends"))
      return
    }
    guard let unit = page.units[mark.unit]?.text else {
      unread.append(gap(mark, "there is no unit \(excerpt(mark.unit))"))
      return
    }
    add(
      FiledFigure(
        concept: page.names.concept(mark.name),
        members: context.members,
        period: period,
        value: value,
        unit: unit,
        decimals: mark.decimals.flatMap { Int($0) },
        filing: FilingReference(
          accession: "",
          form: cover["DocumentType"] ?? "",
          filed: nil,
          file: file
        ),
        place: place(of: mark)
      )
    )
  }

  /// Of figures said twice the one that rounds least stays, in the place of the first.
  private mutating func add(_ figure: FiledFigure) {
    let said = Said(
      concept: figure.concept,
      members: figure.members,
      period: figure.period,
      unit: figure.unit
    )
    guard let index = places[said] else {
      places[said] = figures.count
      figures.append(figure)
      return
    }
    let first = figures[index]
    guard Self.agree(first, figure) else {
      conflicts.append(FilingConflict(first: first, other: figure))
      return
    }
    repeated += 1
    if (figure.decimals ?? .max) > (first.decimals ?? .max) { figures[index] = figure }
  }

  /// Whether two figures are the same to the digits that both are exact to.
  private static func agree(_ one: FiledFigure, _ other: FiledFigure) -> Bool {
    if one.value == other.value { return true }
    guard let coarsest = [one.decimals, other.decimals].compactMap(\.self).min() else {
      return false
    }
    let unit = (0..<min(18, coarsest.magnitude)).reduce(1.0) { power, _ in power * 10 }
    let step = coarsest < 0 ? unit : 1 / unit
    return abs(one.value.double - other.value.double) <= step / 2 * (1 + 1e-12)
  }

  private func place(of mark: InlineMark) -> FiledPlace {
    let text = mark.isHidden ? page.hidden : page.visible
    return FiledPlace(
      context: mark.context,
      start: mark.range.lowerBound,
      end: mark.range.upperBound,
      words: own(mark).trimmingBlanks,
      before: mark.isHidden ? "" : text.before(mark.range.lowerBound),
      after: mark.isHidden ? "" : text.after(mark.range.upperBound),
      isHidden: mark.isHidden
    )
  }
}

extension String {
  /// The text without blanks at its ends, those of tables and of web pages alike.
  var trimmingBlanks: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension PageText {
  /// How much of what stands beside a figure is kept, in bytes.
  private static let reach = 160

  /// The words before a place, from the beginning of a word and of its paragraph on.
  func before(_ place: Int) -> String {
    var part = bytes[max(0, place - Self.reach)..<place]
    if place > Self.reach { part = part.drop { $0 > 0x20 } }
    if let line = part.lastIndex(of: 0x0A), line < part.endIndex - 1 { part = part[(line + 1)...] }
    return String(decoding: part, as: UTF8.self).trimmingBlanks
  }

  /// The words after a place, to the end of a word and of its paragraph.
  func after(_ place: Int) -> String {
    let end = min(bytes.count, place + Self.reach)
    var part = bytes[place..<end]
    if let line = part.firstIndex(of: 0x0A) {
      part = part[..<line]
    } else if end < bytes.count {
      part = part.dropLast(part.reversed().prefix { $0 > 0x20 }.count)
    }
    return String(decoding: part, as: UTF8.self).trimmingBlanks
  }
}

/// Days as covers of filings write them.
enum WrittenDay {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// The day in `January 26, 2025`, `26 January 2025`, `2025-01-26` or `01/26/2025`; `nil` for anything else.
  static func day(_ text: String) -> Day? {
    if case .day(let day)? = PartialDate(text.trimmingBlanks) { return day }
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    let numbers = words.compactMap { Int($0) }
    if let month = words.compactMap({ word in
      word.count >= 3 ? months.firstIndex { $0.hasPrefix(word) } : nil
    }).first, numbers.count == 2 {
      return Day(year: numbers[1], month: month + 1, day: numbers[0])
    }
    guard numbers.count == 3, numbers[2] > 999 else { return nil }
    return Day(year: numbers[2], month: numbers[0], day: numbers[1])
  }
}
