import Claims
import Foundation
import Readers
import TestKit
import Testing

/// How well the reader reads sixty labelled texts: rules were written with one half at hand and not with the other.
struct ScoreTests {
  private func score(_ fixture: String) throws -> Score {
    var score = Score()
    for text in try LabelledText.all(in: fixture) {
      let reader = Reader(publisher: text.publisher, published: PartialDate(text.published))
      score.add(text, reader.read(Array(text.text.utf8)))
    }
    // `make reading-score` asks for the table.
    if ProcessInfo.processInfo.environment["READING_SCORE"] == "1" {
      print("\n\(fixture)\n\(score.table)")
    }
    return score
  }

  @Test func theHalfThatRulesWereWrittenWith() throws {
    let score = try score("tuning")
    #expect(score.all.precision >= 0.9, "\(score.table)")
    #expect(score.all.recall >= 0.8, "\(score.table)")
    #expect(score.status >= 0.85)
    #expect(score.facts.precision >= 0.85)
    #expect(score.falseSpans == [])
    #expect(score.falseAlarms == [])
  }

  @Test func theHalfThatWasKeptBack() throws {
    let score = try score("held-out")
    #expect(score.all.precision >= 0.75, "\(score.table)")
    #expect(score.all.recall >= 0.65, "\(score.table)")
    #expect(score.status >= 0.85)
    #expect(score.falseSpans == [])
  }
}
