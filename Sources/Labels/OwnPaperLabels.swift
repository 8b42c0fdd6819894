public import Tables

// What is said of Heng's own workbooks where they lie among delivered files.

extension OwnPaper {
  /// What it is, and that it is no data, for whoever finds it among delivered files.
  public var notData: Bilingual {
    Bilingual(
      zh: "是本系统制作的\(label.zh)，不是报送数据", en: "it is \(label.en) that Heng wrote, no data")
  }

  private var label: Bilingual {
    switch self {
    case .run: Bilingual(zh: "结果工作簿", en: "a workbook of results")
    case .gaps: Bilingual(zh: "补报清单", en: "a list of what an office is asked for")
    case .formation: Bilingual(zh: "组建方案工作簿", en: "a workbook of the formation plan")
    case .comparison: Bilingual(zh: "两次运行的对照表", en: "a comparison of two runs")
    case .rubrics: Bilingual(zh: "评价办法表", en: "a table of criteria")
    case .meeting: Bilingual(zh: "研究名单工作簿", en: "a workbook for a meeting")
    case .returned: Bilingual(zh: "退回更正表", en: "a workbook of returned rows")
    case .successions: Bilingual(zh: "单位确认表", en: "a workbook of bodies to be confirmed")
    case .form: Bilingual(zh: "报送表", en: "a form")
    case .table: Bilingual(zh: "结果数据表", en: "a table of results")
    case .page: Bilingual(zh: "结果网页", en: "a page of results")
    case .manifest: Bilingual(zh: "运行清单", en: "the manifest of a run")
    case .explanations: Bilingual(zh: "评价说明数据", en: "a file of explanations")
    }
  }

  /// What it is where none of its sheets can be read back.
  ///
  /// - Parameter missing: labels of columns that it must have and has no more.
  public func unread(missing: [String]) -> Bilingual {
    let lack =
      missing.isEmpty
      ? Bilingual(
        zh: "其中没有一张表是现行规则包认得的", en: "the rule pack in force knows none of its sheets")
      : Bilingual(
        zh: "缺少必需的列“\(missing.joined(separator: "”“"))”，可能被删去或改了名称",
        en: "the column “\(missing.joined(separator: "”, “"))” is missing, which somebody may have "
          + "deleted or renamed")
    return Bilingual(
      zh: "是本系统制作的\(label.zh)，\(lack.zh)，填在其中的内容没有采用",
      en: "it is \(label.en) that Heng wrote, but \(lack.en); what was filled into it is not used")
  }

  /// What to do where columns are missing.
  public var cureOfColumns: Bilingual {
    Bilingual(
      zh: "请恢复这些列（名称与原表相同）后重新报送，或在本次运行制作的表中填写",
      en: "put these columns back, called as they were, and deliver it again, or fill in the one "
        + "that this run makes")
  }

  /// By which a paper of one quarter is told from that of another, in its first line.
  public static func statedDate(_ asOf: String) -> Bilingual {
    Bilingual(zh: "截至 \(asOf)", en: "as of \(asOf)")
  }

  /// The date that a paper's first line says it is of, in either language; nil where it says none.
  public static func statedDate(in line: String) -> String? {
    let lead = statedDate("")
    for lead in [lead.zh, lead.en] {
      for part in line.split(separator: lead, omittingEmptySubsequences: false).dropFirst() {
        let date = part.prefix { $0.isASCII && $0.isNumber || $0 == "-" }
        if date.utf8.count >= 4 { return String(date) }
      }
    }
    return nil
  }

  /// What it is where another run wrote it, for another date.
  public func ofAnotherTime(_ then: String, now: String) -> Bilingual {
    Bilingual(
      zh: "是截至 \(then) 的\(label.zh)，本批次截至 \(now)，填在其中的内容没有采用",
      en: "it is \(label.en) of a run as of \(then), while this one is as of \(now); what was "
        + "filled into it is not used")
  }

  /// What to do instead of delivering it.
  public var cure: Bilingual {
    switch self {
    case .gaps:
      Bilingual(
        zh: "填在清单里的内容没有采用：请填入该项材料的报送表（用 heng rules forms 制作），或补进本单位下次报送的表格，再次运行；本清单请移出报送文件夹",
        en: "what was filled into it is not used: fill it into the form of its record kind (heng "
          + "rules forms makes it) or into the table that the office delivers next, and run again; "
          + "take this list out of the delivery")
    case .rubrics:
      Bilingual(
        zh: "要按改过的表修订评价办法，请用 heng rules revise；本表请移出报送文件夹",
        en: "to revise the criteria by it, use heng rules revise; take it out of the delivery")
    case .run, .formation, .comparison, .table, .page, .manifest, .explanations:
      Bilingual(
        zh: "请移出报送文件夹；要更正其中的数据，请报送更正申请或更正后的原表；把报送数据填在其中的，请复制到新的工作簿",
        en: "take it out of the delivery; to change what it shows, send a correction or the mended "
          + "table of the office; where rows to deliver were put into it, copy them into a new "
          + "workbook")
    case .meeting, .returned, .successions, .form:
      Bilingual(
        zh: "请移出报送文件夹，在本次运行制作的表中填写后再报送",
        en: "take it out of the delivery, fill in the one that this run makes, and deliver that")
    }
  }

  /// Headings that stand side by side in it and in no table of an office, by which it is known where
  /// a spreadsheet program has lost its properties, or it was saved as CSV; empty where there are
  /// none.
  public var headings: [Bilingual] {
    switch self {
    case .run: [ColumnLabel.bestRank, ColumnLabel.worstRank]
    case .gaps: [ColumnLabel.missing, ColumnLabel.countsIn, ColumnLabel.supplied]
    case .formation: [ColumnLabel.formationProposal, ColumnLabel.partners, ColumnLabel.tie]
    case .meeting: [ColumnLabel.rank, ColumnLabel.proposal, ColumnLabel.progress]
    case .successions: [ColumnLabel.change, SuccessionLabel.earlierName]
    case .comparison, .rubrics, .returned, .form, .table, .page, .manifest, .explanations: []
    }
  }
}
