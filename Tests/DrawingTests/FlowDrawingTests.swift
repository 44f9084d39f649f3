import Drawing
import Foundation
import TestKit
import Testing

/// What holds for every drawing of flows.
@Suite struct FlowDrawingTests {
  enum Kind: String, CaseIterable {
    case sankey
    case chord
    case network

    func draw(_ diagram: FlowDiagram, _ options: FlowOptions) -> Picture {
      switch self {
      case .sankey: diagram.sankey(options)
      case .chord: diagram.chord(options)
      case .network: diagram.network(options)
      }
    }
  }

  static let sizes = [
    (0, 0), (1, 0), (1, 2), (2, 3), (3, 6), (7, 15), (24, 50), (60, 150), (200, 400),
  ]

  @Test(arguments: Kind.allCases, UInt64(0)..<8)
  func textsNeitherOverlapNorLeaveTheCanvas(kind: Kind, seed: UInt64) throws {
    for (parties, flows) in Self.sizes where parties < 200 || seed < 2 {
      let diagram = try Sample.random(parties: parties, flows: flows, seed: seed)
      var options = Sample.options()
      options.top = seed.isMultiple(of: 2) ? nil : 40
      options.boundary = [.net, .gross, .hidden][Int(seed % 3)]
      let picture = kind.draw(diagram, options)
      let canvas = Box(x: 0, y: 0, width: picture.size.width, height: picture.size.height)
      for label in picture.labels {
        #expect(canvas.contains(label.box), "\(label.text) leaves the canvas at \(parties)")
      }
      #expect(overlaps(picture.labels).isEmpty, "\(parties) parties")
      _ = try XMLOutline(picture.svg)
    }
  }

  /// Pairs of texts whose boxes share more than a hundredth of a pixel.
  private func overlaps(_ labels: [PlacedText]) -> [String] {
    let boxes = labels.map { $0.box.inset(0.01, 0.01) }
    return boxes.indices.flatMap { one in
      boxes.indices.filter { $0 > one && boxes[$0].overlaps(boxes[one]) }
        .map { "\(labels[one].text) | \(labels[$0].text)" }
    }
  }

  @Test(arguments: Kind.allCases) func everyPartyIsNamedOrSaidToBeDropped(kind: Kind) throws {
    let diagram = try Sample.random(parties: 60, flows: 150, seed: 5)
    var options = Sample.options()
    options.top = nil
    let picture = kind.draw(diagram, options)
    let starts = picture.labels.map {
      $0.text.hasSuffix("…") ? String($0.text.dropLast()) : $0.text
    }
    for node in diagram.nodes {
      let isNamed = starts.contains { node.label.hasPrefix($0) }
      let isListed = picture.dropped.contains { $0.hasPrefix(node.label) }
      #expect(isNamed || isListed, "\(node.label)")
    }
  }

  @Test(arguments: Kind.allCases) func sameBytesTwice(kind: Kind) throws {
    let first = try Sample.random(parties: 40, flows: 90, seed: 3)
    let second = try Sample.random(parties: 40, flows: 90, seed: 3)
    let pictures = [first, second].map { kind.draw($0, Sample.options()).svg }
    #expect(pictures[0] == pictures[1])
  }

  @Test(arguments: Kind.allCases) func goldenFiles(kind: Kind) throws {
    var options = Sample.options("g")
    options.hasStyle = false
    try golden(kind.draw(Sample.loop(), options).svg, named: "\(kind.rawValue)-loop.svg")
    try golden(kind.draw(Sample.four(), options).svg, named: "\(kind.rawValue)-four.svg")
  }

  @Test func styleSheet() throws {
    try golden(Theme.styleSheet, named: "style.css")
  }

  @Test(arguments: Kind.allCases) func payloadsStayText(kind: Kind) throws {
    let payloads = InjectionTests.texts + InjectionTests.addresses
    let nodes = payloads.enumerated().map { index, payload in
      FlowDiagram.Node(
        id: payload + "\(index)",
        label: payload,
        group: payload,
        href: payload,
        inflows: [.init(label: payload, amount: 2)]
      )
    }
    let flows = nodes.indices.map { index in
      FlowDiagram.Flow(
        source: nodes[index].id,
        target: nodes[(index * 7 + 1) % nodes.count].id,
        amount: Double(index + 1),
        label: payloads[index],
        href: payloads[index]
      )
    }
    let diagram = try FlowDiagram(
      title: payloads[0],
      description: payloads[1],
      nodes: nodes,
      flows: flows
    )
    var options = FlowOptions(id: payloads[3]) { "<b>\($0)" }
    options.top = nil
    let outline = try XMLOutline(kind.draw(diagram, options).svg)
    #expect(outline.elements.isSubset(of: XMLOutline.plainElements), "\(outline.elements)")
    #expect(outline.attributes.allSatisfy { !$0.lowercased().hasPrefix("on") && $0 != "style" })
    #expect(outline.addresses.allSatisfy { Address($0) != nil })
  }

  @Test func faultsAreNamed() {
    let nodes = [FlowDiagram.Node(id: "a", label: "A")]
    #expect(throws: FlowDiagramError.duplicateParty("a")) {
      try FlowDiagram(title: "", nodes: nodes + nodes, flows: [])
    }
    #expect(throws: FlowDiagramError.unknownParty("b")) {
      try FlowDiagram(title: "", nodes: nodes, flows: [.init(source: "a", target: "b", amount: 1)])
    }
    for amount in [-1, .nan, .infinity] {
      #expect(throws: FlowDiagramError.badAmount("a", "a")) {
        try FlowDiagram(
          title: "",
          nodes: nodes,
          flows: [.init(source: "a", target: "a", amount: amount)]
        )
      }
    }
  }

  @Test func foldingKeepsTheLoopAndSaysSo() throws {
    let diagram = try Sample.random(parties: 60, flows: 150, seed: 2)
    var options = Sample.options()
    options.top = 10
    let picture = diagram.sankey(options)
    #expect(picture.svg.contains("smallest parties are drawn as one"))
    for flow in diagram.flows where flow.mark.contains(.loop) {
      for node in diagram.nodes where node.id == flow.source || node.id == flow.target {
        #expect(picture.svg.contains("<title>\(escaped(node.label)): "))
      }
    }
  }
}
