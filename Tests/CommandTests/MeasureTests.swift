import Foundation
import TestKit
import Testing

@Suite struct MeasureCommandTests {
  private let edges = """
    from,to,weight
    N,O,30
    O,R,50
    O,M,10
    R,N,40
    M,N,15
    M,O,5

    """
  private let nodes = "id,inflow,outflow\nN,,25\nO,25,\nR,,10\nM,10,\n"

  /// Every figure of the worked network that DESIGN calls by name, through the command.
  @Test func theWorkedNetworkThroughJSON() throws {
    try withTemporaryFolder { folder in
      let closure = try measure("closure", folder)
      #expect(closure["total"]?.number == 150)
      #expect(closure["circulation"]?.number == 100)
      expect(closure["share"], 2.0 / 3)
      expect(closure["efficiency"], 100.0 / 115)
      expect(closure["forwarded_share"], 2.0 / 3)
      #expect(closure["forwarded_imbalance"]?.number == 0)
      expect(closure["parties"]?.elements[2]["low"], 25)
      expect(closure["parties"]?.elements[2]["high"], 30)
      let cycling = try measure("cycling", folder)
      #expect(abs((cycling["finn"]?.number ?? .nan) - 0.4166) < 5e-5)
      #expect(cycling["throughflow"]?.number == 185)
      expect(cycling["path_length"], 185.0 / 35)
      #expect(cycling["parties"]?.elements.count == 4)
      let unit = try measure("potential", folder, "--weighting", "unit")
      #expect(abs((unit["circular_share"]?.number ?? .nan) - 0.921) < 5e-4)
      let flow = try measure("potential", folder)
      #expect(flow["weighting"]?.string == "flow")
      #expect(abs((flow["circular_share"]?.number ?? .nan) - 0.894) < 5e-4)
      #expect(abs((flow["incoherence"]?.number ?? .nan) - 0.904) < 5e-4)
      expect(flow["reciprocity"], 10.0 / 150)
      let provenance = try measure("provenance", folder)
      let first = provenance["parties"]?.elements.first
      #expect(first?["id"]?.string == "N")
      expect(first?["origins"]?.elements.first?["share"], 95.0 / 139)
      #expect(first?["unsourced"]?.number == 0)
      let concentration = try measure("concentration", folder)
      let shares = [55.0, 60, 50, 20].map { $0 / 185 }
      expect(concentration["hhi"], shares.map { $0 * $0 }.reduce(0, +))
      #expect(concentration["largest"]?.elements.first?["id"]?.string == "O")
      let gain = try measure("gain", folder)
      #expect((gain["gain"]?.number ?? .nan) < 1)
      let cycles = try measure("cycles", folder)
      #expect(cycles["count"]?.number == 3)
      #expect(cycles["complete"] == .bool(true))
      #expect(cycles["by_length"] == .object(["2": .number(1), "3": .number(2)]))
    }
  }

  private func measure(_ what: String, _ folder: URL, _ options: String...) throws -> JSON {
    let file = folder.appending(path: "nodes.csv")
    try Data(nodes.utf8).write(to: file)
    let result = try runOuro(
      ["measure", what, "-", "--nodes", file.path, "--json"] + options,
      input: edges
    )
    #expect(result.status == 0, "\(result.stderr)")
    return try JSON(result.stdout)
  }

  private func expect(_ found: JSON?, _ wanted: Double) {
    #expect(abs((found?.number ?? .nan) - wanted) < 1e-12)
  }

  @Test(arguments: [
    "closure", "cycling", "potential", "provenance", "concentration", "gain", "cycles",
  ])
  func wordsLineUp(what: String) throws {
    let result = try runOuro(["measure", what, "-"], input: edges)
    #expect(result.status == 0)
    #expect(result.stderr.isEmpty)
    try golden(result.stdout, named: "measure-\(what).txt")
  }

  /// Words list as many parties as are asked for, and say how many there are besides; JSON has all.
  @Test(arguments: [
    ("measure closure", "O", "  and 3 parties more"),
    ("measure cycling", "O", "  and 3 parties more"),
    ("measure provenance", "N", "  and 3 parties more"),
    ("measure potential", "M", "  … 3 parties between"),
    ("stress clearing", "O", "  and 3 parties more"),
  ])
  func theRestIsCounted(command: String, first: String, rest: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let result = try runOuro(words + ["-", "--top", "1"], input: edges)
    #expect(result.status == 0)
    let lines = result.stdout.split(separator: "\n")
    let names = ["M", "N", "O", "R"].filter { name in
      lines.contains { $0.hasPrefix("  \(name)  ") || $0 == "  \(name)" }
    }
    #expect(names == [first])
    #expect(lines.contains { $0.hasPrefix(rest) })
    let all = try JSON(runOuro(words + ["-", "--top", "1", "--json"], input: edges).stdout)
    if let payments = all["payments"] {
      #expect(["M", "N", "O", "R"].allSatisfy { payments[$0] != nil })
    } else {
      #expect(all["parties"]?.elements.count == 4)
    }
  }

  /// Keys are converted to one style; what a file calls its parties is no key.
  @Test func idsAreNeverRewritten() throws {
    let edges = "from,to,weight\nacmeBank,otherBank,3\notherBank,acmeBank,2\n"
    let result = try runOuro(["stress", "clearing", "-", "--json"], input: edges)
    let payments = try #require(try JSON(result.stdout)["payments"])
    #expect(payments.members.keys.sorted() == ["acmeBank", "otherBank"])
  }

  @Test func timedLoopsAreCountedWithinAWindow() throws {
    let payments = """
      from,to,weight,time
      a,b,10,2026-01-01
      b,c,9,2026-01-05
      c,a,8,2026-01-20
      b,a,3,2026-01-01

      """
    func count(_ options: String...) throws -> Double? {
      let result = try runOuro(["measure", "cycles", "-", "--json"] + options, input: payments)
      return try JSON(result.stdout)["count"]?.number
    }
    #expect(try count("--within", "30d") == 1)
    #expect(try count("--within", "18d") == 0)
    #expect(try count("--within", "30d", "--allow-ties") == 2)
    #expect(try count("--within", "30d", "--allow-ties", "--min", "4") == 1)
    #expect(try count("--within", "30d", "--max-hops", "2") == 0)
    #expect(try count() == 2)
  }

  @Test func faultsHaveTheirCodes() throws {
    func status(_ arguments: [String], _ input: String = "") throws -> Int32 {
      try runOuro(["measure"] + arguments, input: input).status
    }
    #expect(try status(["closure", "-"], "from,to,weight\na,b,many\n") == 65)
    #expect(try status(["closure", "-"], "from,to,weight\na,b,1e308\nb,a,1e308\n") == 65)
    #expect(try status(["closure", "-"], "") == 65)
    #expect(try status(["closure", "/nowhere/edges.csv"]) == 66)
    #expect(try status(["closure"]) == 64)
    #expect(try status(["cycles", "-", "--within", "soon"], edges) == 64)
    #expect(try status(["cycles", "-", "--within", "3d"], edges) == 64)
    #expect(try status(["cycles", "-", "--allow-ties"], edges) == 64)
    #expect(try status(["gain", "-", "--funding", "N"], edges) == 64)
    #expect(try status(["gain", "-", "--funding", "Nobody=1"], edges) == 64)
    #expect(try status(["provenance", "-", "--of", "Nobody"], edges) == 64)
    #expect(try status(["concentration", "-", "--looked-through"], edges) == 64)
  }
}
