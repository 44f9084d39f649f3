/// Which way money goes, seen from an own account.
enum Direction {
  case out
  case into

  /// Reads a cell of a column that says so.
  init?(_ cell: String) {
    let word = folded(cell).filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "+" }
    if Self.outs.contains(word) {
      self = .out
    } else if Self.intos.contains(word) {
      self = .into
    } else {
      return nil
    }
  }

  private static let outs: Set<String> = words(
    """
    d dr db dbt dbit debit s soll af out - debet lastschrift belastung ausgang sent paymentsent withdrawal debe cargo \
    dare uscita salida sortie debito expense spent addebito adeudo payment outgoing sale ausgabe uit paid moneyout
    """
  )
  private static let intos: Set<String> = words(
    """
    c cr crd crdt credit h haben bij in + gutschrift eingang received paymentreceived deposit haber abono avere entrata \
    entrada entree credito income accredito ingreso incoming receipt einnahme moneyin refund
    """
  )

  private static func words(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map { folded(String($0)) })
  }
}
