/// The claims of a view, by deal, with what each corrects.
struct Hearing: Sendable {
  private let byDeal: [String: [Claim]]
  private let byID: [String: Claim]
  /// The claims that speak of each claim.
  private let about: [String: [Claim]]
  private let resolver: Resolver

  init(_ heard: [Claim], _ tellers: TellerFilter) {
    byDeal = Dictionary(grouping: heard, by: \.deal).mapValues { tellers.inOrder($0) }
    byID = Dictionary(heard.map { ($0.id, $0) }) { first, _ in first }
    about = Dictionary(grouping: heard.filter { $0.about != nil }) { $0.about ?? "" }
    resolver = Resolver(tellers: tellers)
  }

  /// The deal as it stands; `nil` where none of its claims counts.
  ///
  /// - Parameters:
  ///   - deal: The deal.
  ///   - claim: A claim that is not heard, nor those about it.
  /// - Returns: How it stands.
  func resolve(_ deal: Deal, without claim: String? = nil) -> DealView? {
    let gone = claim.map(withThoseAbout) ?? []
    guard let claims = byDeal[deal.id]?.filter({ !gone.contains($0.id) }) else { return nil }
    var replaced: [String: String] = [:]
    for claim in claims {
      let corrections = about[claim.id]?.filter { $0.says == .supersede && !gone.contains($0.id) }
      replaced[claim.id] = corrections?.last?.id
    }
    return resolver.resolve(deal, claims: claims, replaced: replaced)
  }

  /// The claims without which a deal can stand otherwise: its own, those that correct them, and those that any of
  /// these speak of.
  func claimsBehind(_ deal: Deal) -> [String] {
    let own = byDeal[deal.id] ?? []
    var behind = Set(own.map(\.id))
    var next = own + own.flatMap { about[$0.id] ?? [] }
    while let claim = next.popLast() {
      behind.insert(claim.id)
      if let spokenOf = claim.about.flatMap({ byID[$0] }), !behind.contains(spokenOf.id) {
        next.append(spokenOf)
      }
    }
    return behind.sorted()
  }

  /// A claim and all that speak of it, through others too.
  private func withThoseAbout(_ claim: String) -> Set<String> {
    var gone: Set<String> = []
    var next = [claim]
    while let id = next.popLast() {
      if gone.insert(id).inserted { next += (about[id] ?? []).map(\.id) }
    }
    return gone
  }
}
