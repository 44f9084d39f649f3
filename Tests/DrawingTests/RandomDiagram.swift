import Drawing
import TestKit

/// Diagrams for tests: seeded, with loops, two-way flows, marks and amounts over five orders.
enum Sample {
  static let words = ["Northern", "Alpha", "Grand", "Inter", "Quantum", "Omni", "Pacific", "Ny"]
  static let trades = ["Energy", "Cloud Compute", "Chips", "Capital Partners", "Datacentres", "AI"]

  static func random(parties: Int, flows: Int, seed: UInt64) throws -> FlowDiagram {
    var rng = SplitMix64(seed: seed)
    let nodes = (0..<parties).map { index in
      let name =
        "\(words[Int.random(in: 0..<8, using: &rng)]) "
        + "\(trades[Int.random(in: 0..<6, using: &rng)]) \(index)"
      let hasOutside = Int.random(in: 0..<3, using: &rng) == 0
      return FlowDiagram.Node(
        id: "p\(index)",
        label: name,
        group: ["Labs", "Clouds", "Chips", ""][Int.random(in: 0..<4, using: &rng)],
        href: "#p\(index)",
        inflows: hasOutside ? [.init(label: "unnamed customers", amount: 5e11)] : []
      )
    }
    let links = (0..<flows).map { _ in
      let exponent = Double.random(in: 5...10, using: &rng)
      return FlowDiagram.Flow(
        source: "p\(Int.random(in: 0..<parties, using: &rng))",
        target: "p\(Int.random(in: 0..<parties, using: &rng))",
        amount: Double((0..<Int(exponent)).reduce(1) { power, _ in power * 10 })
          * Double.random(in: 1..<10, using: &rng),
        href: "#flow",
        mark: .init(
          rawValue: Int.random(in: 0..<20, using: &rng) < 14
            ? 0 : [1, 2, 4, 6][Int.random(in: 0..<4, using: &rng)]
        )
      )
    }
    return try FlowDiagram(title: "Random \(seed)", nodes: nodes, flows: links)
  }

  static func options(_ id: String = "t") -> FlowOptions {
    FlowOptions(id: id) { amount in
      amount >= 1e9
        ? "$\(decimal(amount / 1e9, decimals: 1))bn" : "$\(decimal(amount / 1e6, decimals: 1))m"
    }
  }

  static func loop() throws -> FlowDiagram {
    try FlowDiagram(
      title: "A loop of two",
      nodes: [
        .init(id: "a", label: "Microsoft Corporation", group: "Clouds", href: "#a"),
        .init(
          id: "b",
          label: "OpenAI Group PBC",
          group: "Labs",
          href: "#b",
          inflows: [.init(label: "SoftBank", amount: 30e9)]
        ),
      ],
      flows: [
        .init(source: "a", target: "b", amount: 2.68e9, href: "#ab", mark: .loop),
        .init(source: "b", target: "a", amount: 17.2e9, href: "#ba", mark: .loop),
      ]
    )
  }

  static func four() throws -> FlowDiagram {
    try FlowDiagram(
      title: "Four parties",
      description: "Made up.",
      nodes: [
        .init(id: "lab", label: "Lab", group: "Labs"),
        .init(id: "cloud", label: "Cloud & Co", group: "Clouds"),
        .init(id: "chips", label: "Chips <Ltd>", group: "Chips"),
        .init(id: "site", label: "Site"),
      ],
      flows: [
        .init(source: "lab", target: "cloud", amount: 10e9),
        .init(source: "cloud", target: "chips", amount: 8e9, mark: .assumed),
        .init(source: "chips", target: "lab", amount: 3e9, label: "equity", mark: .disputed),
        .init(source: "cloud", target: "site", amount: 1e5),
        .init(source: "cloud", target: "cloud", amount: 5e8),
      ]
    )
  }
}
