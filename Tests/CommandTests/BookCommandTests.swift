import Foundation
import TestKit
import Testing

private let tables = [
  "parties": """
  id,name,kind,parent,inside,identifiers,note
  acme,Acme,company,,yes,,
  bolt,"Bolt, Inc.",company,,yes,ticker:BOLT,'=1+1

  """,
  "sources": """
  id,publisher,title,published,url,kind,seen_as,note
  s1,Gazette,Acme buys,2025-03-10,,news,,

  """,
  "deals": """
  id,payer,payee,kind,title,capacity,capacity_unit,note
  d1,acme,bolt,purchase,capacity,,,

  """,
  "claims": claimsHeader,
  "facts": """
  id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,note,confidence

  """,
  "assumptions": "id,name,low,high,unit,basis,reason,source,note\n",
]

private let claimsHeader = """
  id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,\
  new_payer,quote,note,confidence

  """

/// A folder to work in, with the book folder `small` in it.
private func inFolder(_ body: (URL) throws -> Void) throws {
  try withTemporaryFolder { folder in
    let small = folder.appending(path: "small")
    try FileManager.default.createDirectory(at: small, withIntermediateDirectories: true)
    for (table, text) in tables {
      try Data(text.utf8).write(to: small.appending(path: "\(table).csv"))
    }
    try body(folder)
  }
}

/// Runs `ouro` with words separated by blanks, and gives what it wrote; it must end with `status`.
@discardableResult
private func ouro(
  _ line: String,
  in folder: URL,
  status: Int32 = 0,
  input: String = ""
) throws -> ProgramResult {
  let words = line.split(separator: " ").map(String.init)
  let result = try runOuro(words, input: input, in: folder)
  #expect(result.status == status, "\(line): \(result.stderr)")
  return result
}

private func object(_ text: String) throws -> [String: Any] {
  try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

@Suite struct BookCommandTests {
  @Test func aFolderGoesInAndComesOut() throws {
    try inFolder { folder in
      let imported = try ouro("import small b.ouro", in: folder)
      #expect(imported.stdout.isEmpty)
      #expect(imported.stderr.hasPrefix("imported 4 rows in batch 1 · book "))
      try ouro("export b.ouro --format csv -o out", in: folder)
      for (table, text) in tables {
        let file = folder.appending(path: "out/\(table).csv")
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
      }
      let again = try object(ouro("import small b.ouro --json", in: folder).stdout)
      #expect(again["skipped"] as? Int == 4)
      #expect(again["written"] as? Int == 0)
      let json = try object(ouro("export b.ouro --format json", in: folder).stdout)
      let parties = try #require(json["parties"] as? [[String: String]])
      #expect(parties.map { $0["note"] } == ["", "=1+1"])
      #expect(json.keys.sorted() == tables.keys.sorted())
    }
  }

  @Test func rowsAreAddedRetractedAndUndone() throws {
    try inFolder { folder in
      try ouro("import small b.ouro", in: folder)
      try ouro("add b.ouro parties id=new name=New kind=fund inside=no note==1", in: folder)
      let rows = claimsHeader + "c1,d1,s1,,2025,signed,,,,,,,,,,,,,\n"
      try ouro("add b.ouro claims --from -", in: folder, input: rows)
      let needed = try ouro("retract b.ouro deals d1 --reason x", in: folder, status: 65)
      #expect(
        needed.stderr
          == "ouro: deals d1 is referred to by claims c1; retract those first\n"
      )
      try ouro("retract b.ouro claims c1 --reason misread", in: folder)
      try ouro("undo b.ouro", in: folder)
      let history = try ouro("history b.ouro c1 --json", in: folder).stdout
      let entries = try #require(
        JSONSerialization.jsonObject(with: Data(history.utf8)) as? [[String: Any]]
      )
      #expect(entries.map { $0["action"] as? String } == ["add", "retract", "restore"])
      #expect(entries.last?["undoes"] as? Int == 4)
      let verified = try object(ouro("verify b.ouro --json", in: folder).stdout)
      #expect(verified["rows"] as? Int == 6)
      #expect(verified["entries"] as? Int == 8)
      #expect(verified["head"] as? String == entries.last?["hash"] as? String)
    }
  }

  /// A command line, its exit code, and a part of what it says.
  @Test(arguments: [
    ("add b.ouro parties", 64, "Give either cells"),
    ("add b.ouro parties name", 64, "is not a cell"),
    ("add b.ouro parties colour=red", 64, "has no column colour"),
    ("add b.ouro houses id=x", 64, "houses"),
    ("export b.ouro", 64, "give their folder with -o"),
    ("retract b.ouro parties acme", 64, "--reason"),
    ("verify b.ouro --expecting xyz", 64, "hexadecimal"),
    ("add b.ouro parties id=x", 65, "ouro: parties x, column name: the cell is empty"),
    ("add b.ouro parties id=acme name=A kind=company inside=yes", 65, "with other cells"),
    ("add b.ouro deals id=d2 payer=acme payee=who kind=loan title=t", 65, "no party who"),
    ("retract b.ouro parties who --reason x", 65, "parties has no row who"),
    ("history b.ouro who", 65, "never had a row who"),
    ("verify b.ouro --expecting 00000000", 65, "no entry has the hash 00000000"),
    ("add small parties id=x", 65, "import it first"),
    ("undo small", 65, "import it first"),
    ("history small", 65, "import it first"),
    ("export small -o x --recorded-by 2026", 65, "import it into a book file"),
    ("verify small/parties.csv", 65, "is not a book"),
    ("import b.ouro c.ouro", 65, "this is neither FollowTheMoney"),
    ("import nowhere c.ouro", 66, "there is no such folder"),
    ("verify nowhere.ouro", 66, "ouro: nowhere.ouro: there is no such file\n"),
    ("add b.ouro parties --from nowhere.csv", 66, "nowhere.csv: there is no such file"),
    ("import small no/where.ouro", 74, "could not write"),
    ("export b.ouro -o no/where", 74, "could not write"),
  ])
  func whatCannotBeDoneIsTold(line: String, status: Int32, words: String) throws {
    try inFolder { folder in
      try ouro("import small b.ouro", in: folder)
      let result = try ouro(line, in: folder, status: status)
      #expect(result.stdout.isEmpty)
      #expect(result.stderr.contains(words), "\(result.stderr)")
      #expect(status == 64 || result.stderr.split(separator: "\n").count == 1)
      #expect(try object(ouro("verify b.ouro --json", in: folder).stdout)["entries"] as? Int == 4)
    }
  }

  @Test func aBrokenFileIsNamedByLineAndColumn() throws {
    try inFolder { folder in
      let deals = folder.appending(path: "small/deals.csv")
      let text = try String(contentsOf: deals, encoding: .utf8)
      try Data(text.replacing("capacity,,,", with: "capacity,\"1,5\",,").utf8).write(to: deals)
      let result = try ouro("import small b.ouro", in: folder, status: 65)
      #expect(
        result.stderr
          == "ouro: small/deals.csv:2, column capacity: \"1,5\" is not a number; write digits with at "
          + "most one point, as 11900000000 or 0.5, without separators\n"
      )
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "b.ouro").path))
    }
  }

  @Test(arguments: ["history b.ouro", "verify b.ouro", "export b.ouro --json"])
  func whatNobodyTakesIsTold(line: String) throws {
    try inFolder { folder in
      try ouro("import small b.ouro", in: folder)
      let program = try #require(builtProgram())
      for script in ["\(program) \(line) > /dev/full", "{ sleep 0.2; \(program) \(line); } | :"] {
        let shell = URL(filePath: "/bin/bash")
        let result = try runProgram(shell, ["-o", "pipefail", "-c", script], in: folder)
        #expect(result.status == 74, "\(script): \(result.stderr)")
        #expect(result.stderr.hasPrefix("ouro: standard output: could not write: "))
      }
    }
  }

  /// The `ouro` beside the running tests.
  private func builtProgram() -> String? {
    let running = [Bundle.main.executableURL?.path, CommandLine.arguments.first].compactMap { $0 }
    return running.map {
      URL(filePath: $0).deletingLastPathComponent().appending(path: "ouro").path
    }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
