/// Money between parties, to be drawn: who pays whom how much, and what comes from outside.
public struct FlowDiagram: Sendable {
  /// A party.
  public struct Node: Sendable {
    /// What flows call it.
    public let id: String
    /// Its name.
    public let label: String
    /// Its role, as the legend names it; empty for none.
    public let group: String
    /// Where it leads.
    public let href: String?
    /// Money from outside the picture.
    public let inflows: [Boundary]
    /// Money to outside the picture.
    public let outflows: [Boundary]

    /// A party.
    ///
    /// - Parameters:
    ///   - id: What flows call it.
    ///   - label: Its name.
    ///   - group: Its role, as the legend names it.
    ///   - href: Where it leads.
    ///   - inflows: Money from outside the picture.
    ///   - outflows: Money to outside the picture.
    public init(
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
  public struct Boundary: Sendable {
    /// Where from or to.
    public let label: String
    /// How much.
    public let amount: Double

    /// Money that enters or leaves the picture.
    ///
    /// - Parameters:
    ///   - label: Where from or to.
    ///   - amount: How much.
    public init(label: String, amount: Double) {
      self.label = label
      self.amount = amount
    }
  }

  /// What is special about a flow.
  public struct Mark: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int

    /// Marks by their bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// It is part of the chosen loop.
    public static let loop = Mark(rawValue: 1)
    /// It is filled in or assumed: nobody states it.
    public static let assumed = Mark(rawValue: 2)
    /// Tellers disagree about it.
    public static let disputed = Mark(rawValue: 4)
  }

  /// Money that one party pays another.
  public struct Flow: Sendable {
    /// The payer's `id`.
    public let source: String
    /// The payee's `id`.
    public let target: String
    /// How much.
    public let amount: Double
    /// What to say of it beside the amount; shown on hover and read aloud.
    public let label: String?
    /// Where it leads.
    public let href: String?
    /// What is special about it.
    public let mark: Mark

    /// Money that one party pays another.
    ///
    /// - Parameters:
    ///   - source: The payer's `id`.
    ///   - target: The payee's `id`.
    ///   - amount: How much.
    ///   - label: What to say of it beside the amount.
    ///   - href: Where it leads.
    ///   - mark: What is special about it.
    public init(
      source: String,
      target: String,
      amount: Double,
      label: String? = nil,
      href: String? = nil,
      mark: Mark = []
    ) {
      self.source = source
      self.target = target
      self.amount = amount
      self.label = label
      self.href = href
      self.mark = mark
    }
  }

  /// What it is called.
  public let title: String
  /// What it shows, in a sentence or two; read aloud.
  public let description: String
  /// The parties.
  public let nodes: [Node]
  /// The flows between them; those of 0 are not drawn.
  public let flows: [Flow]

  /// Money between parties.
  ///
  /// - Parameters:
  ///   - title: What it is called.
  ///   - description: What it shows.
  ///   - nodes: The parties; their order breaks ties.
  ///   - flows: The flows between them.
  /// - Throws: ``FlowDiagramError`` where a party is named twice or not at all, or an amount is
  ///   negative or no number.
  public init(
    title: String,
    description: String = "",
    nodes: [Node],
    flows: [Flow]
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
  }

  private static func isAmount(_ value: Double) -> Bool { value.isFinite && value >= 0 }
}

/// Why flows cannot be drawn.
public enum FlowDiagramError: Error, Equatable {
  /// Two parties have the same `id`.
  case duplicateParty(String)
  /// A flow names a party that is not there.
  case unknownParty(String)
  /// The amount between the two is negative or no number.
  case badAmount(String, String)
}

/// How the money that enters and leaves the picture is drawn.
public enum BoundaryStyle: Sendable {
  /// At each party the balance of what comes from outside less what goes there, to scale; the whole
  /// amounts are written beside it.
  case net
  /// All of it, to scale; it may dwarf the rest.
  case gross
  /// Not at all.
  case hidden
}

/// How flows are drawn.
public struct FlowOptions: Sendable {
  /// What stands before every identifier; different for each drawing of a page.
  public var id = "flows"
  /// The width to aim at; a drawing that needs more takes it.
  public var width = 1120.0
  /// The height to aim at; a drawing takes less where it can, and more where it must.
  public var height = 680.0
  /// How many parties to show; the smaller ones become one.
  ///
  /// `nil` shows all.
  public var top: Int? = 40
  /// How the money of outside is drawn.
  public var boundary = BoundaryStyle.net
  /// How many flows to label with their amounts, the largest first; those marked come on top.
  public var labelledFlows = 14
  /// Whether the title is drawn.
  public var hasTitle = true
  /// Whether the drawing carries its style sheet; `false` where the page does.
  public var hasStyle = true
  /// How an amount is written.
  public var amount: @Sendable (Double) -> String

  /// How flows are drawn.
  ///
  /// - Parameters:
  ///   - id: What stands before every identifier.
  ///   - amount: How an amount is written, such as `$4.5bn`.
  public init(id: String, amount: @escaping @Sendable (Double) -> String) {
    self.id = id
    self.amount = amount
  }
}
