/// How the scalars of the basic plane stand in matching keys, for texts in which none depends on
/// its neighbours.
public struct FoldingTable: Sendable {
  public static let standard = FoldingTable()

  /// What each scalar becomes: a scalar, `left` where it is left out, `together` where only its
  /// whole text can be folded, because it becomes several or may become one with another.
  public let scalars: [UInt32]
  public static let left = UInt32.max
  public static let together = UInt32.max - 1

  /// Han characters and Hangul syllables stand for themselves, and so does what has no meaning.
  private static let plain: [ClosedRange<UInt32>] = [
    0x3400...0x9FFF, 0xAC00...0xD7A3, 0xD800...0xF8FF,
  ]

  private init() {
    var scalars = Array(UInt32(0)..<0x1_0000)
    var room = [Int32](repeating: 0, count: 32)
    var value: UInt32 = 0
    while value < 0x1_0000 {
      if let range = FoldingTable.plain.first(where: { $0.lowerBound == value }) {
        value = range.upperBound + 1
        continue
      }
      scalars[Int(value)] = FoldingTable.folded(value, &room)
      value += 1
    }
    self.scalars = scalars
  }

  private static func folded(_ value: UInt32, _ room: inout [Int32]) -> UInt32 {
    let parts = Normalising.decomposed(value, &room)
    guard parts.count != 0 else { return left }
    // What depends on nothing before it keeps to itself.
    guard !Normalising.mayJoin(value), !Normalising.mayJoin(parts.first) else { return together }
    var folded = houseFolded(parts.first)
    if parts.count > 1 {
      let key = Unicode.Scalar(value).flatMap { foldedTogether(Array(String($0).utf8)) } ?? []
      guard key.count == 1, !Normalising.mayJoin(key[0]) else { return together }
      folded = key[0]
    }
    guard let folded else { return left }
    return folded < 0x1_0000 ? folded : together
  }
}

/// The scalars of a text's matching key, whatever stands in it; nil where it is no UTF-8.
///
/// The definition: NFKC_Casefold, then the house's own folding, and once more, because marks may
/// come to stand behind a letter when what was between them is left out.
func foldedTogether(_ text: [UInt8]) -> [UInt32]? {
  guard let first = Normalising.folded(text).map(houseFolded) else { return nil }
  guard first.contains(where: { Normalising.mayJoin($0) }) else { return first }
  var bytes: [UInt8] = []
  for value in first { append(scalar: value, to: &bytes) }
  return Normalising.folded(bytes).map(houseFolded)
}

private func houseFolded(_ scalars: [Int32]) -> [UInt32] {
  scalars.compactMap { houseFolded(UInt32(bitPattern: $0)) }
}

/// What the house folds beyond Unicode: spaces are left out, brackets, dashes, dots and stops of all
/// kinds are one, radicals are the characters they show, and Latin letters are capitals.
private func houseFolded(_ value: UInt32) -> UInt32? {
  switch value {
  case 0x00...0x20, 0x7F, 0x85, 0x1680, 0x2028, 0x2029: nil
  case 0x61...0x7A: value - 0x20
  // ⺀ to ⻳, as copied from printed pages.
  case 0x2E80...0x2EF3: radicals[value] ?? value
  case 0x3001: 0x2C
  case 0x3002: 0x2E
  case 0x5B, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A: 0x28
  case 0x5D, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B: 0x29
  // Middle dots of personal and foreign names.
  case 0x2022, 0x2027, 0x30FB, 0x22C5: 0xB7
  case 0x2010...0x2015, 0x2212: 0x2D
  default: value
  }
}

/// The radicals that NFKC leaves as they are and the characters that they show, of Unicode's
/// EquivalentUnifiedIdeograph.txt.
private let radicals: [UInt32: UInt32] = {
  let pairs = """
    ⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺\
    ⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西\
    ⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟\
    ⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟
    """
  let scalars = pairs.unicodeScalars.map(\.value)
  var shown: [UInt32: UInt32] = [:]
  for index in stride(from: 0, to: scalars.count - 1, by: 2) {
    shown[scalars[index]] = scalars[index + 1]
  }
  return shown
}()

func append(scalar value: UInt32, to bytes: inout [UInt8]) {
  guard let scalar = Unicode.Scalar(value) else { return }
  if value < 0x80 {
    bytes.append(UInt8(value))
  } else {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
  }
}
