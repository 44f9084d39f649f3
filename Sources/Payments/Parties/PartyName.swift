/// Names of parties as they are compared with one another.
package enum PartyName {
  /// The words of a name, small, without accents, and with ae, oe, ue as one letter.
  package static func words(_ name: String) -> [String] {
    name.replacing("&", with: " ").split {
      !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "'" && $0 != "’"
    }
    .map { folded($0.filter { $0.isLetter || $0.isNumber }) }
    .filter { !$0.isEmpty }
  }

  /// What companies are by law, and words that go with it.
  package static let legalForms: Set<String> = Set(
    """
    gmbh ag kg ohg gbr ug ev eg se co cie sa sas sarl sarlu eurl snc sci srl spa sl slu sau sc ltd limited llc llp lp inc \
    incorporated corp corporation company plc bv nv vof cv ab as asa oy oyj aps gesellschaft mbh haftungsbeschrankt and und et y e \
    ek kft zrt doo sro spzoo unipessoal lda the
    """.split(whereSeparator: \.isWhitespace).map { folded(String($0)) }
  )
}
