import Books
import Claims
import Foundation
import TestKit
import Testing

@testable import Web

/// The book changed from the browser: a candidate read, corrected, accepted and undone; and who may not.
@Suite struct WritingTests {
  /// The shipped book as a file of its own, served.
  private static func served(_ body: (ServedBook, Book) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "write-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "market.ouro").path
    let now = Timestamp(secondsSince1970: 1_800_000_000)
    let book = try Book.openOrCreate(at: path, now: now)
    let shipped = packageRoot.appending(path: "Examples/ai-economy").path
    _ = try book.add(try BookFolder.rows(shipped), reason: "", now: now)
    try await body(try await ServedBook(path), book)
  }

  private static let article =
    "AUSTIN, July 6 - OpenAI has agreed to pay Oracle $24 billion for computing capacity from 2026 through 2029, "
    + "the two companies said on Monday."

  @Test func aCandidateIsReadCorrectedAcceptedAndUndone() async throws {
    try await Self.served { served, book in
      let before = try book.verify()
      let read = try await served.post(
        "/inbox/read",
        ["text": Self.article, "publisher": "Gazette", "published": "2026-08-25"]
      )
      #expect(read.status == 303)
      let place = try #require(read["Location"])
      let candidate = try #require(try book.inbox().first)
      #expect(place == "/inbox/\(candidate.number)")
      // What waits is no part of the book yet.
      #expect(try book.verify().headHash == before.headHash)
      let page = try await served.page(place).body
      #expect(page.contains("<mark>"))
      #expect(page.contains("Accepting adds") || page.contains("cannot be accepted yet"))

      var fields = candidate.fields.filter { !Inbox.fixed.contains($0.key) }
      fields["low"] = "25000000000"
      fields["high"] = "25000000000"
      let form = Dictionary(uniqueKeysWithValues: fields.map { ("cell-\($0.key)", $0.value) })
      let accepted = try await served.post(
        "\(place)/accept",
        form.merging(["target": "new"]) { $1 }
      )
      #expect(accepted.status == 303, "\(accepted.body)")
      let claims = try book.snapshot().contents.claims
      #expect(
        claims.contains { $0.amount?.low == 2_500_000_000_000 && $0.quote.contains("24 billion") }
      )
      // It is accepted once.
      #expect(try await served.post("\(place)/accept", form).status == 422)
      let told = try await served.page(place).body
      #expect(told.contains("accepted with batch 2"))
      // What it added, and what that changed.
      #expect(told.contains("claim <a href=\"/row/gazette-2026-08-25.1?"))
      #expect(told.contains("What it changed"))
      #expect(!told.contains("HTML(markup") && !page.contains("HTML(markup"))
      let undo = try await served.page("/history").body
      #expect(undo.contains("Undo the last batch (batch 2, candidate 1, read from pasted: "))

      #expect(try await served.post("/history/undo", [:]).status == 303)
      #expect(try book.snapshot().contents.claims.count == claims.count - 1)
      #expect(try #require(try book.inbox().first).state == .open)
      let history = try await served.page("/history").body
      #expect(
        history.contains("retract claim") && history.contains("Redo what was undone (batch 2: ")
      )

      #expect(try await served.post("\(place)/reject", [:]).status == 422)
      #expect(try await served.post("\(place)/reject", ["reason": "a headline"]).status == 303)
      #expect(try #require(try book.inbox().first).state == .rejected(reason: "a headline"))
      #expect(try book.verify().rows == before.rows)
    }
  }

  @Test func aClaimIsWrittenUndoneAndDoneAgain() async throws {
    try await Self.served { served, book in
      let before = try book.snapshot().contents.claims.count
      let words = try await served.post(
        "/write/words",
        [
          "words": "Nvidia invests 2bn in OpenAI in 2025", "source": "Gazette",
          "reported": "2026-03-02",
        ]
      )
      #expect(words.status == 303, "\(words.body)")
      let place = try #require(words["Location"])
      #expect(place.hasPrefix("/row/nvidia-openai-"))
      #expect(try await served.page(place).body.contains("2026-03-02"))
      let cells = [
        "cell-deal": "openai-coreweave-2025-03", "cell-source": "022025-oai",
        "cell-reported": "2026-03-03", "cell-status": "signed", "cell-level": "binding",
        "cell-low": "1.5bn", "cell-high": "1.5bn", "cell-currency": "USD",
      ]
      #expect(try await served.post("/write/claim", cells).status == 303)
      let claims = try book.snapshot().contents.claims
      #expect(claims.count == before + 2)
      #expect(
        claims.contains { $0.amount?.low == 150_000_000_000 && $0.deal == cells["cell-deal"] }
      )
      for _ in 1...2 { #expect(try await served.post("/history/undo", [:]).status == 303) }
      #expect(try book.snapshot().contents.claims.count == before)
      for _ in 1...2 { #expect(try await served.post("/history/redo", [:]).status == 303) }
      #expect(try book.snapshot().contents.claims.count == before + 2)
      #expect(try await served.post("/history/redo", [:]).status == 422)

      let bad = [
        cells.merging(["cell-low": "much"]) { $1 }, cells.merging(["cell-deal": "none"]) { $1 },
        [:],
      ]
      for fields in bad {
        #expect(try await served.post("/write/claim", fields).status == 422)
      }
      let form = try await served.page("/write?deal=openai-coreweave-2025-03").body
      #expect(!form.contains("HTML(markup"))
      #expect(form.contains("name=\"cell-deal\" value=\"openai-coreweave-2025-03\""))
      for words in ["Nvidia", "Nvidia invests much in OpenAI in 2025"] {
        #expect(try await served.post("/write/words", ["words": words]).status == 422)
      }
      // What was recorded by a day is what the book knew then; before its first row it knew nothing.
      let then = try await served.page("/deal?recorded-by=2020")
      #expect(then.body.contains("what the book knew by the end of 2020"))
      #expect(!then.body.contains("openai-coreweave-2025-03"))
    }
  }

  @Test func changesComeFromThisServersPagesAlone() async throws {
    try await Self.served { served, book in
      let own = "Origin: http://\(served.host)\r\n"
      let form = "Content-Type: application/x-www-form-urlencoded\r\n"
      let cases: [(String, String, String, Int)] = [
        ("no origin", form, "text=x", 403),
        ("a foreign origin", form + "Origin: http://evil.example\r\n", "text=x", 403),
        ("no origin to speak of", form + "Origin: null\r\n", "text=x", 403),
        ("two origins", form + own + own, "text=x", 403),
        ("another port", form + "Origin: http://127.0.0.1:1\r\n", "text=x", 403),
        ("another site", form + own + "Sec-Fetch-Site: cross-site\r\n", "text=x", 403),
        ("a site beside", form + own + "Sec-Fetch-Site: same-site\r\n", "text=x", 403),
        ("no kind", own, "text=x", 415),
        ("another kind", own + "Content-Type: text/plain\r\n", "text=x", 415),
        ("a file", own + "Content-Type: multipart/form-data; boundary=x\r\n", "--x--", 415),
        ("nothing", own + form, "", 422),
        ("a field twice", own + form, "text=x&text=y", 400),
        ("no text", own + form, "text=%ff", 400),
        ("a control", own + form, "text=%00", 400),
        ("too much", own + form, "text=" + String(repeating: "a", count: 1 << 20), 413),
        ("more than is read", own + form, "text=" + String(repeating: "a", count: 600_000), 413),
        ("nothing to find", own + form, "text=Good+morning.", 422),
      ]
      for (what, headers, body, status) in cases {
        let sent = headers + "Content-Length: \(body.utf8.count)\r\n"
        let reply = try await served.get("/inbox/read", method: "POST", headers: sent, body: body)
        #expect(reply.status == status, "\(what)")
      }
      let stranger = try await RawClient(port: served.port).send(
        "POST /history/undo HTTP/1.1\r\nHost: \(served.host)\r\n\(own)\(form)Content-Length: 0\r\n\r\n"
      )
      #expect(stranger.first?.status == 401)
      #expect(try await served.get("/history/undo").status == 405)
      #expect(try book.inbox().isEmpty)
      #expect(try book.verify().batches == 1)
    }
  }

  @Test func twoBrowsersAtOnceLoseNoWord() async throws {
    try await Self.served { served, book in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...12 {
          group.addTask {
            let text =
              "OpenAI has agreed to pay Oracle $\(number) billion for computing capacity in 2027."
            return try await served.post(
              "/inbox/read",
              ["text": text, "publisher": "Gazette \(number)", "published": "2026-08-25"]
            ).status
          }
        }
        for try await status in group { #expect(status == 303) }
      }
      let publishers = Set(try book.inbox().compactMap { $0.fields["publisher"] })
      #expect(publishers == Set((1...12).map { "Gazette \($0)" }))
    }
  }

  @Test func whatIsMissingIsAskedInWordsOfThePage() async throws {
    try await Self.served { served, book in
      #expect(try await served.post("/inbox/read", ["text": Self.article]).status == 303)
      let page = try await served.page("/inbox/1").body
      #expect(page.contains("It cannot be accepted yet. Nobody said its publisher: fill it in."))
      #expect(page.contains("OpenAI → Oracle") && page.contains("24bn USD"))
      let refused = try await served.post("/inbox/1/accept", ["cell-publisher": "Gazette"])
      #expect(refused.status == 422 && !refused.body.contains("--set"))
      #expect(refused.body.contains("<h1>Nothing was changed</h1>"))
      #expect(refused.body.contains("<a href=\"/inbox/1\">Back to the form</a>"))
      let amounts = [
        "cell-publisher": "Gazette", "cell-published": "2026-08-25", "cell-payer": "openai",
        "cell-payee": "oracle", "cell-kind": "purchase", "cell-status": "signed",
        "cell-level": "headline", "cell-high": "2.5bn", "cell-currency": "USD", "target": "new",
      ]
      let accepted = try await served.post("/inbox/1/accept", amounts)
      #expect(accepted.status == 303, "\(accepted.body)")
      let claims = try book.snapshot().contents.claims
      #expect(claims.contains { $0.amount?.high == 250_000_000_000 && $0.amount?.low == nil })
    }
  }

  @Test func anEmptyBookSaysHowItBegins() async throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "empty-\(UUID().uuidString).ouro").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let now = Timestamp(secondsSince1970: 1_800_000_000)
    let book = try Book.openOrCreate(at: path, now: now)
    let served = try await ServedBook(path)
    let page = try await served.page("/report").body
    #expect(page.contains("This book is empty") && page.contains("href=\"/write?"))
    #expect(!page.contains("class=\"question\""))
    #expect(try await served.page("/history").body.contains("Nothing was added yet."))
    // Told of this year, while the last is asked about.
    let words = ["words": "Acme pays Bolt 2m in 2026", "reported": "2026-05-02"]
    #expect(try await served.post("/write/words", words).status == 303)
    #expect(try book.snapshot().contents.claims.count == 1)
    let answer = try await served.page("/report").body
    #expect(answer.contains("Nothing that moved is told of 2025. Of these years something is:"))
    #expect(answer.contains("period=2026"))
  }

  @Test func aFolderIsNotWritten() async throws {
    let served = try await ServedBook.shipped.value
    #expect(try await served.post("/inbox/read", ["text": Self.article]).status == 422)
    #expect(try await served.post("/history/undo", [:]).status == 422)
    #expect(
      try await served.post("/write/words", ["words": "Nvidia pays OpenAI 1bn in 2025"]).status
        == 422
    )
    #expect(try await served.get("/api/check?recorded-by=2025").status == 422)
  }
}
