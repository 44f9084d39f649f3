package import Claims
internal import Tables

/// The rows that a line of plain words becomes in a book: its parties, source and deal where they are new, and a claim.
package struct PlainRows: Sendable {
  /// Who says so, and when.
  package struct Origin: Sendable {
    /// The day it was reported.
    package let reported: Day
    /// Where it stands: an address, or who published it; empty where somebody only types it.
    package let source: String
    /// Who says so; empty for the source itself.
    package let teller: String
    /// Whether parties that are new belong to the sector under study.
    package let isInside: Bool

    /// Who says so, and when.
    ///
    /// - Parameters:
    ///   - reported: The day it was reported.
    ///   - source: An address, or who published it; empty where somebody only types it.
    ///   - teller: Who says so; empty for the source itself.
    ///   - isInside: Whether parties that are new belong to the sector under study.
    package init(reported: Day, source: String, teller: String, isInside: Bool) {
      (self.reported, self.source) = (reported, source)
      (self.teller, self.isInside) = (teller, isInside)
    }
  }

  /// The rows, what others refer to first.
  package let rows: [any Record]
  /// Parties that are new though the book has one of nearly the same name.
  package let doubtful: [(new: String, known: String)]

  /// The rows of a line.
  ///
  /// - Parameters:
  ///   - sentence: The line.
  ///   - origin: Who says so, and when.
  ///   - contents: The rows that count.
  /// - Throws: ``PlainSentence/Fault`` where a row could not be.
  package init(
    _ sentence: PlainSentence,
    from origin: Origin,
    into contents: BookContents
  ) throws(PlainSentence.Fault) {
    let payer = try Self.party(sentence.payer, origin, contents)
    let payee = try Self.party(sentence.payee, origin, contents)
    guard payer.id != payee.id else {
      throw PlainSentence.Fault(description: "\(sentence.payer) would pay itself")
    }
    let source = try Self.source(origin, contents)
    let known = contents.deals.last {
      $0.payer == payer.id && $0.payee == payee.id && $0.kind == sentence.kind && $0.part.isEmpty
    }
    let deal: Deal
    if let known {
      deal = known
    } else {
      deal = try Self.deal(sentence, payer.id, payee.id, contents)
    }
    let claim = try Self.claim(sentence, deal.id, source.id, origin, contents)
    let new: [(any Record)?] = [
      source.new, payer.new, payee.new, known == nil ? deal : nil, claim,
    ]
    rows = new.compactMap(\.self)
    let names = BookMatch(contents).parties.flatMap { [$0.id] + $0.names }
    doubtful = [payer.new, payee.new].compactMap { party in
      party.flatMap { new in
        // Of three letters, two wrong ones are another name.
        new.name.count > 3 ? Nearest.word(to: new.name, among: names).map { (new.name, $0) } : nil
      }
    }
  }

  private static func row<Row: Record>(
    _: Row.Type,
    _ cells: [String: String]
  ) throws(PlainSentence.Fault) -> Row {
    do throws(FieldFault) {
      return try Row(Fields(cells))
    } catch {
      throw PlainSentence.Fault(description: "\(error.column): \(error.reason); \(error.advice)")
    }
  }

  /// The party that goes by a name, a ticker or an id, else a new one.
  private static func party(
    _ name: String,
    _ origin: Origin,
    _ contents: BookContents
  ) throws(PlainSentence.Fault) -> (id: String, new: Party?) {
    let asked = name.lowercased()
    let known = BookMatch(contents).parties.filter { party in
      party.id == asked || party.names.contains { $0.lowercased() == asked }
    }
    if known.count == 1 { return (known[0].id, nil) }
    guard known.isEmpty else {
      let ids = known.map(\.id).joined(separator: ", ")
      throw PlainSentence.Fault(description: "\(name) may be \(ids): write the id")
    }
    let id = Names.id(name)
    if contents.parties.contains(where: { $0.id == id }) { return (id, nil) }
    let new = try row(
      Party.self,
      ["id": id, "name": name, "kind": "company", "inside": origin.isInside ? "yes" : "no"]
    )
    return (id, new)
  }

  private static func source(
    _ origin: Origin,
    _ contents: BookContents
  ) throws(PlainSentence.Fault) -> (id: String, new: Source?) {
    let isAddress = origin.source.contains("://")
    let publisher =
      isAddress
      ? String(
        origin.source.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
      )
      : origin.source.isEmpty ? "the author of this book" : origin.source
    let known = contents.sources.first {
      isAddress ? $0.url == origin.source : $0.publisher == publisher && $0.published == nil
    }
    if let known { return (known.id, nil) }
    let new = try row(
      Source.self,
      [
        "id": Names.free(
          String(Names.id(publisher.replacing(".", with: " ")).prefix(40)),
          contents.sources.map(\.id)
        ),
        "publisher": publisher, "title": isAddress ? origin.source : publisher,
        "url": isAddress ? origin.source : "",
        "kind": origin.source.isEmpty ? "analysis" : "news", "seen_as": "typed in",
      ]
    )
    return (new.id, new)
  }

  private static func deal(
    _ sentence: PlainSentence,
    _ payer: String,
    _ payee: String,
    _ contents: BookContents
  ) throws(PlainSentence.Fault) -> Deal {
    let word = sentence.kind.rawValue
    let what = sentence.purpose.isEmpty ? word : sentence.purpose
    return try row(
      Deal.self,
      [
        "id": Names.free("\(payer)-\(payee)-\(word)", contents.deals.map(\.id)), "payer": payer,
        "payee": payee, "kind": word,
        "title":
          "\(what.prefix(1).uppercased())\(what.dropFirst()), \(sentence.payer) to \(sentence.payee)",
      ]
    )
  }

  /// What was paid, in its period; what is promised, or lies wholly after the day it was told, binds.
  private static func claim(
    _ sentence: PlainSentence,
    _ deal: String,
    _ source: String,
    _ origin: Origin,
    _ contents: BookContents
  ) throws(PlainSentence.Fault) -> Claim {
    let isLater = sentence.start.map { $0.first > origin.reported } == true
    let isPaid = !sentence.isPromise && !isLater
    guard !isPaid || sentence.start != nil else {
      throw PlainSentence.Fault(
        description: "nobody says when it was paid: end the line as in \"\(PlainSentence.example)\""
      )
    }
    return try row(
      Claim.self,
      [
        "id": Names.free(
          "\(deal).\(contents.claims.count(where: { $0.deal == deal }) + 1)",
          contents.claims.map(\.id)
        ),
        "deal": deal, "source": source, "teller": origin.teller,
        "reported": origin.reported.description, "status": isPaid ? "active" : "signed",
        "level": isPaid ? "paid" : "binding", "low": sentence.low, "high": sentence.high,
        "currency": sentence.currency, "start": sentence.start?.description ?? "",
        "end": sentence.end?.description ?? "",
      ]
    )
  }
}
