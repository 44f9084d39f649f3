import TestKit
import Testing

/// Who is who goes by the bytes of a name, for every command alike, and what looks alike is told.
@Suite struct WrittenNameTests {
  /// An é in one character, and one made of e and its accent: two parties, so nothing comes back.
  private static let payments = """
    payer,payee,amount,date
    a,\u{E9},5,2025-01-01
    e\u{301},a,5,2025-01-02

    """

  @Test func commandsAgreeOnWhoIsWho() throws {
    let scan = try runOuro(["scan", "-", "--within", "30d", "--json"], input: Self.payments)
    #expect(try JSON(scan.stdout)["count"]?.number == 0)
    let closure = try runOuro(["measure", "closure", "-", "--json"], input: Self.payments)
    #expect(try JSON(closure.stdout)["circulation"]?.number == 0)
    for answer in [scan, closure] {
      #expect(answer.status == 0)
      #expect(answer.stderr.contains("look alike and are written differently"))
    }
  }

  @Test(arguments: ["Acme,acme", "Acme  Ltd,Acme Ltd", "\u{E9},e\u{301}"])
  func whatLooksAlikeIsTold(pair: String) throws {
    let edges = "from,to,weight\n\(pair),1\n"
    let answer = try runOuro(["measure", "closure", "-"], input: edges)
    #expect(answer.status == 0)
    #expect(answer.stderr.contains("they count as two parties"), "\(answer.stderr)")
    let other = try runOuro(["measure", "closure", "-"], input: "from,to,weight\nacme,bolt,1\n")
    #expect(!other.stderr.contains("look alike"))
  }
}
