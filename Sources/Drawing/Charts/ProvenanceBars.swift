/// Whose money each party lives on: one bar per party, cut by where its receipts started.
package struct ProvenanceBars: Sendable {
  /// Where money starts.
  package struct Origin: Sendable {
    /// What shares call it.
    package let id: String
    /// Its name.
    package let label: String
    /// Its kind, which gives colour and pattern, such as `customers` or `lenders`.
    package let group: String
    /// Where it leads.
    package let href: String?

    /// Where money starts.
    ///
    /// - Parameters:
    ///   - id: What shares call it.
    ///   - label: Its name.
    ///   - group: Its kind; its name where it is not given.
    ///   - href: Where it leads.
    package init(id: String, label: String, group: String = "", href: String? = nil) {
      self.id = id
      self.label = label
      self.group = group.isEmpty ? label : group
      self.href = href
    }
  }

  /// A part of what a party receives.
  package struct Share: Sendable {
    /// The `id` of the origin.
    package let origin: String
    /// The part, 0 to 1.
    package let share: Double
    /// Where it leads; where the origin leads if not given.
    package let href: String?

    /// A part of what a party receives.
    ///
    /// - Parameters:
    ///   - origin: The `id` of the origin.
    ///   - share: The part, 0 to 1.
    ///   - href: Where it leads.
    package init(_ origin: String, _ share: Double, href: String? = nil) {
      self.origin = origin
      self.share = share
      self.href = href
    }
  }

  /// Through whom money came; parts may overlap.
  package struct Through: Sendable {
    /// The party it passed.
    package let label: String
    /// The part of the receipts that passed it, 0 to 1.
    package let share: Double
    /// Where it leads.
    package let href: String?

    /// Through whom money came.
    ///
    /// - Parameters:
    ///   - label: The party it passed.
    ///   - share: The part of the receipts that passed it.
    ///   - href: Where it leads.
    package init(_ label: String, _ share: Double, href: String? = nil) {
      self.label = label
      self.share = share
      self.href = href
    }
  }

  /// A party and what it lives on.
  package struct Party: Sendable {
    /// Its name.
    package let label: String
    /// What it receives, in words.
    package let amount: String
    /// Where its receipts started; what they lack to the whole cannot be traced.
    package let shares: [Share]
    /// Through whom they came.
    package let through: [Through]
    /// Where it leads.
    package let href: String?

    /// A party and what it lives on.
    ///
    /// - Parameters:
    ///   - label: Its name.
    ///   - amount: What it receives, in words.
    ///   - shares: Where its receipts started.
    ///   - through: Through whom they came.
    ///   - href: Where it leads.
    package init(
      label: String,
      amount: String = "",
      shares: [Share],
      through: [Through] = [],
      href: String? = nil
    ) {
      self.label = label
      self.amount = amount
      self.shares = shares
      self.through = through
      self.href = href
    }
  }

  /// Its words.
  package let caption: Caption
  /// Where money starts; the order breaks ties.
  package let origins: [Origin]
  /// The parties.
  package let parties: [Party]
  /// The least part that is shown by itself; smaller ones become one.
  package let least: Double

  /// Whose money each party lives on.
  ///
  /// - Parameters:
  ///   - caption: Its words.
  ///   - origins: Where money starts.
  ///   - parties: The parties.
  ///   - least: The least part that is shown by itself.
  package init(_ caption: Caption, origins: [Origin], parties: [Party], least: Double = 0.04) {
    self.caption = caption
    self.origins = origins
    self.parties = parties
    self.least = least
  }
}

/// A part of a bar.
struct ProvenanceSegment {
  let label: String
  let share: Double
  /// Its place in the palette; `nil` for what cannot be traced.
  let colour: Int?
  let href: String?

  var text: String { "\(percent(share)) \(label)" }
}

extension ProvenanceBars {
  /// The kinds of origin that have a colour, those with most of the money first.
  var groups: [String] {
    let known = Dictionary(origins.map { ($0.id, $0.group) }) { first, _ in first }
    var totals: [String: Double] = [:]
    for share in parties.flatMap(\.shares) where share.share.isFinite && share.share > 0 {
      totals[known[share.origin] ?? share.origin, default: 0] += share.share
    }
    var names: [String] = []
    for origin in origins where !names.contains(origin.group) { names.append(origin.group) }
    let ranked = names.indices.filter { totals[names[$0]] != nil }
      .sorted { (totals[names[$1]] ?? 0, $0) < (totals[names[$0]] ?? 0, $1) }
    return ranked.prefix(Theme.groupCount).map { names[$0] }
  }

  /// The parts of a party's bar, from the left: by kind, then by size, then the small ones.
  func segments(_ party: Party, groups: [String]) -> [ProvenanceSegment] {
    let known = Dictionary(origins.map { ($0.id, $0) }) { first, _ in first }
    let shares = party.shares.filter { $0.share.isFinite && $0.share > 0 }
    let sum = shares.reduce(0) { $0 + $1.share }
    let scale = sum > 1 ? 1 / sum : 1
    let large = shares.filter { $0.share * scale >= least }.map { share in
      let origin = known[share.origin] ?? Origin(id: share.origin, label: share.origin)
      return ProvenanceSegment(
        label: origin.label,
        share: share.share * scale,
        colour: groups.firstIndex(of: origin.group) ?? Theme.groupCount,
        href: share.href ?? origin.href
      )
    }
    let order = large.indices.sorted { left, right in
      let (one, other) = (large[left], large[right])
      let (colour, otherColour) = (one.colour ?? 0, other.colour ?? 0)
      return (colour, -one.share, left) < (otherColour, -other.share, right)
    }
    return order.map { large[$0] } + rest(shares, scale: scale, isWhole: sum > 0.9995, party)
  }

  /// What is too small to be shown by itself, and what cannot be traced.
  private func rest(
    _ shares: [Share],
    scale: Double,
    isWhole: Bool,
    _ party: Party
  ) -> [ProvenanceSegment] {
    let small = shares.filter { $0.share * scale < least }
    let rest = small.reduce(0) { $0 + $1.share } * scale
    let sum = shares.reduce(0) { $0 + $1.share }
    var segments: [ProvenanceSegment] = []
    if !small.isEmpty {
      segments.append(
        ProvenanceSegment(
          label: "from \(small.count) other\(small.count == 1 ? "" : "s")",
          share: rest,
          colour: Theme.groupCount,
          href: party.href
        )
      )
    }
    if !isWhole {
      segments.append(
        ProvenanceSegment(label: "not traced", share: 1 - sum, colour: nil, href: party.href)
      )
    }
    return segments
  }
}
