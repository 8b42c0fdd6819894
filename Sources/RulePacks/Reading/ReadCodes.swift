import Fields
import Tables

extension PackLoader {
  private static let known = [
    "code", "name", "aliases", "valid_from", "valid_to", "successors", "means", "hint",
  ]

  /// One file of `codes/`.
  mutating func readCodes(_ file: PackFile) {
    let index = reading.files.count
    reading.files.append(Reading.File(shown: folder + "/" + file.path, text: ""))
    let id = String(file.path.dropFirst("codes/".count).dropLast(".csv".count))
    let rows = separatedRecords(of: file.bytes)
    tables[id] = pack.codes.count
    pack.codes.append(CodeTable(id: id, codes: [], attributes: [], index: [:]))
    let start = Spot(file: index, line: 1, column: 1)
    guard String(validating: file.bytes, as: UTF8.self) != nil else {
      reading.fault(
        at: start, say("文件不是UTF-8编码", "the file is not in UTF-8"),
        cure: say("请另存为UTF-8编码", "save it in UTF-8"))
      return
    }
    let header = (rows.first?.fields ?? []).map { trimmed($0) }
    for required in ["code", "name"] where !header.contains(required) {
      reading.fault(
        at: start, say("表头缺少“\(required)”列", "the header lacks the column “\(required)”"),
        cure: say("第一行应为 code,name,aliases,…", "the first line must read code,name,aliases,…"))
    }
    guard let code = header.firstIndex(of: "code"), let name = header.firstIndex(of: "name")
    else { return }
    var table = CodeTable(
      id: id, codes: [], attributes: header.filter { !PackLoader.known.contains($0) }, index: [:])
    var spots: [Spot] = []
    for row in rows.dropFirst() {
      let spot = Spot(file: index, line: row.line, column: 1)
      if row.fields.count != header.count {
        reading.fault(
          at: spot,
          say(
            "有\(row.fields.count)格，表头有\(header.count)格",
            "\(row.fields.count) cells, but the header has \(header.count)"),
          cure: say("请补齐或删去逗号；含逗号的文字加引号", "add or remove commas; quote texts with commas"))
      } else if trimmed(row.fields[code]).isEmpty || trimmed(row.fields[name]).isEmpty {
        reading.fault(
          at: spot, say("代码或名称是空的", "the code or the name is empty"),
          cure: say("请填写或删去这一行", "fill it or remove the line"))
      }
      // The code is kept all the same, so that one fault does not become many.
      table.codes.append(readCode(row, header: header, file: index))
      spots.append(spot)
    }
    if rows.count < 2 {
      reading.fault(
        at: start, say("代码表中没有代码", "the code table holds no code"),
        cure: say("请填写代码或删去文件", "fill it or remove it"))
    }
    indexCodes(of: &table, spots: spots)
    checkSuccessors(of: table, spots: spots)
    pack.codes[pack.codes.count - 1] = table
  }

  private mutating func readCode(
    _ row: SeparatedRecord, header: [String], file: Int
  ) -> CodeTable.Code {
    var code = CodeTable.Code(code: "", name: "")
    for (column, title) in header.enumerated() where column < row.fields.count {
      let cell = trimmed(row.fields[column])
      guard !cell.isEmpty else { continue }
      switch title {
      case "code": code.code = cell
      case "name": code.name = cell
      case "aliases": code.aliases = cell.split(separator: "|").map { trimmed(String($0)) }
      case "valid_from": code.validFrom = date(cell, in: row, column: column, file: file)
      case "valid_to": code.validTo = date(cell, in: row, column: column, file: file)
      case "successors": code.successors = cell.split(separator: "|").map { trimmed(String($0)) }
      case "means": code.means = cell
      case "hint": code.hint = cell
      default: code.attributes[title] = cell
      }
    }
    return code
  }

  private mutating func date(
    _ cell: String, in row: SeparatedRecord, column: Int, file: Int
  ) -> PartialDate? {
    if let date = PartialDate(written: cell) { return date }
    reading.fault(
      at: Spot(file: file, line: row.line, column: row.start(ofField: column)),
      say("“\(cell)”不是日期", "“\(cell)” is not a date"),
      cure: say("请写成 2018-09-30 的样子", "write it like 2018-09-30"))
    return nil
  }

  /// Fills the index: a code wins over another row's name or alias.
  private mutating func indexCodes(of table: inout CodeTable, spots: [Spot]) {
    table.index.reserveCapacity(table.codes.count * 3)
    for (row, code) in table.codes.enumerated() {
      if table.index.updateValue(Int32(row), forKey: matchingKey(code.code)) != nil {
        duplicate(code.code, at: spots[row])
      }
    }
    let codes = table.index
    for (row, code) in table.codes.enumerated() {
      for word in [code.name] + code.aliases {
        let key = matchingKey(word)
        guard codes[key] == nil, let other = table.index.updateValue(Int32(row), forKey: key),
          other != row
        else {
          if let owner = codes[key] { table.index[key] = owner }
          continue
        }
        settle(key, word: word, between: Int(other), and: row, in: &table, at: spots[row])
      }
    }
  }

  /// Two rows share a name or alias: the one still valid has it; otherwise it is ambiguous.
  private mutating func settle(
    _ key: String, word: String, between first: Int, and second: Int, in table: inout CodeTable,
    at spot: Spot
  ) {
    let (a, b) = (table.codes[first], table.codes[second])
    if let means = a.means, means == b.means { return }
    if (a.validTo == nil) != (b.validTo == nil) {
      table.index[key] = Int32(a.validTo == nil ? first : second)
      return
    }
    reading.fault(
      at: spot,
      say(
        "“\(word)”既指“\(a.code)”又指“\(b.code)”",
        "“\(word)” stands for both “\(a.code)” and “\(b.code)”"),
      cure: say("请从其中一行的名称或别名中删去", "remove it from the name or aliases of one row"))
  }

  private mutating func checkSuccessors(of table: CodeTable, spots: [Spot]) {
    for (row, code) in table.codes.enumerated() {
      for successor in code.successors
      where !table.codes.contains(where: { $0.code == successor }) {
        reading.unknownName(
          successor, at: spots[row], what: say("代码", "code"), among: table.names)
      }
    }
    nameCycles(of: table, spots: spots)
  }

  /// Codes that are their own successors, be it by way of others: whoever follows them from one that
  /// has ended finds no end.
  private mutating func nameCycles(of table: CodeTable, spots: [Spot]) {
    var rows: [String: Int] = [:]
    for (row, code) in table.codes.enumerated() where rows[code.code] == nil {
      rows[code.code] = row
    }
    let next = table.codes.map { $0.successors.compactMap { rows[$0] } }
    // 0 not seen, 1 on the way in hand, 2 done.
    var states = Array(repeating: 0, count: next.count)
    for first in next.indices where states[first] == 0 {
      var way: [(row: Int, turn: Int)] = [(first, 0)]
      states[first] = 1
      while let (row, turn) = way.last {
        guard turn < next[row].count else {
          states[row] = 2
          way.removeLast()
          continue
        }
        way[way.count - 1].turn += 1
        let successor = next[row][turn]
        if states[successor] == 0 {
          states[successor] = 1
          way.append((successor, 0))
        } else if states[successor] == 1 {
          let start = way.firstIndex { $0.row == successor } ?? 0
          let cycle = way[start...].map { table.codes[$0.row].code } + [table.codes[successor].code]
          reading.fault(
            at: spots[successor],
            say(
              "后续代码绕回了自身：\(cycle.joined(separator: " → "))",
              "the successors lead back to where they began: \(cycle.joined(separator: " → "))"),
            cure: say(
              "请改正 successors：只写取代它的代码", "correct `successors`: name only codes that replaced it"))
        }
      }
    }
  }
}

extension SeparatedRecord {
  /// The column, in characters, at which a field begins on its line; exact for records of one
  /// line that are quoted only where needed.
  func start(ofField index: Int) -> Int {
    fields[..<index].reduce(1) { column, field in
      let quotes = field.unicodeScalars.count { $0 == "\"" }
      let isQuoted = quotes > 0 || field.unicodeScalars.contains { $0 == "," || $0 == "\n" }
      return column + field.unicodeScalars.count + quotes + (isQuoted ? 2 : 0) + 1
    }
  }
}

/// A text without spaces around it.
func trimmed(_ text: String) -> String {
  let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
  let scalars = text.unicodeScalars
  guard let first = scalars.first,
    isSpace(first) || isSpace(scalars[scalars.index(before: scalars.endIndex)])
  else { return text }
  var kept = scalars.drop(while: isSpace)
  while let last = kept.last, isSpace(last) { kept.removeLast() }
  return String(kept)
}
