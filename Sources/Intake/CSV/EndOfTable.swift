import Labels
import RulePacks
import Tables

// What is said when a table of a CSV file or a sheet has been read.

extension CSVReading {
  /// Said of lines of a form that are still to be filled in: they are no data, and not lost.
  var unfilledFinding: Finding {
    let line = UInt32(clamping: layout.skippedRows)
    return Finding(
      .note, "form-lines-open", place: Place(file: reader.file, line: line, record: 0),
      message: Bilingual(
        zh: "表中有 \(unfilled) 行还没有填写，未作为数据读取",
        en: "\(unfilled) lines of the form are not filled in and were not read as data"),
      cure: Bilingual(
        zh: "填好后重新报送；不需要填写的不必处理",
        en: "fill them in and deliver the file again; leave those that need nothing"))
  }

  /// Said of rows that show how a form is filled in. A form has one; where there are more, somebody
  /// has copied its mark beside data.
  var exampleFinding: Finding? {
    guard let first = examples.first else { return nil }
    let shown = examples.prefix(10).map { "\($0)" }
    let more = examples.count > shown.count ? "…" : ""
    return Finding(
      examples.count > 1 ? .warning : .note, "form-example",
      place: Place(file: reader.file, line: UInt32(clamping: first), record: 0),
      message: Bilingual(
        zh: "有 \(examples.count) 行标明是填表示例，未作为数据读取：第 "
          + "\(shown.joined(separator: "、"))\(more) 行",
        en:
          "\(examples.count == 1 ? "1 row is marked as an example" : "\(examples.count) rows are marked as examples")"
          + " of a form and not read as data: "
          + "line \(shown.joined(separator: ", "))\(more)"),
      cure: Bilingual(
        zh: "其中若有真实数据，请删去行首的示例字样（如“\(FormLabel.example.zh)”）后重新报送",
        en:
          "if any of them is data, take the mark of an example (such as “\(FormLabel.example.en)”) "
          + "from its beginning and deliver the file again"))
  }

  /// Said of lines that only say that the table goes on.
  var continuedFinding: Finding? {
    guard let first = continuedLines.first else { return nil }
    let shown = continuedLines.prefix(10).map { "\($0)" }
    let more = continuedLines.count > shown.count ? "…" : ""
    return Finding(
      .note, "continued-lines",
      place: Place(file: reader.file, line: UInt32(clamping: first), record: 0),
      message: Bilingual(
        zh: "有 \(continuedLines.count) 行只写明是续表，未作为数据读取：第 "
          + "\(shown.joined(separator: "、"))\(more) 行",
        en: "\(continuedLines.count) \(continuedLines.count == 1 ? "line says" : "lines say") only "
          + "that the table goes on, and were not read as data: "
          + "line \(shown.joined(separator: ", "))\(more)"),
      cure: Bilingual(zh: "不必处理", en: "nothing needs to be done"))
  }

  /// Said of what stands in a sheet to the right of its table.
  func besideFinding(_ rows: Int, first line: Int) -> Finding {
    Finding(
      .warning, "cells-beside",
      place: Place(file: reader.file, line: UInt32(clamping: line), record: 0),
      message: Bilingual(
        zh: "表格右边没有表头的列里另有内容，共 \(rows) 行，未作为数据读取",
        en: "\(rows) \(rows == 1 ? "row has" : "rows have") something in columns without a name "
          + "beside the table, which was not read as data"),
      cure: Bilingual(
        zh: "若为数据，请写上列名后重新报送；若是批注，不必处理",
        en: "if it is data, name the columns and deliver the file again; leave remarks as they are")
    )
  }

  /// Said where the last line does not end as the others do: whether its last cell is whole nobody
  /// can tell.
  var cutFinding: Finding? {
    guard !reader.isSheet, reader.delivered > 0, scanner.end > 0 else { return nil }
    switch scanner.window[scanner.end - 1] {
    // The last is what DOS put behind a text.
    case 0x0A, 0x0D, 0x1A: return nil
    default: break
    }
    return Finding(
      .note, "last-line-open",
      place: Place(file: reader.file, line: UInt32(clamping: scanner.rowLine), record: 0),
      message: Bilingual(
        zh: "最后一行没有换行符，文件可能被截断", en: "the last line has no end, so the file may be cut"),
      cure: Bilingual(
        zh: "请核对最后一行是否完整，不完整的请重新导出或重新传送",
        en: "see whether the last line is whole; if not, export or transfer the file again"))
  }
}
