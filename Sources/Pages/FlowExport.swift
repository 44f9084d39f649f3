internal import Drawing
package import Networks

/// A network of bare amounts as a document: who pays whom how much, of payments or of an edge list.
package struct FlowExport: Sendable {
  private let network: FlowNetwork
  private let labels: [String: String]
  private let stated: [String]

  /// Takes the flows of a network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - labels: What people call its parties.
  ///   - stated: What it rests on, a line each.
  package init(
    _ network: FlowNetwork,
    labels: [String: String] = [:],
    stating stated: [String] = []
  ) {
    (self.network, self.labels, self.stated) = (network, labels, stated)
  }

  /// The document, the same bytes for the same network.
  package func document(_ format: NetworkFormat) -> String {
    (format == .graphml ? graphML : gexf).joined(separator: "\n")
  }

  private func label(_ id: String) -> String { labels[id] ?? id }

  private var graphML: [String] {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#,
    ]
    for line in stated { lines.append("  <desc>\(escaped(line))</desc>") }
    lines += [
      #"  <key id="label" for="node" attr.name="label" attr.type="string"/>"#,
      #"  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>"#,
      #"  <graph edgedefault="directed">"#,
    ]
    for id in network.nodes {
      lines.append(
        #"    <node id="\#(escaped(id))"><data key="label">\#(escaped(label(id)))</data></node>"#
      )
    }
    for (index, flow) in network.flows.enumerated() {
      lines.append(
        #"    <edge id="e\#(index)" source="\#(escaped(network.nodes[flow.payer]))" "#
          + #"target="\#(escaped(network.nodes[flow.payee]))"><data key="weight">\#(flow.weight)</data></edge>"#
      )
    }
    return lines + ["  </graph>", "</graphml>"]
  }

  private var gexf: [String] {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#,
    ]
    if !stated.isEmpty {
      let told = escaped(stated.joined(separator: "; "))
      lines.append("  <meta><description>\(told)</description></meta>")
    }
    lines += [
      #"  <graph defaultedgetype="directed">"#, "    <nodes>",
    ]
    for id in network.nodes {
      lines.append(#"      <node id="\#(escaped(id))" label="\#(escaped(label(id)))"/>"#)
    }
    lines += ["    </nodes>", "    <edges>"]
    for (index, flow) in network.flows.enumerated() {
      lines.append(
        #"      <edge id="\#(index)" source="\#(escaped(network.nodes[flow.payer]))" "#
          + #"target="\#(escaped(network.nodes[flow.payee]))" weight="\#(flow.weight)"/>"#
      )
    }
    return lines + ["    </edges>", "  </graph>", "</gexf>"]
  }
}
