/// The colours of a workbook's fonts and fills by their numbers, for cells that nobody sees: written
/// in the colour of what is behind them.
struct CellColours {
  private static let white = "FFFFFF"
  private static let black = "000000"

  private var fonts: [String] = []
  private var fills: [String] = []
  /// Fonts and fills stand in other places, too, which no cell names by number.
  private var isInFonts = false
  private var isInFills = false

  mutating func open(_ name: String, _ attributes: [XMLAttribute]) {
    switch name {
    case "fonts": isInFonts = true
    case "fills": isInFills = true
    case "font" where isInFonts: fonts.append(CellColours.black)
    case "fill" where isInFills: fills.append(CellColours.white)
    case "color" where isInFonts && !fonts.isEmpty:
      fonts[fonts.count - 1] = CellColours.colour(attributes, CellColours.black)
    case "patternFill" where isInFills && !fills.isEmpty:
      // Behind a pattern that is not named nobody can tell.
      let pattern = attributes["patternType"] ?? "none"
      fills[fills.count - 1] = pattern == "none" ? CellColours.white : pattern
    case "fgColor" where isInFills && fills.last == "solid":
      fills[fills.count - 1] = CellColours.colour(attributes, "")
    case "gradientFill" where isInFills && !fills.isEmpty: fills[fills.count - 1] = name
    default: break
    }
  }

  mutating func close(_ name: String) {
    if name == "fonts" { isInFonts = false }
    if name == "fills" { isInFills = false }
  }

  /// Whether what is written with a font cannot be seen on a fill.
  func hides(font: String?, fill: String?) -> Bool {
    guard let font = font.flatMap({ Int($0) }), fonts.indices.contains(font) else { return false }
    let fill = fill.flatMap { Int($0) } ?? 0
    let behind = fills.indices.contains(fill) ? fills[fill] : CellColours.white
    return fonts[font] == behind
  }

  /// A colour, by whatever it is named; two names of white and black are the same.
  private static func colour(_ attributes: [XMLAttribute], _ none: String) -> String {
    if let rgb = attributes["rgb"] { return String(rgb.uppercased().suffix(6)) }
    let tint = attributes["tint"].flatMap { Double($0) } ?? 0
    if let theme = attributes["theme"] {
      if tint == 0, theme == "0" { return white }
      if tint == 0, theme == "1" { return black }
      return "theme \(theme) \(tint)"
    }
    switch attributes["indexed"] {
    case nil: return none
    case "1", "9": return white
    case "0", "8", "64": return black
    case let number?: return "indexed \(number)"
    }
  }
}
