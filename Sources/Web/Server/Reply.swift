internal import Hummingbird
internal import HTTPTypes
internal import Pages

/// What is sent back, before the headers that all replies have.
struct Reply: Sendable {
  /// The status.
  var status: HTTPResponse.Status = .ok
  /// What the body is, as `text/html; charset=utf-8`.
  var type: String
  /// The body.
  var body: ByteBuffer
  /// Headers of this reply alone.
  var headers: HTTPFields = [:]

  init(type: String, _ text: String) { (self.type, body) = (type, ByteBuffer(string: text)) }

  init(type: String, bytes: [UInt8]) { (self.type, body) = (type, ByteBuffer(bytes: bytes)) }

  static func page(_ html: HTML) -> Reply { Reply(type: "text/html; charset=utf-8", html.markup) }

  static func json(_ text: String) -> Reply { Reply(type: "application/json", text + "\n") }

  /// A drawing to be kept: it carries its own style sheet, and is saved rather than shown, so that nothing runs in it.
  static func picture(_ svg: String, name: String) -> Reply {
    var reply = Reply(type: "image/svg+xml", svg)
    reply.save(as: "\(name).svg")
    return reply
  }

  /// A table for a spreadsheet.
  static func table(_ bytes: [UInt8], name: String) -> Reply {
    var reply = Reply(type: "text/csv; charset=utf-8", bytes: bytes)
    reply.save(as: "\(name).csv")
    return reply
  }

  /// A workbook.
  static func workbook(_ bytes: [UInt8], name: String) -> Reply {
    var reply = Reply(
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      bytes: bytes
    )
    reply.save(as: "\(name).xlsx")
    return reply
  }

  private mutating func save(as name: String) {
    headers[.contentDisposition] = "attachment; filename=\"\(name)\""
  }

  /// Leads on to another address here.
  static func redirect(to address: String) -> Reply {
    var reply = Reply(type: "text/plain; charset=utf-8", "")
    reply.status = .seeOther
    reply.headers[.location] = address
    return reply
  }

  /// The response, without its body where only the head was asked for.
  func response(headOnly: Bool) -> Response {
    var all = Self.common
    all.append(contentsOf: headers)
    all[.contentType] = type
    if headOnly { all[.contentLength] = "\(body.readableBytes)" }
    return Response(
      status: status,
      headers: all,
      body: headOnly ? ResponseBody() : ResponseBody(byteBuffer: body)
    )
  }

  /// What every reply says: nothing of it is run but our own script, from here alone, and nobody else frames, sniffs
  /// or keeps it.
  ///
  /// Other sites get no referrer; with none at all browsers would send forms of ours without an origin.
  private static let common: HTTPFields = {
    let policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
      + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    return [
      .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff",
      .made("Referrer-Policy"): "same-origin", .cacheControl: "private, no-cache",
      .made("Cross-Origin-Opener-Policy"): "same-origin",
      .made("Cross-Origin-Resource-Policy"): "same-origin",
      .made("X-Frame-Options"): "DENY",
    ]
  }()
}
