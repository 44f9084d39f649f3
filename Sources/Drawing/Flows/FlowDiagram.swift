/// Money between parties, to be drawn: who pays whom how much, and what comes from outside.
package struct FlowDiagram: Sendable {
  /// A party.
  package struct Node: Sendable {
    /// What flows call it.
    package let id: String
    /// Its name.
    package let label: String
    /// Its role, as the legend names it; empty for none.
    package let group: String
    /// Where it leads.
    package let href: String?
    /// Money from outside the picture.
    package let inflows: [Boundary]
    /// Money to outside the picture.
    package let outflows: [Boundary]

    /// A party.
    ///
    /// - Parameters:
    ///   - id: What flows call it.
    ///   - label: Its name.
    ///   - group: Its role, as the legend names it.
    ///   - href: Where it leads.
    ///   - inflows: Money from outside the picture.
    ///   - outflows: Money to outside the picture.
    package init(
      id: String,
      label: String,
      group: String = "",
      href: String? = nil,
      inflows: [Boundary] = [],
      outflows: [Boundary] = []
    ) {
      self.id = id
      self.label = label
      self.group = group
      self.href = href
      self.inflows = inflows
      self.outflows = outflows
    }
  }

  /// Money that enters or leaves the picture.
  package struct Boundary: Sendable {
    /// Where from or to.
    package let label: String
    /// How much.
    package let amount: Double

    /// Money that enters or leaves the picture.
    ///
    /// - Parameters:
    ///   - label: Where from or to.
    ///   - amount: How much.
    package init(label: String, amount: Double) {
      self.label = label
      self.amount = amount
    }
  }

  /// What is special about a flow.
  package struct Mark: OptionSet, Sendable, Hashable {
    /// The bits.
    package let rawValue: Int

    /// Marks by their bits.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// It is part of the chosen loop.
    package static let loop = Mark(rawValue: 1)
    /// It is filled in or assumed: nobody states it.
    package static let assumed = Mark(rawValue: 2)
    /// Tellers disagree about it.
    package static let disputed = Mark(rawValue: 4)
  }

  /// Money that one party pays another.
  package struct Flow: Sendable {
    /// The payer's `id`.
    package let source: String
    /// The payee's `id`.
    package let target: String
    /// How much.
    package let amount: Double
    /// How much of it is sure: drawn solid, the rest hatched.
    package let firm: Double
    /// What to say of it beside the amount; shown on hover and read aloud.
    package let label: String?
    /// Where it leads.
    package let href: String?
    /// What is special about it.
    package let mark: Mark

    /// Money that one party pays another.
    ///
    /// - Parameters:
    ///   - source: The payer's `id`.
    ///   - target: The payee's `id`.
    ///   - amount: How much.
    ///   - firm: How much of it is sure; without it, all, or nothing of what is assumed.
    ///   - label: What to say of it beside the amount.
    ///   - href: Where it leads.
    ///   - mark: What is special about it.
    package init(
      source: String,
      target: String,
      amount: Double,
      firm: Double? = nil,
      label: String? = nil,
      href: String? = nil,
      mark: Mark = []
    ) {
      self.source = source
      self.target = target
      self.amount = amount
      self.firm = min(amount, firm ?? (mark.contains(.assumed) ? 0 : amount))
      self.label = label
      self.href = href
      self.mark = mark
    }
  }

  /// What it is called.
  package let title: String
  /// What it shows, in a sentence or two; read aloud.
  package let description: String
  /// The parties.
  package let nodes: [Node]
  /// The flows between them; those of 0 are not drawn.
  package let flows: [Flow]
  /// The groups in the order of their colours.
  package let groups: [String]

  /// Money between parties.
  ///
  /// - Parameters:
  ///   - title: What it is called.
  ///   - description: What it shows.
  ///   - nodes: The parties; their order breaks ties.
  ///   - flows: The flows between them.
  ///   - groups: The groups in the order of their colours, so that a group has one colour in all pictures of a book;
  ///     without them the order in which parties name them.
  /// - Throws: ``FlowDiagramError`` where a party is named twice or not at all, or an amount is
  ///   negative or no number.
  package init(
    title: String,
    description: String = "",
    nodes: [Node],
    flows: [Flow],
    groups: [String] = []
  ) throws(FlowDiagramError) {
    var known: Set<String> = []
    for node in nodes {
      guard known.insert(node.id).inserted else { throw .duplicateParty(node.id) }
      for boundary in node.inflows + node.outflows {
        guard Self.isAmount(boundary.amount) else { throw .badAmount(node.id, boundary.label) }
      }
    }
    for flow in flows {
      for id in [flow.source, flow.target] where !known.contains(id) { throw .unknownParty(id) }
      guard Self.isAmount(flow.amount) else { throw .badAmount(flow.source, flow.target) }
    }
    self.title = title
    self.description = description
    self.nodes = nodes
    self.flows = flows
    self.groups = groups
  }

  private static func isAmount(_ value: Double) -> Bool { value.isFinite && value >= 0 }
}

/// Why flows cannot be drawn.
package enum FlowDiagramError: Error, Equatable {
  /// Two parties have the same `id`.
  case duplicateParty(String)
  /// A flow names a party that is not there.
  case unknownParty(String)
  /// The amount between the two is negative or no number.
  case badAmount(String, String)
}

/// How the money that enters and leaves the picture is drawn.
package enum BoundaryStyle: Sendable {
  /// At each party the balance of what comes from outside less what goes there, to scale; the whole
  /// amounts are written beside it.
  case net
  /// All of it, to scale; it may dwarf the rest.
  case gross
  /// Not at all.
  case hidden
}

/// How flows are drawn.
package struct FlowOptions: Sendable {
  /// What stands before every identifier; different for each drawing of a page.
  package var id = "flows"
  /// The width to aim at; a drawing that needs more takes it.
  package var width = 1120.0
  /// The height to aim at; a drawing takes less where it can, and more where it must.
  package var height = 680.0
  /// How many parties to show; the smaller ones become one.
  ///
  /// `nil` shows all.
  package var top: Int? = 40
  /// How the money of outside is drawn.
  package var boundary = BoundaryStyle.net
  /// How many flows to label with their amounts, the largest first; those marked come on top.
  package var labelledFlows = 14
  /// Whether the title is drawn.
  package var hasTitle = true
  /// Whether the drawing carries its style sheet; `false` where the page does.
  package var hasStyle = true
  /// How an amount is written.
  package var amount: @Sendable (Double) -> String

  /// How flows are drawn.
  ///
  /// - Parameters:
  ///   - id: What stands before every identifier.
  ///   - amount: How an amount is written, such as `$4.5bn`.
  package init(id: String, amount: @escaping @Sendable (Double) -> String) {
    self.id = id
    self.amount = amount
  }
}
