// A workbook of returned rows that lost the column which tells the rows that it mends.

import Fields
import Labels
import RulePacks
import Tables

/// Whether a column is one that only a workbook of returned rows has.
func headsReasons(_ name: String) -> Bool {
  let key = matchingKey(name)
  return key == matchingKey(RowLabel.reasons.zh) || key == matchingKey(RowLabel.reasons.en)
}

extension FileTask {
  /// Said of returned rows that came back without the column that tells which rows they mend: they
  /// are read as rows that are new, and what was returned stays returned.
  func lostPlaceFinding(_ source: SourceProfile, rows: Int) -> Finding {
    let column = RowLabel.place(ofProfile: source.id)
    return Finding(
      .warning, "mending-not-used", place: Place(file: Int32(index), line: 1, record: 0),
      message: Bilingual(
        zh: "\(path) 是退回的表，但缺少末列“\(column.zh)”，看不出更正的是哪些行：其中 \(rows) 行按新报送的行读取，"
          + "原来退回的行仍未更正",
        en: "\(path) holds returned rows, but its last column “\(column.en)” is missing, which "
          + "tells the rows that they mend: its \(rows) rows were read as new ones, and those that "
          + "were returned stay so"),
      cure: Bilingual(
        zh: "请从退回的工作簿恢复末列（名称和内容与原表相同）后重新报送",
        en: "put the last column of the returned workbook back, called and filled as it was, and "
          + "deliver it again"))
  }
}
