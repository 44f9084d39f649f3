internal import Claims
internal import Drawing
internal import Networks
package import Reports

/// A network in a format that drawing and analysis programs read.
package enum NetworkFormat: String, Sendable, CaseIterable {
  /// GraphML, as read by yEd, NetworkX and igraph.
  case graphml
  /// GEXF 1.3, as read by Gephi.
  case gexf
}

/// A network of a book as a document: parties with names and kinds, flows with amounts and evidence.
package struct NetworkExport: Sendable {
  private struct Node {
    let id: String
    let label: String
    let kind: String
    let isInside: Bool
  }

  private let nodes: [Node]
  private let flows: [FlowLine]

  /// Takes the parties of a footing and everything that runs between them and across the boundary.
  package init(_ footing: Footing) {
    let view = footing.ledger.view
    flows = FlowLines(footing).all
    let inside = Set(footing.ledger.parties)
    nodes = Set(flows.flatMap { [$0.payer, $0.payee] }).sorted().map { id in
      Node(
        id: id,
        label: view.name(id),
        kind: view.party(id)?.kind.rawValue ?? "other",
        isInside: inside.contains(id)
      )
    }
  }

  /// The document, the same bytes for the same network.
  package func document(_ format: NetworkFormat) -> String {
    let lines = format == .graphml ? graphML : gexf
    return lines.joined(separator: "\n")
  }

  private var graphML: [String] {
    let keys = [
      ("label", "node", "string"), ("kind", "node", "string"), ("inside", "node", "boolean"),
      ("weight", "edge", "double"), ("low", "edge", "double"), ("high", "edge", "double"),
      ("grades", "edge", "string"), ("evidence", "edge", "string"),
    ]
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#,
    ]
    lines += keys.map { name, owner, type in
      #"  <key id="\#(name)" for="\#(owner)" attr.name="\#(name)" attr.type="\#(type)"/>"#
    }
    lines.append(#"  <graph edgedefault="directed">"#)
    for node in nodes {
      lines.append(#"    <node id="\#(escaped(node.id))">"#)
      lines += data([("label", node.label), ("kind", node.kind), ("inside", "\(node.isInside)")])
      lines.append("    </node>")
    }
    for (index, flow) in flows.enumerated() {
      lines.append(
        #"    <edge id="e\#(index)" source="\#(escaped(flow.payer))" target="\#(escaped(flow.payee))">"#
      )
      lines += data(attributes(of: flow))
      lines.append("    </edge>")
    }
    return lines + ["  </graph>", "</graphml>"]
  }

  private func attributes(of flow: FlowLine) -> [(String, String)] {
    [
      ("weight", "\(flow.worked)"), ("low", "\(flow.low)"),
    ] + (flow.high.map { [("high", "\($0)")] } ?? []) + [
      ("grades", flow.gradeWords), ("evidence", flow.evidence.joined(separator: " ")),
    ]
  }

  private func data(_ values: [(String, String)]) -> [String] {
    values.map { #"      <data key="\#($0)">\#(escaped($1))</data>"# }
  }

  private var gexf: [String] {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#,
      #"  <graph defaultedgetype="directed">"#,
      #"    <attributes class="node">"#,
      #"      <attribute id="kind" title="kind" type="string"/>"#,
      #"      <attribute id="inside" title="inside" type="boolean"/>"#,
      "    </attributes>", #"    <attributes class="edge">"#,
    ]
    lines += [("low", "double"), ("high", "double"), ("grades", "string"), ("evidence", "string")]
      .map { #"      <attribute id="\#($0)" title="\#($0)" type="\#($1)"/>"# }
    lines += ["    </attributes>", "    <nodes>"]
    for node in nodes {
      lines.append(#"      <node id="\#(escaped(node.id))" label="\#(escaped(node.label))">"#)
      lines += attvalues([("kind", node.kind), ("inside", "\(node.isInside)")])
      lines.append("      </node>")
    }
    lines += ["    </nodes>", "    <edges>"]
    for (index, flow) in flows.enumerated() {
      lines.append(
        #"      <edge id="\#(index)" source="\#(escaped(flow.payer))" "#
          + #"target="\#(escaped(flow.payee))" weight="\#(flow.worked)">"#
      )
      lines += attvalues(Array(attributes(of: flow).dropFirst()))
      lines.append("      </edge>")
    }
    return lines + ["    </edges>", "  </graph>", "</gexf>"]
  }

  private func attvalues(_ values: [(String, String)]) -> [String] {
    ["        <attvalues>"]
      + values.map { #"          <attvalue for="\#($0)" value="\#(escaped($1))"/>"# }
      + ["        </attvalues>"]
  }
}
