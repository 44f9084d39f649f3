import Foundation
import TestKit
import Testing

@Suite struct ProjectCommandTests {
  private let book = "Examples/ai-economy"
  private var late: String { "Examples/scenarios/six-months-late.yaml" }

  /// Every shipped scenario runs, and says one paragraph that rests on named assumptions.
  @Test func everyShippedScenarioRuns() throws {
    let folder = packageRoot.appending(path: "Examples/scenarios")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files.count >= 10)
    for file in files {
      // The story of March 2025 is told from its own day.
      let day = file.hasPrefix("march-2025") ? ["--as-of", "2025-03-06"] : []
      let answer = try runOuro(
        ["stress", "scenario", book, "Examples/scenarios/\(file)", "--paths", "4", "--months", "6"]
          + day
      )
      #expect(answer.status == 0, "\(file): \(answer.stderr)")
      #expect(answer.stdout.contains("Not in the book and not set in the scenario"))
    }
  }

  /// Parts in any order, a run that goes on where it was stopped, and a rerun: the same bytes.
  @Test func partsResumeAndRerun() throws {
    try withTemporaryFolder { folder in
      func file(_ name: String) -> String { folder.appending(path: name).path }
      func project(_ more: String...) throws {
        let answer = try runOuro(
          ["project", book, late, "--paths", "30", "--months", "8", "--seed", "3"] + more
        )
        #expect(answer.status == 0, "\(answer.stderr)")
      }
      try project("-o", file("whole"))
      for part in 1...3 { try project("--shard", "\(part)/3", "-o", file("part\(part)")) }
      let merged = try runOuro(
        ["merge", file("part3"), file("part1"), file("part2"), "-o", file("merged")]
      )
      #expect(merged.status == 0, "\(merged.stderr)")
      // A file of the format before, whose keys were in camelCase, joins the others.
      let part = try String(contentsOfFile: file("part1"), encoding: .utf8)
      let earlier = part.replacing(/_([a-z])(?=[a-z_]*" :)/) { $0.output.1.uppercased() }
        .replacing("ouroboros run 3", with: "ouroboros run 2")
      try earlier.write(toFile: file("earlier"), atomically: true, encoding: .utf8)
      #expect(earlier.contains("\"asOf\""))
      let joined = try runOuro(
        ["merge", file("earlier"), file("part2"), file("part3"), "-o", file("joined")]
      )
      #expect(joined.status == 0, "\(joined.stderr)")
      #expect(
        try Data(contentsOf: URL(filePath: file("joined")))
          == Data(contentsOf: URL(filePath: file("merged")))
      )
      try project("--resume", "--threads", "3", "-o", file("part2"))
      let whole = try Data(contentsOf: URL(filePath: file("whole")))
      for name in ["merged", "part2"] {
        #expect(try Data(contentsOf: URL(filePath: file(name))) == whole)
      }
      #expect(try runOuro(["rerun", file("merged")]).status == 0)
      let gap = try runOuro(["merge", file("part1"), file("part3"), "-o", file("gap")])
      #expect(gap.status == 65 && gap.stderr.contains("paths 10 to 19 are in no part"))
      let twice = try runOuro(["merge", file("part1"), file("part1"), "-o", file("gap")])
      #expect(twice.status == 65 && twice.stderr.contains("are in two parts"))
      #expect(!FileManager.default.fileExists(atPath: file("gap")))
    }
  }

  /// The page and its pictures: one document with no script and nothing from elsewhere.
  @Test func pagesAndPictures() throws {
    try withTemporaryFolder { folder in
      let (page, pictures) = (folder.appending(path: "page"), folder.appending(path: "svg"))
      let answer = try runOuro(
        ["project", book, late, "--paths", "60", "--months", "14"]
          + ["--html", page.path, "--svg", pictures.path]
      )
      #expect(answer.status == 0, "\(answer.stderr)")
      let text = try String(contentsOf: page.appending(path: "index.html"), encoding: .utf8)
      let files = try FileManager.default.contentsOfDirectory(atPath: pictures.path)
      #expect(text.hasPrefix("<!doctype html>") && text.contains("Content-Security-Policy"))
      #expect(!text.contains("<script") && !text.contains("<img") && !text.contains("url(http"))
      #expect(files.contains("loop.svg") && files.contains("cash-openai.svg"))
      #expect(text.components(separatedBy: "<svg").count - 1 == files.count)
      let shard = try runOuro(
        ["project", book, late, "--shard", "1/2", "-o", "part", "--html", page.path]
      )
      #expect(shard.status == 64)
    }
  }

  /// A run's pictures are those of its page, each alone; what a run cannot show is said.
  @Test func drawingARun() throws {
    try withTemporaryFolder { folder in
      func file(_ name: String) -> String { folder.appending(path: name).path }
      func text(_ name: String) throws -> String {
        try String(contentsOfFile: file(name), encoding: .utf8)
      }
      let made = try runOuro(
        ["project", book, "Examples/scenarios/openai-cannot-raise.yaml", "--paths", "60"]
          + ["--months", "14", "-o", file("run"), "--svg", folder.path]
      )
      #expect(made.status == 0, "\(made.stderr)")
      for (options, page) in [
        (["fan"], "loop"), (["fan", "--focus", "openai"], "cash-openai"), (["tornado"], "tornado"),
      ] {
        let drawn = try runOuro(
          ["draw", options[0], file("run"), "-o", file("out.svg")] + options.dropFirst()
        )
        #expect(drawn.status == 0, "\(drawn.stderr)")
        let alone = try text("\(page).svg").replacing("drawing-\(page)", with: options[0])
        #expect(try text("out.svg") == alone)
      }
      for (arguments, status, says) in [
        ([file("run"), "--focus", "nobody"], 64, "and not of nobody"),
        ([file("run"), "--loop", "1"], 64, "fan draws a run as it was made"),
        ([book], 64, "is a book: ouro project … -o RUN makes one"),
        ([file("none")], 66, "there is no such file"),
        (["Examples/ai-economy/deals.csv"], 65, "is no run of ouro project"),
      ] {
        let wrong = try runOuro(["draw", "fan", "-o", file("wrong.svg")] + arguments)
        #expect(wrong.status == Int32(status) && wrong.stderr.contains(says), "\(wrong.stderr)")
        #expect(!FileManager.default.fileExists(atPath: file("wrong.svg")))
      }
      let part = try runOuro(
        ["project", book, late, "--paths", "4", "--months", "3", "--shard", "1/2", "-o", file("p")]
      )
      #expect(part.status == 0)
      let gap = try runOuro(["draw", "fan", file("p"), "-o", file("wrong.svg")])
      #expect(gap.status == 65 && gap.stderr.contains("paths 2 to 3"), "\(gap.stderr)")
    }
  }

  /// A mistake in a scenario is one sentence with its place, and 65.
  @Test func mistakesHaveAPlace() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "bad.yaml")
      try "name: bad\nshocks:\n  - withdraw: nothing\n".write(
        to: path,
        atomically: true,
        encoding: .utf8
      )
      let run = folder.appending(path: "run.json").path
      let answer = try runOuro(
        ["project", book, path.path, "-o", run, "--html", folder.appending(path: "page").path]
      )
      #expect(answer.status == 65 && answer.stdout.isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["bad.yaml"])
      #expect(answer.stderr.contains("bad.yaml:3:15: the book knows no deal nothing"))
      #expect(try runOuro(["rerun", path.path]).status == 65)
      #expect(try runOuro(["project", book, "none.yaml"]).status == 66)
    }
  }
}
