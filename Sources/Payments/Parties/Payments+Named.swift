extension Payments {
  /// The parties that a person may mean by a name or an account, as positions.
  ///
  /// - Parameter name: What the file calls the party, or what people do.
  /// - Returns: The party that the file calls so; else all whom people call so.
  package func parties(named name: String) -> [Int] {
    let exact = (0..<parties.count).first { parties[$0] == name }
    if let exact { return [exact] }
    let words = PartyName.words(name)
    return (0..<parties.count).filter { index in
      guard let label = label(of: index) else { return false }
      return label == name || (!words.isEmpty && PartyName.words(label).starts(with: words))
    }
  }
}
