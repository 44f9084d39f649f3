/// Deals over time as bars over their terms, and what was said of them as marks on the day.
package struct Timeline: Sendable {
  /// Whether money runs under a deal.
  package enum Standing: Sendable {
    /// Signed, running or done.
    case firm
    /// Rumoured, announced or intended.
    case planned
    /// It runs only if something happens: an option, a backstop, a warrant.
    case contingent
    /// Denied, withdrawn, lapsed, cancelled.
    case ended
  }

  /// What a claim does to its deal.
  package enum Act: Sendable, CaseIterable {
    /// It says something of it.
    case says
    /// It confirms another claim.
    case confirms
    /// It denies another claim.
    case denies
    /// It amends another claim.
    case amends
    /// It says that the deal is off, or over.
    case ends
    /// It puts another payer in.
    case novates
  }

  /// Who says so.
  package enum Trust: Sendable, CaseIterable {
    /// A filing or a court.
    case filing
    /// A party to the deal.
    case statement
    /// News.
    case news
    /// An analysis.
    case analysis
    /// A rumour.
    case rumour
  }

  /// A deal as one side tells it.
  package struct Reading: Sendable {
    /// Amount and status in words, such as `signed, up to $14.2bn`.
    package let text: String
    /// The first day of its term; `nil` where nobody says.
    package let start: ChartDay?
    /// The last day of its term; `nil` where it is open or nobody says.
    package let end: ChartDay?
    /// Whether money runs under it.
    package let standing: Standing

    /// A deal as one side tells it.
    ///
    /// - Parameters:
    ///   - text: Amount and status in words.
    ///   - start: The first day of its term.
    ///   - end: The last day of its term.
    ///   - standing: Whether money runs under it.
    package init(
      text: String,
      start: ChartDay? = nil,
      end: ChartDay? = nil,
      standing: Standing = .firm
    ) {
      self.text = text
      self.start = start
      self.end = end
      self.standing = standing
    }
  }

  /// What one teller said on one day.
  package struct Claim: Sendable {
    /// The day of the report.
    package let reported: ChartDay
    /// What it does to the deal.
    package let act: Act
    /// Who says so.
    package let trust: Trust
    /// Who says what, in a few words, such as `Financial Times: withdrawn`.
    package let label: String
    /// Where it leads.
    package let href: String?

    /// What one teller said on one day.
    ///
    /// - Parameters:
    ///   - reported: The day of the report.
    ///   - act: What it does to the deal.
    ///   - trust: Who says so.
    ///   - label: Who says what, in a few words.
    ///   - href: Where it leads.
    package init(
      reported: ChartDay,
      act: Act = .says,
      trust: Trust = .news,
      label: String,
      href: String? = nil
    ) {
      self.reported = reported
      self.act = act
      self.trust = trust
      self.label = label
      self.href = href
    }
  }

  /// A deal.
  package struct Deal: Sendable {
    /// What it is about.
    package let label: String
    /// The heading it stands under, such as `Microsoft → OpenAI`.
    package let group: String
    /// Its kind, which gives colour and pattern, such as `loan`.
    package let kind: String
    /// How it is told: as it stands first; more than one make it disputed.
    package let readings: [Reading]
    /// The day it was reported, where it stands if it has no term; by default that of its first claim.
    package let reported: ChartDay?
    /// What was said of it.
    package let claims: [Claim]
    /// Where it leads.
    package let href: String?

    /// A deal.
    ///
    /// - Parameters:
    ///   - label: What it is about.
    ///   - group: The heading it stands under.
    ///   - kind: Its kind.
    ///   - readings: How it is told: as it stands first.
    ///   - reported: The day it was reported.
    ///   - claims: What was said of it.
    ///   - href: Where it leads.
    package init(
      label: String,
      group: String,
      kind: String,
      readings: [Reading],
      reported: ChartDay? = nil,
      claims: [Claim] = [],
      href: String? = nil
    ) {
      self.label = label
      self.group = group
      self.kind = kind
      self.readings = readings
      self.reported = reported ?? claims.map(\.reported).min()
      self.claims = claims
      self.href = href
    }
  }

  /// Its words.
  package let caption: Caption
  /// The deals; those of one group in this order.
  package let deals: [Deal]
  /// The day as of which they stand, drawn as a line.
  package let asOf: ChartDay?
  /// The days shown; all that are named by default.
  package let window: ClosedRange<ChartDay>?
  /// Whether claims are labelled; by default where the window is short and claims are few.
  package let labelsClaims: Bool?

  /// Deals over time.
  ///
  /// - Parameters:
  ///   - caption: Its words.
  ///   - deals: The deals; those of one group in this order.
  ///   - asOf: The day as of which they stand.
  ///   - window: The days shown; all that are named by default.
  ///   - labelsClaims: Whether claims are labelled; by default where the window is at most two
  ///     years long and the claims in it are at most 40.
  package init(
    _ caption: Caption,
    deals: [Deal],
    asOf: ChartDay? = nil,
    window: ClosedRange<ChartDay>? = nil,
    labelsClaims: Bool? = nil
  ) {
    self.caption = caption
    self.deals = deals
    self.asOf = asOf
    self.window = window
    self.labelsClaims = labelsClaims
  }
}

extension Timeline {
  /// The days shown.
  var days: ClosedRange<ChartDay> {
    if let window { return window }
    let readings = deals.flatMap(\.readings)
    let named: [ChartDay?] =
      readings.map(\.start) + readings.map(\.end) + deals.map(\.reported) + [asOf]
      + deals.flatMap(\.claims).map(\.reported)
    let known = named.compactMap { $0 }
    guard let first = known.min(), let last = known.max() else {
      return ChartDay(number: 19_723)...ChartDay(number: 20_088)
    }
    let margin = max((last.number - first.number) / 40, 7)
    return ChartDay(number: first.number - margin)...ChartDay(number: last.number + margin)
  }

  /// The groups in the order in which deals name them.
  var groups: [(label: String, deals: [Deal])] {
    var names: [String] = []
    var members: [String: [Deal]] = [:]
    for deal in deals {
      if members[deal.group] == nil { names.append(deal.group) }
      members[deal.group, default: []].append(deal)
    }
    return names.map { ($0, members[$0] ?? []) }
  }

  /// The kinds that have a colour, the most frequent first.
  var kinds: [String] {
    var names: [String] = []
    var counts: [String: Int] = [:]
    for deal in deals {
      if counts[deal.kind] == nil { names.append(deal.kind) }
      counts[deal.kind, default: 0] += 1
    }
    let ranked = names.indices.sorted {
      (counts[names[$1]] ?? 0, $0) < (counts[names[$0]] ?? 0, $1)
    }
    return ranked.prefix(Theme.groupCount).map { names[$0] }
  }

  /// Whether claims are labelled, in a window.
  func hasLabels(in window: ClosedRange<ChartDay>) -> Bool {
    if let labelsClaims { return labelsClaims }
    let count = deals.flatMap(\.claims).filter { window.contains($0.reported) }.count
    return count <= 40 && window.upperBound.number - window.lowerBound.number <= 731
  }
}
