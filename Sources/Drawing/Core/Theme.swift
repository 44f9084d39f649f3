/// The colours of the drawings, light and dark.
///
/// The groups' colours are those of Okabe and Ito, "Color Universal Design", 2008, less vermilion,
/// which marks the chosen loop alone. Text stands on the surface, never on a colour of a group.
package struct Theme: Sendable {
  /// What the drawing lies on.
  package let surface: Colour
  /// Names and headings.
  package let ink: Colour
  /// Notes, scales, second lines.
  package let muted: Colour
  /// The chosen loop.
  package let loop: Colour
  /// Text about the chosen loop.
  package let loopInk: Colour
  /// Thin lines: axes, frames, leaders.
  package let line: Colour
  /// Areas that should stand back.
  package let faint: Colour
  /// The colours of groups, in order; the last is for whoever is in none.
  package let groups: [Colour]

  /// For light surroundings, and for print.
  package static let light = Theme(
    surface: Colour(0xFFFFFF),
    ink: Colour(0x1B1F24),
    muted: Colour(0x57606A),
    loop: Colour(0xD55E00),
    loopInk: Colour(0xA84300),
    line: Colour(0x8C959F),
    faint: Colour(0xE7EAEE),
    groups: [
      0x0072B2, 0x009E73, 0xE69F00, 0x56B4E9, 0xCC79A7, 0xB8A800, 0x6A51A3, 0x7F7F7F,
    ].map { Colour($0) }
  )

  /// For dark surroundings.
  package static let dark = Theme(
    surface: Colour(0x14181D),
    ink: Colour(0xE8EBEF),
    muted: Colour(0xA7B0BA),
    loop: Colour(0xFF7B2E),
    loopInk: Colour(0xFF9A5E),
    line: Colour(0x6E7883),
    faint: Colour(0x2A3037),
    groups: [
      0x3FA0E0, 0x1FBF92, 0xF0B429, 0x8CCBF2, 0xE29AC2, 0xE5DB4A, 0xA593DD, 0xA0A0A0,
    ].map { Colour($0) }
  )

  /// How many groups have a colour of their own.
  package static var groupCount: Int { light.groups.count - 1 }

  /// The texts' colours with the words that name them.
  package var inks: [(tone: Tone, colour: Colour)] {
    [(.ink, ink), (.muted, muted), (.loop, loopInk), (.tint, ink)]
  }
}

/// What a text is about, which gives its colour.
package enum Tone: String, Sendable, CaseIterable {
  /// Names, headings, amounts.
  case ink = "ki"
  /// Notes and second lines.
  case muted = "km"
  /// The chosen loop.
  case loop = "kl"
  /// Names on a pale area of a group's colour, where no halo is wanted.
  case tint = "kt"
}
