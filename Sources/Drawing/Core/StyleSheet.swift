extension Theme {
  /// The rules that every drawing stands under; they touch nothing outside `svg.ouro`.
  ///
  /// | Class | Means |
  /// |---|---|
  /// | `f0` … `f7` | filled in the colour of a group |
  /// | `l0` … `l7` | drawn in a line of that colour |
  /// | `fl`, `ll` | filled, lined in the colour of the loop |
  /// | `fi`, `li`, `fm`, `lm` | filled, lined in ink; muted |
  /// | `fs`, `ls` | filled, lined in the surface's colour |
  /// | `ln` | a thin line: axes, leaders |
  /// | `ff` | a faint area |
  /// | `band` | a flow: translucent, and solid under the pointer |
  /// | `rest` | what stands back while a loop is marked |
  /// | `dash` | dashed |
  /// | `halo` | text with the surface around its letters |
  package static let styleSheet: String = {
    let screen = "@media screen and (prefers-color-scheme:dark)"
    return fixed + colours(.light) + screen + "{" + colours(.dark) + "}"
  }()

  /// What does not depend on the colours.
  private static var fixed: String {
    let texts = TextStyle.allCases.map { style in
      let weight = style.isBold ? "bold" : "normal"
      return "svg.ouro .\(style.rawValue){font-size:\(decimal(style.size))px;font-weight:\(weight)}"
    }
    return """
      svg.ouro{font-family:\(FontMetrics.family)}
      svg.ouro text{white-space:pre;letter-spacing:0;word-spacing:0}
      \(texts.joined(separator: "\n"))
      svg.ouro .band{fill-opacity:.45;stroke-opacity:.45}
      svg.ouro .turn{fill-opacity:.72;stroke-opacity:.8}
      svg.ouro .rest{fill-opacity:.26;stroke-opacity:.26}
      svg.ouro .chosen{fill-opacity:.82;stroke-opacity:.82}
      svg.ouro a:hover .band,svg.ouro g:hover>.band,svg.ouro a:focus .band{fill-opacity:.9;stroke-opacity:.9}
      svg.ouro .edge{fill:none;stroke-width:1}
      svg.ouro .dash{stroke-dasharray:4 3}
      svg.ouro .ln{fill:none;stroke-width:1}
      svg.ouro .halo{paint-order:stroke;stroke-width:3.5px;stroke-linejoin:round}
      svg.ouro a{cursor:pointer}

      """
  }

  private static func colours(_ theme: Theme) -> String {
    let named: [(String, Colour)] =
      theme.groups.enumerated().map { ("\($0)", $1) } + [
        ("l", theme.loop), ("i", theme.ink), ("m", theme.muted), ("s", theme.surface),
      ]
    var rules = named.map { name, colour in
      "svg.ouro .f\(name){fill:\(colour.hex)}svg.ouro .l\(name){stroke:\(colour.hex)}"
        + "svg.ouro .g\(name){stop-color:\(colour.hex)}"
    }
    rules += theme.inks.map { "svg.ouro .\($0.tone.rawValue){fill:\($0.colour.hex)}" }
    rules.append("svg.ouro .ln{stroke:\(theme.line.hex)}svg.ouro .ff{fill:\(theme.faint.hex)}")
    rules.append("svg.ouro .halo{stroke:\(theme.surface.hex)}svg.ouro .halo.kt{stroke:none}")
    return rules.joined(separator: "\n") + "\n"
  }
}
