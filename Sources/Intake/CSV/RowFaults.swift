import Fields
import RulePacks
import Tables

/// What keeps a row's cells from standing under the header.
extension CSVReading {
  /// nil where they do.
  func misfit() -> QuarantinedRow.Fault? {
    if scanner.strayCell >= 0 { return strayFault(scanner.strayCell) }
    if hasOtherQuotes { return otherQuotes }
    guard columns.fits(scanner.window, scanner.cells, scanner.cellCount) else {
      return cellCountFault
    }
    if columns.isBothTables(scanner.window, scanner.cells) { return twoRecords }
    if layout.placeColumn < 0, columns.isGroupTitle(scanner.window, scanner.cells) {
      return groupTitle
    }
    return nil
  }

  private var twoRecords: QuarantinedRow.Fault {
    QuarantinedRow.Fault(
      code: "two-records", field: "", raw: "",
      message: Bilingual(
        zh: "表格左右并列了两栏，这一行里有两条记录，分不清哪个单元格属于哪一条",
        en: "the table stands twice, side by side, and the row holds two records, of which nobody "
          + "can tell the cells apart"),
      cure: Bilingual(
        zh: "请把右边一栏接到左边一栏下面，只留一行表头，重新报送",
        en: "move the right half below the left one, under one header, and deliver the file again"))
  }

  private var groupTitle: QuarantinedRow.Fault {
    QuarantinedRow.Fault(
      code: "group-line", field: "", raw: "",
      message: Bilingual(
        zh: "这一行只有一个单元格，像是分组的标题，不是一条记录",
        en: "the row has one cell, which looks like the title of a group and not like a record"),
      cure: Bilingual(
        zh: "请删去分组标题行后重新报送；若确是记录，请填写其余各列",
        en: "take such lines out and deliver the file again; if it is a record, fill in its other "
          + "columns"))
  }

  /// Said of a row that begins as an example does, and states a code as data do.
  var exampleFault: QuarantinedRow.Fault {
    QuarantinedRow.Fault(
      code: "example-or-data", field: "", raw: "",
      message: Bilingual(
        zh: "这一行开头写着是示例，又填有代码，看不出是示例还是一条记录",
        en: "the row begins as an example does and states a code, so nobody can tell whether it is "
          + "an example or a record"),
      cure: Bilingual(
        zh: "示例请删去；确是记录的，请删去开头的示例字样后重新报送",
        en: "take it out if it is an example; if it is a record, take the mark of an example away "
          + "and deliver the row again"))
  }

  private var cellCountFault: QuarantinedRow.Fault {
    let count = scanner.cellCount
    var (zh, en) = (
      "这一行有 \(count) 个单元格，表头有 \(columns.count) 个",
      "the row has \(count) cells, the header \(columns.count)"
    )
    if columns.width > columns.count {
      zh += "（其他行为 \(columns.width) 个）"
      en += " and the other rows \(columns.width)"
    }
    return QuarantinedRow.Fault(
      code: count > CSVScanner.mostCells ? "too-many-cells" : "cell-count", field: "", raw: "",
      message: spanning(Bilingual(zh: zh, en: en)),
      cure: Bilingual(
        zh: "请检查是否有未加引号的分隔符或错列，改正后重新报送",
        en: "look for a separator without quotes or shifted cells, and deliver the row again"))
  }

  private func strayFault(_ cell: Int) -> QuarantinedRow.Fault {
    let name = name(ofCell: cell)
    return QuarantinedRow.Fault(
      code: "stray-quote", field: fieldID(ofCell: cell), raw: raw(ofCell: cell),
      message: spanning(
        Bilingual(
          zh: "第 \(cell + 1) 个单元格\(name.zh)的引号之后还有内容",
          en: "text follows the closing quote of cell \(cell + 1)\(name.en)")),
      cure: Bilingual(
        zh: "引号内的引号请写两次（\"\"），或删去多余的引号；若来源用反斜杠转义，请在来源配置写 escape: \"\\\\\"",
        en: "write a quote within quotes twice (\"\"), or take the stray one out; if the export "
          + "writes a backslash before it, say `escape: \"\\\\\"` in the source profile"))
  }

  /// The first line of a row that took further ones in.
  func swallowingFault() -> QuarantinedRow.Fault {
    let cell = scanner.longCell
    let name = name(ofCell: cell)
    let (first, last) = (scanner.rowLine, scanner.lastLine)
    return QuarantinedRow.Fault(
      code: "stray-quote", field: fieldID(ofCell: cell), raw: "",
      message: Bilingual(
        zh: "第 \(cell + 1) 个单元格\(name.zh)的引号到第 \(last) 行才结束，其间各行自成一行，故视为多余的引号，"
          + "只退回这一行，第 \(first + 1) 行起照常读取",
        en:
          "the quote that opens cell \(cell + 1)\(name.en) closes on line \(last) only; the lines "
          + "between are rows of their own, so it is taken for a stray one: this line alone is "
          + "returned and reading goes on at line \(first + 1)"),
      cure: Bilingual(
        zh: "请删去多余的引号，或在引号内写两次（\"\"），改正后重新报送",
        en: "take the quote out, or write it twice within quotes, and deliver the row again"))
  }

  private func spanning(_ message: Bilingual) -> Bilingual {
    guard scanner.longCell >= 0 else { return message }
    return Bilingual(
      zh: message.zh + "；这一行占第 \(scanner.rowLine) 至 \(scanner.lastLine) 行",
      en: message.en + "; the row takes up lines \(scanner.rowLine) to \(scanner.lastLine)")
  }

  private func field(ofCell cell: Int) -> Int {
    cell < columns.readers.count ? columns.readers[cell] : -1
  }

  private func fieldID(ofCell cell: Int) -> String {
    let field = field(ofCell: cell)
    return field < 0 ? "" : reader.plan.kind.fields[field].id
  }

  private func name(ofCell cell: Int) -> (zh: String, en: String) {
    let field = field(ofCell: cell)
    guard field >= 0 else { return ("", "") }
    let label = reader.plan.kind.fields[field].label
    return ("（\(label)）", " (“\(label)”)")
  }

  private func raw(ofCell cell: Int) -> String {
    let field = field(ofCell: cell)
    guard field >= 0, cell < scanner.cells.count else { return "" }
    let text = scanner.strayText.start >= 0 ? scanner.strayText : scanner.cells[cell]
    return reader.shown(field, scanner.window.span.extracting(text.bounds))
  }

  // MARK: - Another quote

  /// Whether every cell that is not empty stands in apostrophes, which mean nothing here.
  private var hasOtherQuotes: Bool {
    let mark = UInt8(ascii: "'")
    guard scanner.dialect.quote != mark, !reader.isSheet else { return false }
    var count = 0
    for cell in scanner.cells {
      let range = trimmed(scanner.window.span, Int(cell.start), Int(cell.end))
      guard !range.isEmpty else { continue }
      guard range.count > 1, scanner.window[range.lowerBound] == mark,
        scanner.window[range.upperBound - 1] == mark
      else { return false }
      count += 1
    }
    return count > 1
  }

  private var otherQuotes: QuarantinedRow.Fault {
    QuarantinedRow.Fault(
      code: "other-quote", field: "", raw: "",
      message: Bilingual(
        zh: "这一行的每个单元格都以 ' 括起，不是本文件的引号",
        en: "each cell of the row stands in ', which is not the quote of this file"),
      cure: Bilingual(
        zh: "请改用双引号；若整份导出都用 '，请在来源配置写 quote: \"'\"",
        en: "use double quotes; if the whole export uses ', say `quote: \"'\"` in the source "
          + "profile"))
  }
}
