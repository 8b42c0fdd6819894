public import Tables

/// What stands on forms that are handed out to be filled in; the next delivery is read by some of
/// it.
public enum FormLabel {
  /// Begins the first cell of a row that shows how a form is filled in, and is no data.
  public static let example = Bilingual(zh: "示例（不计入）", en: "Example (not counted)")

  /// Heads the column in which that stands; nothing of it is read.
  public static let mark = Bilingual(zh: "行标（本列不读入）", en: "Row mark (not read)")

  /// The sheet that explains the columns.
  public static let guide = Bilingual(zh: "填表说明", en: "How to fill in")

  public static let column = Bilingual(zh: "列", en: "Column")
  public static let heading = Bilingual(zh: "列名", en: "Heading")
  public static let meaning = Bilingual(zh: "含义", en: "Meaning")
  public static let format = Bilingual(zh: "怎样填", en: "How it is written")
  public static let need = Bilingual(zh: "是否必填", en: "Whether it is needed")
  public static let range = Bilingual(zh: "单位和范围", en: "Unit and range")
  public static let choices = Bilingual(zh: "可填的内容", en: "What may be chosen")
  public static let fault = Bilingual(zh: "填错的", en: "Where it is wrong")
  public static let sample = Bilingual(zh: "例", en: "Example")

  /// The first line of a form.
  public static func title(_ record: String, office: String) -> Bilingual {
    let by = office.isEmpty ? ("", "") : ("，由\(office)报送", ", by \(office)")
    return Bilingual(
      zh: "\(record)（报送表\(by.0)）：从空白行填起；各列怎样填见列名批注和“\(guide.zh)”",
      en:
        "\(record) (form\(by.1)): fill in from the first blank line; comments on the headings and "
        + "“\(guide.en)” say how")
  }

  /// The first line of the sheet that explains the columns.
  public static func guideTitle(_ record: String, edition: String) -> Bilingual {
    Bilingual(
      zh: "\(record) \(guide.zh)（\(edition)）",
      en: "\(record): \(guide.en.prefix(1).lowercased() + guide.en.dropFirst()) (\(edition))")
  }

  /// What is true of every form, a sentence a line.
  public static let rules = [
    Bilingual(
      zh: "列名请勿改动；不用的列可以留空。行数不限，可以在表内接着往下填。",
      en:
        "Leave the headings as they are; columns that are not used may stay blank. Go on below as "
        + "far as needed."),
    Bilingual(
      zh: "以“\(example.zh)”开头的行只是示例，不作为数据读入，可以删去，也可以保留。",
      en: "The row that begins with “\(example.en)” only shows how; it is no data, and may be "
        + "deleted or left."),
    Bilingual(
      zh: "填好后把本文件放入报送文件夹即可，文件名和所在子文件夹不限；也可另存为CSV。",
      en:
        "Filled in, the file goes into the delivery under any name, in any folder of it; saved as "
        + "CSV it is read as well."),
    Bilingual(
      zh: "无论哪一列，被表格软件改写的代码（变成日期、末位变成0等）和填错地方的身份证号码，整行退回。",
      en: "In whatever column, codes that a spreadsheet has rewritten, as a date or with zeros at "
        + "the end, and identity numbers where none belong, return the row."),
    Bilingual(
      zh: "下拉表和输入提醒只是帮助；以本页所写为准，读入时按同样的规则检查。",
      en: "Lists and warnings are only there to help; rows are checked by what this page says."),
  ]
}
