import Fields
import RulePacks
import Tables

/// A cell of a sheet that holds what no person wrote: a row with one cannot be believed.
struct CellDamage {
  enum Kind {
    /// `#REF!` and the like.
    case fault
    /// A code that was kept as a number, of which a spreadsheet keeps 15 digits.
    case cut
    /// A code that became a date, a time, a percentage or what else has to be worked out.
    case turned
    /// A number that may be a percentage or a fraction of one.
    case unclearPercent
    /// A number that people see divided by thousands.
    case scaled
    /// What is crossed out, so that nobody can tell whether it counts.
    case struck
  }

  var column: Int
  var field: Int
  var kind: Kind
  var raw: String
}

/// The rows of a sheet go the way of a CSV file's: as texts under a header.
extension CSVReading {
  /// Takes the next row of a sheet; its number stands for the line.
  mutating func read(_ row: SheetRow) {
    // Rows without content are not in the sheet; a CSV file has blank lines in their place.
    if row.number > max(rowNumber, layout.skippedRows) + 1 { takeBlank() }
    rowNumber = row.number - 1
    damage.removeAll(keepingCapacity: true)
    scanner.beginRow(line: row.number, keeping: &columns.fillDown.above)
    for cell in row.cells { noteStrike(cell) }
    for cell in row.cells { scanner.add(text(of: cell).utf8, at: cell.column) }
    scanner.pad(to: columns.count)
    takeRow()
  }

  private mutating func noteStrike(_ cell: SheetCell) {
    let field = cell.column < columns.readers.count ? columns.readers[cell.column] : -1
    guard cell.strike == .whole, field >= 0 else { return }
    add(.struck, cell.content.shown, cell, field)
  }

  /// A cell as the field that is read from it would be written in a CSV file.
  private mutating func text(of cell: SheetCell) -> String {
    let field = cell.column < columns.readers.count ? columns.readers[cell.column] : -1
    switch cell.content {
    case .text(let text): return text
    case .date(let text, _), .percent(let text, _): return turned(text, cell, field)
    case .masked(let text, let digits):
      return isCode(field) ? text : PlainNumber(digits)?.text ?? digits
    case .worded(let text, let before, let digits, let behind):
      let number = PlainNumber(digits)?.text ?? digits
      guard !isCode(field) else { return text ?? turned(number, cell, field) }
      return counts(before + behind, field) ? before + number + behind : number
    case .calculated(let digits):
      return turned(PlainNumber(digits)?.text ?? digits, cell, field)
    case .scaled(let digits):
      let number = PlainNumber(digits)?.text ?? digits
      if field >= 0, isAmount(field) { add(.scaled, number, cell, field) }
      return turned(number, cell, field)
    case .fault(let text):
      add(.fault, text, cell, field)
      return text
    case .flag(let isTrue):
      guard field >= 0, reader.plan.kind.fields[field].type == .flag else {
        return isTrue ? "TRUE" : "FALSE"
      }
      let words = layout.plan.profile.flags ?? (pack.words.yes, pack.words.no)
      return (isTrue ? words.yes.first : words.no.first) ?? (isTrue ? "TRUE" : "FALSE")
    case .number(let digits):
      guard let number = PlainNumber(digits) else { return digits }
      if number.isCut, isCode(field) {
        add(.cut, digits, cell, field)
      }
      if !knowsFormats, field >= 0, reader.plan.kind.fields[field].type == .percent {
        add(.unclearPercent, number.text, cell, field)
      }
      // Rounded once, from all digits, as in a CSV file.
      let point = number.text.utf8.firstIndex(of: UInt8(ascii: "."))
      let decimals = point.map { number.text.utf8.distance(from: $0, to: number.text.endIndex) - 1 }
      return decimals ?? 0 > 6 && !isCode(field) ? digits : number.text
    }
  }

  /// A cell that shows what nobody writes where codes and texts belong. A remark is lost with a
  /// finding; what tells one row from another, or must be there, takes the row with it.
  private mutating func turned(_ text: String, _ cell: SheetCell, _ field: Int) -> String {
    guard isCode(field) else { return text }
    guard reader.mayLose(field) else {
      add(.turned, text, cell, field)
      return text
    }
    guard reader.collector == nil else { return text }
    reader.addTurned(text, cell, field, row: rowNumber + 1)
    return ""
  }

  private mutating func add(
    _ kind: CellDamage.Kind, _ raw: String, _ cell: SheetCell, _ field: Int
  ) {
    guard field >= 0 else { return }
    damage.append(CellDamage(column: cell.column, field: field, kind: kind, raw: raw))
  }

  /// Whether the words around a number change what it is: a currency or unit of money, or a
  /// multiple such as 万; `12家` is 12.
  private func counts(_ words: String, _ field: Int) -> Bool {
    guard field >= 0, isAmount(field) else { return false }
    return reader.plan.kind.fields[field].type == .money
      || words.contains { "%‰".contains($0) }
      || pack.words.multiples.keys.contains { words.contains($0) }
  }

  private func isAmount(_ field: Int) -> Bool {
    switch reader.plan.kind.fields[field].type {
    case .int, .decimal, .double, .money, .percent: true
    case .text, .name, .code, .grade, .division, .uscc, .registrationNumber, .usccOrNumber,
      .organizationCode, .residentID, .flag, .date:
      false
    }
  }

  /// Whether each digit counts, unlike in an amount.
  private func isCode(_ field: Int) -> Bool {
    guard field >= 0, reader.refusesTurnedCodes else { return false }
    switch reader.plan.kind.fields[field].type {
    case .text, .name, .code, .grade, .division, .uscc, .registrationNumber, .usccOrNumber,
      .organizationCode, .residentID:
      return true
    case .int, .decimal, .double, .money, .percent, .flag, .date: return false
    }
  }
}

extension RowReader {
  /// Whether a row can do without what a cell of the field holds.
  func mayLose(_ field: Int) -> Bool {
    guard simple[field].isDeliveredText, !special.identifies[field] else { return false }
    let field = plan.kind.fields[field]
    return !field.isRequired && field.onError == .notStated
  }

  /// Says that a cell of a row that is taken held no text.
  mutating func addTurned(_ text: String, _ cell: SheetCell, _ field: Int, row: Int) {
    let raw = shown(field, Array(text.utf8).span)
    let words = turnedWords(plan.kind.fields[field].label, raw)
      .at(columnName(cell.column) + String(row))
    add(
      Finding(
        .warning, words.code,
        place: Place(
          file: file, line: UInt32(clamping: row), record: UInt32(clamping: delivered + 1)),
        field: plan.kind.fields[field].id, message: words.message, cure: words.cure))
  }

  /// Counts a row of a sheet that holds what no person wrote.
  mutating func refuse(line: Int, _ damage: [CellDamage]) {
    refuse(
      line: line,
      damage.map { cell in
        let raw = shown(cell.field, Array(cell.raw.utf8).span)
        let words = words(for: cell, raw).at(columnName(cell.column) + String(line))
        return QuarantinedRow.Fault(
          code: words.code, field: plan.kind.fields[cell.field].id, raw: raw,
          message: words.message, cure: words.cure)
      })
  }

  private func words(for cell: CellDamage, _ raw: String) -> ProblemWords {
    switch cell.kind {
    case .cut:
      return words(
        for: CellProblem(field: cell.field, kind: .unreadable(.excelMangled), raw: raw))
    case .turned: return turnedWords(plan.kind.fields[cell.field].label, raw)
    case .scaled:
      let label = plan.kind.fields[cell.field].label
      return ProblemWords(
        code: "scaled-number",
        message: Bilingual(
          zh: "“\(label)”的单元格里存的是“\(raw)”，数字格式却按千位缩小显示，看不出以哪个为准",
          en: "“\(label)” holds “\(raw)”, which its number format shows divided by thousands, so "
            + "nobody can tell which is meant"),
        cure: Bilingual(
          zh: "请把该列改为普通数字格式，核对单位后重新报送",
          en: "give the column a plain number format, look at the unit, and deliver it again"))
    case .unclearPercent:
      let label = plan.kind.fields[cell.field].label
      return ProblemWords(
        code: "unclear-percentage",
        message: Bilingual(
          zh: "“\(label)”的“\(raw)”看不出是百分数还是小数（旧格式的工作簿不带数字格式）",
          en:
            "nobody can tell whether “\(raw)” in “\(label)” is a percentage or a fraction, as old "
            + "workbooks are read without number formats"),
        cure: Bilingual(
          zh: "请用表格软件打开后另存为.xlsx，重新报送", en: "save the workbook as .xlsx and deliver it again"))
    case .struck:
      let label = plan.kind.fields[cell.field].label
      return ProblemWords(
        code: "struck-out",
        message: Bilingual(
          zh: "“\(label)”的“\(raw)”加了删除线，看不出是否算数",
          en: "“\(raw)” in “\(label)” is crossed out, so nobody can tell whether it counts"),
        cure: Bilingual(
          zh: "作废的请删去这一行或这一格的内容，仍算数的请取消删除线，重新报送",
          en: "delete the row, or what stands in the cell, if it no longer counts; take the line "
            + "away if it does, and deliver the row again"))
    case .fault:
      let label = plan.kind.fields[cell.field].label
      return ProblemWords(
        code: "cell-error",
        message: Bilingual(
          zh: "“\(label)”的值是错误值“\(raw)”", en: "“\(label)” holds the error value “\(raw)”"),
        cure: Bilingual(
          zh: "请更正公式，或直接填写数值后重新报送",
          en: "mend the formula or write the value itself, and deliver the row again"))
    }
  }
}
