import Fields
import Labels
import RulePacks
import Tables

/// What the reader of a CSV table knows of its columns: which rows are data, and which cells repeat
/// the one above.
struct CSVColumns {
  enum Meaning: Equatable {
    case data, header, total, footer, example
    /// A row that begins as an example does and states a code.
    case doubtfulExample
    /// A line between pages.
    case continued
    case pageCount(PageCount)
  }

  let count: Int
  /// Cells of a row as the file writes them: with the separators that stand behind every row.
  let width: Int
  private let isSheet: Bool
  /// Columns of which an empty cell repeats the one above.
  var fillDown: FillDown
  /// Columns of a form of which at least one is filled in where the row is data; empty where every
  /// row is.
  let toFill: [Int]
  /// Where the same table begins once more beside itself; nil where it stands there once.
  let secondTable: Int?
  /// By column, the first field that is read from it, or −1.
  let readers: [Int]
  private let ignored: [Bool]
  private let lines: [[[UInt8]]]
  private let totals: [[UInt8]]
  private let footers: [[UInt8]]
  private let continued: [[UInt8]]
  private let examples: [[UInt8]]
  /// Columns of which each tells by itself whose row it is.
  private let identities: [Int]
  /// What begins the title of a group: `二、西工区`, `(三)`, `第四部分`.
  private static let ordinals = ["第", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    .map { Array($0.utf8) }
  /// What a row that numbers the columns begins with, and how its columns of words are counted.
  private static let numberings = ["栏次", "列次", "栏号", "序号"].map { Array(matchingKey($0).utf8) }
  private static let stems = ["甲", "乙", "丙", "丁", "戊", "己"].map { Array(matchingKey($0).utf8) }
  /// What begins the first cell of a row that shows how a form is filled in.
  private static let formExamples = [FormLabel.example.zh, FormLabel.example.en]
    .map { Array(matchingKey($0).utf8) }
  private let names: ByteTable
  /// First bytes with which a special row may begin.
  private var leads = [Bool](repeating: false, count: 256)
  /// The Chinese characters with which it may begin, a bit each from U+4000 on.
  private var characters = [UInt64](repeating: 0, count: 0x6000 / 64)

  init(
    _ header: CSVHeader, _ plan: RowPlan, _ words: Words, width: Int, isSheet: Bool = false
  ) {
    count = header.count
    secondTable = header.secondTable
    self.width = width
    self.isSheet = isSheet
    let readers = CSVColumns.readers(plan, count: header.count)
    self.readers = readers
    toFill = readers.indices.filter { plan.profile.blankWithout.contains(readers[$0]) }
    ignored = (0..<header.count).map { header.isIgnored($0, plan.profile.ignored) }
    lines = header.lines.map { $0.map { Array($0.utf8) } }
    totals = words.totals.map { Array($0.utf8) }
    footers = words.footers.map { Array($0.utf8) }
    continued = words.continued.map { Array($0.utf8) }
    examples = words.examples.map { Array($0.utf8) }
    let own = (plan.identity ?? []).filter { $0.count == 1 }.joined()
    identities = readers.indices.filter { own.contains(readers[$0]) }
    var known: [String: Int32] = [:]
    for field in plan.kind.fields {
      for name in [field.label, field.id] + field.aliases { known[matchingKey(name)] = 1 }
    }
    for name in plan.profile.columns.flatMap(\.from) { known[matchingKey(name)] = 1 }
    names = ByteTable(known)
    fillDown = FillDown(
      plan.profile.fillDown.compactMap { field in
        let slot = plan.fields[field].onlySlot
        return slot >= 0 ? Int(slot) : nil
      })
    let begins =
      totals + footers + continued + [Array("(".utf8)] + examples + CSVColumns.formExamples
      + CSVColumns.ordinals + PageCount.begins
    for word in begins + lines.joined() {
      guard let lead = word.first else { continue }
      if let character = CSVColumns.character(word.span, 0) {
        characters[character >> 6] |= 1 << UInt64(character & 63)
        continue
      }
      leads[Int(lead)] = true
      if lead >= 0x41, lead <= 0x5A { leads[Int(lead) + 0x20] = true }
    }
    for lead in foldingLeads { leads[lead] = true }
    leads[0x20] = true
    leads[0x09] = true
  }

  private static func readers(_ plan: RowPlan, count: Int) -> [Int] {
    var readers = Array(repeating: -1, count: count)
    for field in plan.fields.indices {
      for slot in plan.fields[field].rules.flatMap(\.slots)
      where Int(slot) < count && readers[Int(slot)] < 0 {
        readers[Int(slot)] = field
      }
    }
    return readers
  }

  func isIgnored(_ column: Int) -> Bool { column < ignored.count && ignored[column] }

  /// A quick look that rules out almost all data rows.
  func mayBeSpecial(_ bytes: [UInt8], _ cell: CellRange) -> Bool {
    let start = Int(cell.start)
    guard let character = CSVColumns.character(bytes.span, start) else {
      return leads[Int(bytes[start])] || endsLikeTotal(bytes, cell)
    }
    return characters[character >> 6] >> UInt64(character & 63) & 1 == 1
      || endsLikeTotal(bytes, cell)
  }

  /// Whether the last byte of a cell is that of a word for totals: 老城区小计.
  private func endsLikeTotal(_ bytes: [UInt8], _ cell: CellRange) -> Bool {
    var end = Int(cell.end)
    while end > Int(cell.start), bytes[end - 1] == 0x20 { end -= 1 }
    guard end - Int(cell.start) > 3 else { return false }
    for word in totals where word.count >= 3 {
      if word[word.count - 1] == bytes[end - 1], word[word.count - 2] == bytes[end - 2],
        word[word.count - 3] == bytes[end - 3]
      {
        return true
      }
    }
    return false
  }

  /// The number from U+4000 on of a character that is written in one way only; nil for others.
  private static func character(_ text: Span<UInt8>, _ start: Int) -> Int? {
    guard text[start] >= 0xE4, text[start] <= 0xE9, start + 2 < text.count else { return nil }
    return (Int(text[start]) - 0xE4) << 12 | Int(text[start + 1] & 0x3F) << 6
      | Int(text[start + 2] & 0x3F)
  }

  func isKnownName(_ bytes: [UInt8], _ cell: CellRange) -> Bool {
    names.find(key(bytes, cell).span) != nil
  }

  /// What a row is, by its first cell that is filled.
  func meaning(_ bytes: [UInt8], _ cells: [CellRange], _ first: Int) -> Meaning {
    let key = key(bytes, cells[first])
    if totals.contains(where: { isTotal(key, $0) || isTotalOfGroup(key, $0) }) { return .total }
    if let stated = PageCount(key), isAlone(first, bytes, cells) { return .pageCount(stated) }
    if footers.contains(where: { key.starts(with: $0) }) {
      return isData(key, bytes, cells) || statesCode(first, bytes, cells) ? .data : .footer
    }
    if CSVColumns.formExamples.contains(where: { key.starts(with: $0) }) { return .example }
    if isExample(key) {
      return statesCode(first, bytes, cells) ? .doubtfulExample : .example
    }
    if isContinued(key), isAlone(first, bytes, cells) { return .continued }
    for line in lines where first < line.count && line[first] == key {
      let isSame = cells.indices.allSatisfy { column in
        let own = self.key(bytes, cells[column])
        return own == (column < line.count ? line[column] : [])
      }
      if isSame { return .header }
    }
    return .data
  }

  /// Whether a cell beside the first holds a code that tells whose row it is.
  private func statesCode(_ first: Int, _ bytes: [UInt8], _ cells: [CellRange]) -> Bool {
    identities.contains { column in
      guard column != first, column < cells.count else { return false }
      let text = trimmed(bytes.span, Int(cells[column].start), Int(cells[column].end))
      // A telephone number or a day below a table is shorter, and has dashes.
      return (15...18).contains(text.count) && looksLikeCode(bytes.span.extracting(text))
        && !bytes[text].contains(UInt8(ascii: "-"))
    }
  }

  /// `例:某公司`, `示例`, `示例1` and `(示例)某公司`; a name may begin with the same characters.
  private func isExample(_ key: [UInt8]) -> Bool {
    rests(of: key, behind: examples).contains { word, rest in
      guard word.last != UInt8(ascii: ":"), let next = rest.first else { return true }
      return next < 0x80 && !(0x41...0x5A ~= next || 0x61...0x7A ~= next)
    }
  }

  /// `续表`, `(续表)` and `续表2`, in a table of several columns.
  private func isContinued(_ key: [UInt8]) -> Bool {
    count > 2
      && rests(of: key, behind: continued).contains { _, rest in
        String(decoding: rest, as: UTF8.self).allSatisfy {
          "0123456789一二三四五六七八九十第共页表():,-/".contains($0)
        }
      }
  }

  /// What stands behind the words with which a key begins, be it in a bracket.
  private func rests(
    of key: [UInt8], behind words: [[UInt8]]
  ) -> [(word: [UInt8], rest: ArraySlice<UInt8>)] {
    let text = key.first == UInt8(ascii: "(") ? key.dropFirst() : key[...]
    return words.filter { text.starts(with: $0) }.map { ($0, text.dropFirst($0.count)) }
  }

  /// `合计`, `合计(29户)` and `合计:`.
  private func isTotal(_ key: [UInt8], _ word: [UInt8]) -> Bool {
    guard key.starts(with: word) else { return false }
    guard key.count > word.count else { return true }
    return key[word.count] == UInt8(ascii: "(") || key[word.count] == UInt8(ascii: ":")
  }

  /// `老城区小计` and `一、市直单位合计`.
  private func isTotalOfGroup(_ key: [UInt8], _ word: [UInt8]) -> Bool {
    key.count > word.count && key.count <= 60 && key.suffix(word.count).elementsEqual(word)
  }

  /// Whether no other cell of a row is filled in.
  private func isAlone(_ first: Int, _ bytes: [UInt8], _ cells: [CellRange]) -> Bool {
    cells.indices.allSatisfy { $0 == first || isBlank(bytes, cells[$0]) }
  }

  /// Whether a row below the header numbers its columns: `栏次,1,2,3` or `甲,乙,1,2,3=1+2`.
  func isNumbering(_ bytes: [UInt8], _ cells: [CellRange]) -> Bool {
    var keys = cells.prefix(count).map { key(bytes, $0) }.filter { !$0.isEmpty }
    guard keys.count >= 3, keys.count * 2 > count else { return false }
    if CSVColumns.numberings.contains(keys[0]) { keys.removeFirst() }
    for stem in CSVColumns.stems {
      guard keys.first == stem else { break }
      keys.removeFirst()
    }
    guard !keys.isEmpty else { return false }
    for (index, key) in keys.enumerated() {
      let number = key.prefix { $0 != UInt8(ascii: "=") }
        .filter { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
      guard number.elementsEqual("\(index + 1)".utf8) else { return false }
    }
    return true
  }

  /// Whether a row that begins as a footer does is filled in like one of data: 审核人才小镇 is a
  /// place. A footer's cells say whose they are with a colon.
  private func isData(_ key: [UInt8], _ bytes: [UInt8], _ cells: [CellRange]) -> Bool {
    !key.contains(UInt8(ascii: ":")) && isWide(bytes, cells)
  }

  /// Whether three cells at least and more than half of the columns are filled in.
  func isWide(_ bytes: [UInt8], _ cells: [CellRange]) -> Bool {
    let filled = cells.prefix(count).count { !isBlank(bytes, $0) }
    return filled >= 3 && filled * 2 > count
  }

  /// Whether a row is the title of a group of rows: one cell, which begins with an ordinal.
  func isGroupTitle(_ bytes: [UInt8], _ cells: [CellRange]) -> Bool {
    guard count > 2 else { return false }
    let filled = cells.filter { !isBlank(bytes, $0) }
    guard filled.count == 1, let cell = filled.first else { return false }
    var text = Substring(String(decoding: key(bytes, cell), as: UTF8.self))
    let isBracketed = text.first == "("
    if isBracketed { text.removeFirst() }
    let hasPlace = text.first == "第"
    if hasPlace { text.removeFirst() }
    let digits = text.prefix { "一二三四五六七八九十".contains($0) }
    guard !digits.isEmpty, let next = text.dropFirst(digits.count).first else { return false }
    if hasPlace { return "章节部组类批".contains(next) }
    return isBracketed ? next == ")" : next == "," || next == "、"
  }

  /// Whether a row holds something where the table stands once more.
  func isBothTables(_ bytes: [UInt8], _ cells: [CellRange]) -> Bool {
    guard let secondTable else { return false }
    return cells.dropFirst(secondTable).contains { !isBlank(bytes, $0) }
  }

  /// Whether a row of a sheet holds something beside the table.
  func isBeside(_ bytes: [UInt8], _ cells: [CellRange]) -> Bool {
    isSheet && cells.dropFirst(count).contains { !isBlank(bytes, $0) }
  }

  private func key(_ bytes: [UInt8], _ cell: CellRange) -> [UInt8] {
    var key: [UInt8] = []
    guard !cell.isEmpty else { return key }
    let end = min(Int(cell.end), Int(cell.start) + 1000)
    appendMatchingKey(of: bytes.span.extracting(Int(cell.start)..<end), to: &key)
    return key
  }

  /// Whether rows that are plainly data may be taken together.
  var mayWait: Bool { !isSheet && width == count && secondTable == nil }

  /// Whether a row's cells stand under the header.
  ///
  /// Empty cells beyond it are those that the file has behind every row. One more than that, and
  /// nobody can tell where the separator stands that is too many; one less, and the last column
  /// tells: had a separator been left out before it, it would be empty.
  func fits(_ bytes: [UInt8], _ cells: [CellRange], _ cellCount: Int) -> Bool {
    guard cellCount != count || width != count else { return true }
    guard cellCount >= count, cellCount <= CSVScanner.mostCells, count > 0 else { return false }
    // In a sheet each cell names its column, so that nothing can have shifted.
    if isSheet { return true }
    for index in count..<cellCount where !isBlank(bytes, cells[index]) { return false }
    if cellCount == width { return true }
    return cellCount < width && !isBlank(bytes, cells[count - 1])
  }

  private func isBlank(_ bytes: [UInt8], _ cell: CellRange) -> Bool {
    trimmed(bytes.span, Int(cell.start), Int(cell.end)).isEmpty
  }
}
