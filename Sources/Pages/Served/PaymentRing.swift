internal import Drawing
internal import Reports
internal import Tables

/// Money that came back to who paid it: a loop of single payments, or what can have come back however it was split.
struct PaymentRing {
  /// One payment of it.
  struct Payment {
    let time: String
    let payer: String
    let payee: String
    /// The amount as people read it, and as files write it.
    let amount: String
    let exact: String
    /// How much of it is this money, where it may be a part.
    let carried: String?
    let file: String?
    let line: String
  }

  /// The number of the finding.
  let id: String
  /// Round by whom.
  let title: String
  /// What went all the way, and what left in all.
  let least: String
  let total: String
  let currency: String
  /// Whether it was split on its way.
  private let isSplit: Bool
  /// The payments, in the order of time.
  let payments: [Payment]
  /// The same as what is drawn.
  private let hands: FoundHands?

  /// A loop of `ouro scan`.
  init(loop: JSONValue) {
    let parties = (loop["parties"]?.elements ?? []).compactMap(\.text)
    title = (parties + parties.prefix(1)).joined(separator: " → ")
    (least, total) = (loop.amount("bottleneck"), loop.amount("total"))
    (id, currency) = (loop.text("id") ?? "", loop.text("currency") ?? "")
    isSplit = false
    (payments, hands) = (loop.list("payments").map(Payment.init), FoundHands(loop))
  }

  /// A finding of `ouro scan --split`.
  init(finding: JSONValue) {
    let hands = (finding["hands"]?.elements ?? []).compactMap { $0.text ?? $0.text("id") }
    let party = finding.text("name") ?? finding.text("party") ?? ""
    let more = hands.count > 4 ? " and \(hands.count - 4) more" : ""
    title = "\(party) by way of \(hands.prefix(4).joined(separator: ", "))\(more)"
    (least, total) = (finding.amount("returned"), finding.amount("left"))
    (id, currency) = (finding.text("id") ?? "", finding.text("currency") ?? "")
    isSplit = true
    (payments, self.hands) = (finding.list("payments").map(Payment.init), FoundHands(finding))
  }

  /// What of it came back, within how long and how much less it was; of a loop the least payment on it too.
  var sums: HTML {
    let back = hands?.summary ?? ""
    return isSplit
      ? "\(back)"
      : "Least payment on it <strong>\(least)</strong>, in all \(total) \(currency) · \(back)"
  }

  /// How long it took, from when to when.
  var lasting: String {
    let days = [payments.first, payments.last].compactMap { $0?.time.spaced }
    guard days.count == 2 else { return "" }
    return days[0] == days[1] ? "on \(days[0])" : "\(days[0]) to \(days[1])"
  }

  /// The ring as hands over time; its payments are listed beside it.
  var picture: String? {
    guard let hands else { return nil }
    let options = ChartOptions(id: "drawn-\(id)", width: 760, hasTitle: false, hasStyle: false)
    return HandsChart(hands, hasList: false).picture(options).svg
  }
}

extension PaymentRing.Payment {
  fileprivate init(_ payment: JSONValue) {
    (time, line) = (payment.text("time") ?? "", payment.text("line") ?? "")
    (payer, payee) = (payment.text("payer") ?? "", payment.text("payee") ?? "")
    (amount, exact) = (payment.amount("amount"), payment.text("amount") ?? "")
    carried = payment["carried"] == nil ? nil : payment.amount("carried")
    file = payment.text("file")
  }
}

/// Where a sum is by several rules: a row a place, a column a rule.
struct MoneyTrails {
  let columns: [PageColumn]
  let rows: [PageRow]

  init(_ rules: [JSONValue]) {
    columns = [.words("")] + rules.map { .figure($0.text("rule") ?? "") }
    var places: [String] = []
    var amounts: [String: [Int: Double]] = [:]
    func add(_ place: String, _ rule: Int, _ amount: Double) {
      guard amount > 0 else { return }
      if amounts[place] == nil { places.append(place) }
      amounts[place, default: [:]][rule] = amount
    }
    for (rule, answer) in rules.enumerated() {
      let number = { (value: JSONValue, key: String) in
        value.text(key).flatMap { Double($0) } ?? 0
      }
      let name = { (share: JSONValue) in share.text("name") ?? share.text("id") ?? "" }
      for share in answer.list("held") { add("with \(name(share))", rule, number(share, "amount")) }
      add("came back", rule, number(answer, "came_back"))
      for share in answer.list("repaid_overdrafts") {
        add("paid an overdraft of \(name(share))", rule, number(share, "amount"))
      }
    }
    let most = { (place: String) in amounts[place]?.values.max() ?? 0 }
    rows = places.sorted { (most($1), $0) < (most($0), $1) }.map { place in
      PageRow(
        ["\(place)"]
          + rules.indices.map { rule in
            amounts[place]?[rule].map { "\(JSONValue.amount($0))" as HTML } ?? "–"
          }
      )
    }
  }

  /// The payments that carried a sum as one drawing, those of a pair together.
  static func picture(_ steps: [JSONValue]) -> String? {
    var pairs: [[String]] = []
    var sums: [[String]: (amount: Double, words: [String])] = [:]
    for step in steps {
      let pair = [step.text("payer") ?? "", step.text("payee") ?? ""]
      if sums[pair] == nil { pairs.append(pair) }
      sums[pair, default: (0, [])].amount += step.text("traced").flatMap { Double($0) } ?? 0
      let words = "\((step.text("time") ?? "").spaced): \(step.amount("traced"))"
      sums[pair, default: (0, [])].words.append(words)
    }
    var seen: Set<String> = []
    let names = pairs.joined().filter { seen.insert($0).inserted }
    let flows = pairs.map { pair in
      FlowDiagram.Flow(
        source: pair[0],
        target: pair[1],
        amount: sums[pair]?.amount ?? 0,
        label: sums[pair]?.words.prefix(6).joined(separator: "; "),
        mark: []
      )
    }
    let nodes = names.map { FlowDiagram.Node(id: $0, label: $0) }
    let title = "Where the sum went"
    guard let diagram = try? FlowDiagram(title: title, nodes: nodes, flows: flows) else {
      return nil
    }
    var options = FlowOptions(id: "drawn-trail") { Figures.amount($0) }
    (options.width, options.height) = (760, 220)
    (options.hasTitle, options.hasStyle, options.boundary) = (false, false, .hidden)
    return diagram.sankey(options).svg
  }
}
