import FoundationEssentials
import Books
import Claims
import Loops
import Networks
import Payments
import Reports
import Stress
import TestKit
import Testing

/// The programs that the README shows, compiled and run.
///
/// What stands between two lines `// example` is shown, with the imports that the first of them names.
@Suite struct ExampleTests {
  /// What the program at hand has printed.
  private final class Page {
    var lines: [String] = []
    func print(_ words: Any...) {
      lines.append(words.map { "\($0)" }.joined(separator: " "))
    }
  }

  @Test func closedLoopShareOfAnEdgeList() throws {
    let page = Page()
    try withTemporaryFolder { folder in
      let edges = folder.appending(path: "edges.csv").path
      let text = "from,to,weight\nmicrosoft,openai,13\nopenai,microsoft,5\nopenai,oracle,3\n"
      try text.write(toFile: edges, atomically: true, encoding: .utf8)
      try closedLoopShare(edges, page.print)
    }
    // 5 goes there and 5 comes back: 10 of 21.
    #expect(page.lines[0] == "10.0 of 21.0 goes round: \(10.0 / 21)")
    #expect(page.lines.dropFirst() == ["microsoft 5.0", "openai 5.0"])
  }

  private func closedLoopShare(_ path: String, _ print: (Any...) -> Void) throws {
    // example Loops Networks
    let network = try FlowNetwork(contentsOf: path)
    let closure = Circulation(of: network)
    print("\(closure.amount) of \(closure.total) goes round: \(closure.share)")
    for (party, range) in closure.rangesByParty() { print(party, range.high) }
    // example
  }

  @Test func loopsInTimeOfPayments() throws {
    let page = Page()
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "payments.csv").path
      let text =
        "payer,payee,amount,date\na,b,100,2025-01-01\nb,c,90,2025-01-03\nc,a,80,2025-01-09\n"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      try loopsInTime(path, page.print)
    }
    #expect(page.lines == ["a → b → c"])
  }

  private func loopsInTime(_ path: String, _ print: (Any...) -> Void) throws {
    // example Loops Payments
    let payments = try Payments(contentsOf: path)
    let cycles = TemporalCycles(of: payments.columns, rules: .init(windowDays: 30))
    cycles.forEach { loop in
      print(loop.map { payments[$0].payer }.joined(separator: " → "))
      return true
    }
    // example
  }

  @Test func clearingOfASmallNetwork() throws {
    let page = Page()
    try clearing(page.print)
    // a owes 60 and has 50: b gets 50 and passes it on.
    #expect(page.lines == ["a 50.0", "b 50.0", "c 0.0"])
  }

  private func clearing(_ print: (Any...) -> Void) throws {
    // example Stress
    let problem = try ClearingProblem(
      debts: [("a", "b", 60), ("b", "c", 100)],
      owned: ["a": 50]
    )
    let clearing = try problem.greatestClearing()
    for (party, paid) in problem.byParty(clearing.payments) { print(party, paid) }
    // example
  }

  @Test func questionToABook() throws {
    let page = Page()
    try question(packageRoot.appending(path: "Examples/ai-economy").path, page.print)
    #expect(page.lines.count == 1)
    #expect(page.lines.first?.hasPrefix("2025: ") == true)
  }

  private func question(_ folder: String, _ print: (Any...) -> Void) throws {
    // example Books Claims Loops Reports
    let book = try BookFile.open(folder)
    let view = try View(of: book.contents, ViewRequest(asOf: book.contents.lastReport))
    let question = Question(view: view.request, period: Period(text: "2025"))
    let economy = Economy(view, question)
    let closure = Circulation(of: economy.known.standing.network)
    print("2025: \(closure.share) of what is known goes round")
    // example
  }

  /// Each program stands in the README as it stands here.
  @Test func theReadmeShowsTheCodeAbove() throws {
    let code = try String(contentsOfFile: #filePath, encoding: .utf8)
    let readme = try String(
      contentsOf: packageRoot.appending(path: "README.md"),
      encoding: .utf8
    )
    let pieces = code.components(separatedBy: "\n    // example")
    // After each start its program, after each end what lies between programs.
    let shown = stride(from: 1, to: pieces.count - 1, by: 2).map { piece in
      var lines = pieces[piece].components(separatedBy: "\n")
      let imports = lines.removeFirst().split(separator: " ").map { "import \($0)" }
      return (imports + [""] + lines.map { String($0.dropFirst(4)) }).joined(separator: "\n")
    }
    #expect(shown.count == 4)
    for program in shown { #expect(readme.contains("```swift\n\(program)\n```"), "\(program)") }
  }
}
