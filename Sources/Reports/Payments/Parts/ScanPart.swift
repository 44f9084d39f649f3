internal import Claims
internal import Columns
internal import Loops
package import Payments

/// What one slice of a scan comes to, with all that says which slice of what: parts of one scan add up to its answer.
///
/// A slice counts the loops whose first payment lies in its own span of time, and needs the payments of the span and of
/// the window after it.
package struct ScanPart: Codable, Sendable, Equatable {
  /// What the slices are slices of: what an engine states that cuts a table into pieces.
  package struct Whole: Codable, Sendable {
    /// The payments of all slices.
    package let searched: SearchedPayments
    /// The files that the answer rests on.
    package let inputs: [InputFile]

    /// The payments, from their files.
    package init(searched: SearchedPayments, inputs: [InputFile]) {
      (self.searched, self.inputs) = (searched, inputs)
    }
  }

  /// What was asked, of what: the same in all parts of a scan.
  package struct Parameters: Codable, Sendable, Equatable {
    /// The program's version.
    package var version: String
    /// The files of payments, and those that say how they are read.
    package var inputs: [InputFile]
    /// The payments of all slices.
    package var searched: SearchedPayments
    /// The window, as written and in seconds.
    package var within: String
    /// The same in seconds.
    package var window: Int
    @Nullable var maxHops: Int?
    var minHops: Int
    @Nullable var tolerance: Double?
    /// The least amount, in minor units.
    var minimum: Double
    var ties: Bool
    var saysTies: Bool
    var limit: Int
    var top: Int
    /// Whom loops must lead through, by name.
    var parties: [String]
    /// The numbers of findings that are known already, as a SHA-256; none where none are.
    @Nullable var known: String?
    /// Whether the part holds each loop, so that they can be listed.
    package var keepsLoops: Bool

    private enum CodingKeys: String, CodingKey {
      case version, inputs, searched, within, window, tolerance, minimum, ties, limit, top, parties
      case known
      case maxHops = "max_hops"
      case minHops = "min_hops"
      case saysTies = "says_ties"
      case keepsLoops = "keeps_loops"
    }

    /// What is asked of some payments.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - searched: The payments of all slices.
    ///   - inputs: The files that the answer rests on.
    ///   - version: The program's version.
    ///   - keepsLoops: Whether the part holds each loop.
    package init(
      _ request: ScanReport.Request,
      of searched: SearchedPayments,
      inputs: [InputFile],
      version: String,
      keepsLoops: Bool
    ) {
      (self.version, self.inputs, self.searched) = (version, inputs, searched)
      (within, window) = (request.within, request.rules.window)
      let (hops, share) = (request.rules.maximumLength, request.rules.tolerance)
      (maxHops, minHops) = (hops == .max ? nil : hops, request.selection.leastHops)
      (tolerance, minimum) = (share == .infinity ? nil : share, request.rules.minimumAmount)
      (ties, saysTies) = (request.rules.allowsTies, request.saysTies)
      (limit, top) = (request.limit, request.top)
      parties = request.selection.parties.sorted()
      let known = request.selection.known.sorted().joined(separator: " ")
      self.known = known.isEmpty ? nil : FileHash.of(Array(known.utf8))
      self.keepsLoops = keepsLoops
    }
  }

  /// A span of time, in seconds since 1970: from its first second up to but not including the last.
  package struct Span: Codable, Sendable, Equatable {
    /// The first second.
    package let from: Int
    /// The end.
    package let until: Int

    /// From `from` until `until`.
    package init(from: Int, until: Int) { (self.from, self.until) = (from, until) }

    /// The span for a person.
    var text: String { "\(PaymentTime.text(from)) to \(PaymentTime.text(until))" }
  }

  /// What kind of file this is.
  package let format: String
  /// What was asked, of what.
  package let parameters: Parameters
  /// The first payments of the loops that are counted.
  package let span: Span
  /// The payments that were needed for them: of the span and of the window after it.
  package let needed: Span
  /// How many payments of the span there were: those of all parts are all payments.
  package let payments: Int
  /// How many were needed.
  package let neededPayments: Int
  /// What was found.
  let findings: ScanFindings

  /// The name of the format.
  package static let format = "ouroboros scan 1"

  private enum CodingKeys: String, CodingKey {
    case format, parameters, span, needed, payments, findings
    case neededPayments = "needed_payments"
  }

  /// How many loops begin in the slice.
  package var count: Int { findings.count }
  /// Whether all were counted.
  package var isComplete: Bool { findings.isComplete }
  /// The slice for a person, and the payments it needs.
  package var words: String {
    "\(Figures.count(count, "loop")) \(count == 1 ? "begins" : "begin") in \(span.text); that needs "
      + "\(Figures.count(neededPayments, "payment")) of \(needed.text)"
  }

  /// Finds the loops that begin in a slice.
  ///
  /// - Parameters:
  ///   - payments: The payments, at least those of the span and of the window after it.
  ///   - span: Where the loops begin.
  ///   - request: What is asked.
  ///   - parameters: The same with what it is asked of.
  ///   - consume: Is given each loop as positions among the payments; says whether to go on.
  ///   - progress: Is told from time to time which share is done.
  package init(
    of payments: Payments,
    in span: Span,
    _ request: ScanReport.Request,
    _ parameters: Parameters,
    each consume: (([Int]) -> Bool)? = nil,
    progress: @escaping @Sendable (Double) -> Void
  ) {
    (format, self.parameters, self.span) = (Self.format, parameters, span)
    // From a span of nothing no loop begins, and nothing is needed.
    let last = parameters.searched.last.map { $0 + 1 } ?? span.until
    // A window may be longer than all time.
    let reach = min(request.rules.window, last - span.until)
    let end = span.until > span.from ? span.until + reach : span.until
    needed = Span(from: span.from, until: max(end, span.until))
    let needed = needed
    self.payments = payments.count(from: span.from, until: span.until)
    neededPayments = payments.count(from: needed.from, until: needed.until)
    var own = request
    (own.rules.rootsFrom, own.rules.rootsUntil) = (span.from, span.until)
    let search = payments.search(request.rates)
    let tally = LoopTally(payments, search, own, each: consume, progress: progress)
    findings = ScanFindings(
      tally,
      payments,
      search,
      parties: request.top > 0 ? .max : 0,
      isComplete: tally.isComplete
    )
  }
}

extension SearchedPayments {
  /// Describes payments, and the form in which they are searched with rates or without.
  package init(_ payments: Payments, rates: PaymentRates?) {
    self.init(payments, payments.search(rates), hasRates: rates != nil)
  }

  /// The span of all payments, cut to the part of it that is asked for.
  ///
  /// - Parameters:
  ///   - from: Where the part begins, if not where the whole does.
  ///   - until: Where it ends.
  /// - Returns: The span; one of nothing where there are no payments in it.
  package func span(from: Int? = nil, until: Int? = nil) -> ScanPart.Span {
    guard let first, let last else { return ScanPart.Span(from: 0, until: 0) }
    let begin = min(max(from ?? first, first), last + 1)
    return ScanPart.Span(from: begin, until: max(begin, min(until ?? last + 1, last + 1)))
  }
}

extension Payments {
  /// How many payments are of a span of time.
  fileprivate func count(from: Int, until: Int) -> Int {
    (0..<count).count { time.base[$0] >= from && time.base[$0] < until }
  }

  /// The span of one of some slices with about as many payments each.
  ///
  /// - Parameters:
  ///   - part: Which, from 1.
  ///   - parts: How many there are.
  /// - Returns: The span; one of nothing where so many payments are of one moment that the slice before has them all.
  package func span(part: Int, of parts: Int) -> ScanPart.Span {
    let edges = edges(parts)
    return ScanPart.Span(from: edges[part - 1], until: edges[part])
  }
}
