/// A number as people write large ones: plain, or with k, m, bn or tn behind it, a dollar sign before it or not.
///
/// - Parameter text: The number, as `1.5bn`, `$250m` or `30`.
/// - Returns: Its value; `nil` where it is none.
package func scaledNumber(_ text: some StringProtocol) -> Double? {
  let scales = [("tn", 1e12), ("bn", 1e9), ("b", 1e9), ("m", 1e6), ("k", 1e3)]
  var rest = Substring(text)
  let scale = scales.first { rest.suffix($0.0.count).lowercased() == $0.0 }
  if let scale {
    rest = rest.dropLast(scale.0.count)
    while rest.last == " " { rest.removeLast() }
  }
  if rest.first == "$" { rest.removeFirst() }
  return StrictDecimal(rest).map { $0.double * (scale?.1 ?? 1) }
}
