public import Tables

/// What workbooks of returned rows say; the next delivery is read by some of it.
extension RowLabel {
  /// Heads the column that tells which row each one is, with the profile that rows are read by.
  public static func place(ofProfile id: String) -> Bilingual {
    Bilingual(zh: "\(placeWord.zh)（\(id)）", en: "\(placeWord.en) (\(id))")
  }

  /// What that heading begins with.
  public static let placeWord = Bilingual(zh: "退回行", en: "Returned row")

  /// The sheet of words to choose from that are too many for a cell's rule.
  public static let listSheet = "_lists"

  /// Heads the column of all reasons and cures of a row.
  public static let reasons = Bilingual(zh: "退回原因和办法", en: "Why it was returned, and the cure")

  /// `registration/企业.csv：退回 3 行。…`
  public static func heading(_ file: String, rows: Int) -> Bilingual {
    Bilingual(
      zh: "\(file)：退回 \(rows) 行。请更正有色的单元格（批注写明原因和办法），另存后放入报送文件夹再次运行；"
        + "末列请勿改动，不改的行可以删去",
      en: "\(file): \(rows) returned. Mend the coloured cells (comments give reason and cure), "
        + "put the saved workbook into the delivery and run again; leave the last column as it is; "
        + "rows that are not mended may be deleted")
  }

  /// A comment on a cell that is left empty.
  public static let withheldCell = Bilingual(
    zh: "原件此项有内容，但不得在报表中列出（或过长）。请按原件填写",
    en: "the file as delivered states this, but reports may not show it (or it is too long). "
      + "Fill it in from the original")

  /// The same of a whole row.
  public static let withheldRow = Bilingual(
    zh: "这一行的单元格与表头对不上，内容未列出。请按原件填写各列",
    en: "the cells of this row do not stand under the header, and are not shown. Fill in the "
      + "columns from the original")

  /// The same where there is room for no more.
  public static let rowNotKept = Bilingual(
    zh: "退回的行太多，这一行的内容未列出。请按原件填写各列",
    en: "too many rows were returned for this one to be shown. Fill in the columns from the "
      + "original")
}
