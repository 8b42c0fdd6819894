public import Tables

extension Succession.Change {
  /// What is another than in the run before.
  public var label: Bilingual {
    switch self {
    case .name: Bilingual(zh: "代码相同、名称不同", en: "same code, another name")
    case .id: Bilingual(zh: "名称相同、代码不同", en: "same name, another code")
    }
  }
}

extension Succession.State {
  /// What a person has said.
  public var label: Bilingual {
    switch self {
    case .open: Bilingual(zh: "待确认", en: "to be confirmed")
    case .same: Bilingual(zh: "同一单位", en: "one body")
    case .another: Bilingual(zh: "不是同一单位", en: "another body")
    }
  }
}

public enum SuccessionLabel {
  public static let title = Bilingual(
    zh: "与上一批次对照需要确认的单位", en: "Bodies to be confirmed against the run before")
  public static let earlierID = Bilingual(zh: "上一批次编号", en: "Id in the run before")
  public static let earlierName = Bilingual(zh: "上一批次名称", en: "Name in the run before")
  public static let howToFill = Bilingual(
    zh: "是同一单位的选“是”，不是的选“否”，未查明的留空；填好确认岗位和确认日期，把本表放入报送文件夹重新运行。",
    en: "Choose yes where it is one body and no where it is not, leave empty what is not known; "
      + "fill in role and date, put this workbook into the delivery and run again.")
}
