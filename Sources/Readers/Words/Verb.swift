/// A verb of the grammar with all its forms.
struct Verb: Sendable {
  /// The form it is listed by.
  let base: String
  /// What it does, by its place in ``Grammar/frames``.
  let frame: Int
  /// Every form with what it is.
  let forms: [(String, VerbForm)]

  /// Reads an entry: `buy/bought`, `give/gave/given`; `commit+` doubles its last letter.
  init(_ entry: Substring, frame: Int) {
    var parts = entry.split(separator: "/").map(String.init)
    let doubles = parts[0].hasSuffix("+")
    if doubles { parts[0].removeLast() }
    let base = parts[0]
    let stem =
      doubles ? base + String(base.suffix(1)) : base.hasSuffix("e") ? String(base.dropLast()) : base
    let regular = Self.regularPast(base, stem)
    let past = parts.count > 1 ? parts[1] : regular
    let participle = parts.count > 2 ? parts[2] : past
    self.base = base
    self.frame = frame
    forms = [
      (base, .base), (Self.third(base), .third), (past, .past), (participle, .participle),
      (stem + "ing", .progressive),
    ]
  }

  private static func regularPast(_ base: String, _ stem: String) -> String {
    base.hasSuffix("y") && !["ay", "ey", "oy", "uy"].contains(String(base.suffix(2)))
      ? String(base.dropLast()) + "ied" : stem + "ed"
  }

  private static func third(_ base: String) -> String {
    if base.hasSuffix("y"), !["ay", "ey", "oy", "uy"].contains(String(base.suffix(2))) {
      return String(base.dropLast()) + "ies"
    }
    let hisses = ["s", "x", "sh", "ch"].contains { base.hasSuffix($0) }
    return base + (hisses ? "es" : "s")
  }
}
