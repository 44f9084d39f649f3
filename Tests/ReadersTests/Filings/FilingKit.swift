import Foundation
import Readers
import TestKit

/// Small filings written for the tests.
enum FilingKit {
  /// A page of inline XBRL with one company, in a year that ends on 31 December 2025, and marks in its body.
  static func page(
    _ body: String,
    hidden: String = "",
    contexts: String = "",
    space: String = "http://www.xbrl.org/2013/inlineXBRL",
    prolog: String = "<?xml version='1.0' encoding='ASCII'?>\n"
  ) -> [UInt8] {
    let text = """
      \(prolog)<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="\(space)" \
      xmlns:us-gaap="http://fasb.org/us-gaap/2025" xmlns:srt="http://fasb.org/srt/2025" \
      xmlns:dei="http://xbrl.sec.gov/dei/2025" xmlns:acme="http://acme.example/20251231" \
      xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" \
      xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" \
      xmlns:ixt-sec="http://www.sec.gov/inlineXBRL/transformation/2015-08-31">
      <head><title>acme</title></head><body><div style="display:none"><ix:header><ix:hidden>\
      <ix:nonNumeric contextRef="y" name="dei:EntityCentralIndexKey">0000000042</ix:nonNumeric>\
      <ix:nonNumeric contextRef="y" name="dei:DocumentFiscalYearFocus">2025</ix:nonNumeric>\
      <ix:nonNumeric contextRef="y" name="dei:DocumentFiscalPeriodFocus">FY</ix:nonNumeric>\(hidden)</ix:hidden>
      <ix:resources>
      \(context("y", "<xbrli:startDate>2025-01-01</xbrli:startDate><xbrli:endDate>2025-12-31</xbrli:endDate>"))
      \(context("e", "<xbrli:instant>2025-12-31</xbrli:instant>"))
      \(contexts)
      <xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
      <xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
      <xbrli:unit id="each"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure>\
      </xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure>\
      </xbrli:unitDenominator></xbrli:divide></xbrli:unit>
      </ix:resources></ix:header></div>
      <p><ix:nonNumeric contextRef="y" name="dei:DocumentType">10-K</ix:nonNumeric> of \
      <ix:nonNumeric contextRef="y" name="dei:EntityRegistrantName">ACME &amp; CO</ix:nonNumeric> to \
      <ix:nonNumeric contextRef="y" name="dei:DocumentPeriodEndDate" format="ixt:date-monthname-day-year-en">\
      <ix:nonNumeric contextRef="y" name="dei:CurrentFiscalYearEndDate">December 31</ix:nonNumeric>, 2025</ix:nonNumeric></p>
      \(body)</body></html>
      """
    return Array(text.utf8)
  }

  /// A context with axes and members.
  static func context(_ id: String, _ period: String, _ members: (String, String)...) -> String {
    let segment = members.map {
      "<xbrldi:explicitMember dimension=\"\($0.0)\">\($0.1)</xbrldi:explicitMember>"
    }.joined()
    return """
      <xbrli:context id="\(id)"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000042\
      </xbrli:identifier><xbrli:segment>\(segment)</xbrli:segment></xbrli:entity><xbrli:period>\(period)</xbrli:period></xbrli:context>
      """
  }

  /// A marked number.
  static func number(
    _ text: String,
    _ attributes: String = "",
    name: String = "us-gaap:Revenues",
    context: String = "y",
    unit: String = "usd"
  ) -> String {
    "<ix:nonFraction name=\"\(name)\" contextRef=\"\(context)\" unitRef=\"\(unit)\" \(attributes)>\(text)</ix:nonFraction>"
  }

  /// A list of facts: one tag of the taxonomy after another, entries as they are.
  static func facts(_ tags: (String, String)...) -> [UInt8] {
    let body = tags.map {
      "\"\($0.0)\":{\"label\":\"\($0.0)\",\"description\":null,\"units\":{\"USD\":[\($0.1)]}}"
    }.joined(separator: ",")
    return Array(
      "{\"cik\":42,\"entityName\":\"ACME & CO\",\"facts\":{\"us-gaap\":{\(body)}}}".utf8
    )
  }

  /// An entry of a list of facts.
  static func entry(
    _ start: String?,
    _ end: String,
    _ value: String,
    _ filed: String,
    form: String = "10-Q",
    period: String = "Q1",
    year: Int = 2025
  ) -> String {
    let first = start.map { "\"start\":\"\($0)\"," } ?? ""
    return
      "{\(first)\"end\":\"\(end)\",\"val\":\(value),\"accn\":\"0000000042-\(filed)-\(form)\",\"fy\":\(year),\"fp\":\"\(period)\",\"form\":\"\(form)\",\"filed\":\"\(filed)\",\"frame\":\"CY\"}"
  }

  static let sharedFolder = packageRoot.deletingLastPathComponent()
    .appending(path: "shared/data/edgar")

  static var isThere: Bool { FileManager.default.fileExists(atPath: sharedFolder.path) }

  /// A file packed by gzip, as it was before.
  static func unpacked(_ name: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = ["-dc", sharedFolder.appending(path: name).path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
  }
}
