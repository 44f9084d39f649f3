/// The known words nearest to one that is not known: whoever mistypes a name is told what it may stand for.
public enum Nearest {
  /// What to do about a word that is not known.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - known: The words that are.
  ///   - otherwise: What to say before all of them where none is near.
  /// - Returns: Which one was meant, as far as that can be said; else the known ones, where they are few.
  public static func advice(_ word: String, among known: [String], otherwise: String) -> String {
    if let best = Self.word(to: word, among: known) { return "did you mean \(best)?" }
    let inside = known.filter { $0.contains(word) || word.contains($0) }.sorted()
    if let best = inside.first { return "did you mean \(best)?" }
    return known.count <= 20
      ? "\(otherwise) \(known.sorted().joined(separator: ", "))"
      : "list them with ouro deals or party"
  }

  /// The known word from which the fewest letters are wrong.
  ///
  /// - Parameters:
  ///   - word: The word that is not known.
  ///   - known: The words that are.
  /// - Returns: The nearest, the first in order among equals; `nil` where more than two letters, and more than a
  ///   third of them, are wrong.
  public static func word(to word: String, among known: [String]) -> String? {
    let ranked = known.map { (distance: distance(word, $0), word: $0) }
    let best = ranked.min { ($0.distance, $0.word) < ($1.distance, $1.word) }
    return best.flatMap { $0.distance <= max(2, word.count / 3) ? $0.word : nil }
  }

  /// The known words that a part of a word stands in, a few of them.
  ///
  /// - Parameters:
  ///   - part: The part, in small letters.
  ///   - known: The words that are known, in small letters.
  /// - Returns: At most five, in order.
  public static func words(with part: some StringProtocol, among known: some Sequence<String>)
    -> [String]
  {
    Array(known.filter { $0.contains(part) }.sorted().prefix(5))
  }

  /// Levenshtein's distance: the fewest letters put in, taken out or exchanged.
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8.prefix(100)), Array(right.utf8.prefix(100)))
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let best = min(row[j] + 1, row[j + 1] + 1, corner + (letter == other ? 0 : 1))
        corner = row[j + 1]
        row[j + 1] = best
      }
    }
    return row[right.count]
  }
}
