import Foundation
import Tables
import Testing

@testable import Labels

@Suite("Labels")
struct LabelsTests {
  @Test("are these, in both languages")
  func all() {
    #expect(
      Status.allCases.map(\.label).map(both) == [
        "已排名 / ranked", "暂定排名 / provisional", "待补材料 / waiting", "不符合条件 / not eligible",
        "材料不足 / too little evidence", "未参评 / not rated",
      ])
    #expect(
      Screening.Proposal.allCases.map(\.label).map(both) == [
        "建议推荐 / recommended", "候补 / reserve", "同分待定 / tied at the line",
        "待补意见（材料） / waiting for an opinion", "不符合条件 / not eligible",
        "名额外 / outside the quota",
      ])
    #expect(
      RowLabel.counts(accepted: 5, returned: 2, superseded: 0)
        == Bilingual(
          zh: "采用 5，退回更正 2，重复或已更新 0", en: "5 accepted, 2 returned for mending, 0 superseded"))
    #expect(
      [CellState.notStated, .statedNone, .checkedNone].map(\.label).map(both) == [
        "未报送 / not stated", "报送为无 / stated none", "经查无记录 / checked, none found",
      ])
    #expect(
      AppliedCorrection.Outcome.allCases.map(\.label).map(both) == [
        "已采用 / applied", "原值已变 / value has changed", "未受理 / not accepted",
        "找不到那一行 / no such row", "无法读取 / cannot be read",
        "没有处理人、日期或理由 / without role, date or reason", "没有更正值 / without a new value",
      ])
    #expect(
      Scale.Method.allCases.map(\.label).map(both) == [
        "最低到最高 / least to most", "固定的上下限 / between fixed limits", "标准分 / z-score",
        "百分位 / percentile", "名次 / rank", "低于它的个数 / how many are below",
        "与最高值的距离 / distance to the most", "占最高值的比例 / fraction of the most",
      ])
    #expect(
      [ReportLabel.run, ReportLabel.delivery, ReportLabel.notListed].map(both) == [
        "批次 / Run", "报送文件夹 / Delivery", "未列入 / not listed",
      ])
  }

  /// Texts of the table above, and those that stood for the same things before.
  static let owned = [
    "已排名", "暂定排名", "待补材料", "材料不足", "建议推荐", "名额外", "同分待定", "待补意见", "报送为无",
    "经查无记录", "有排名", "暂列", "未达门槛", "依据不足", "不予考虑", "不予排名", "待意见", "未入选", "未填报",
    "填报为", "备选", "退回更正", "重复或已更新", "隔离", "被替代", "待核事项", "too little assessed", "not evaluable",
    "waits for facts", "来源矛盾", "来源之间互相矛盾", "找不到所属主体", "sources disagree",
    "wrong check digit", "原值已变", "最低到最高", "新列入", "不再列入", "已评比例", "材料齐全度",
  ]

  @Test("stand nowhere else in the sources", arguments: owned)
  func once(text: String) throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var places: [String] = []
    for case let file as URL in files where ["swift", "js"].contains(file.pathExtension) {
      guard !file.path.contains("/Labels/") else { continue }
      let lines = try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() where line.contains(text) {
        let isComment = line.drop { $0 == " " }.hasPrefix("//")
        // What clerks may write in cells is data, not a label.
        if !isComment, !file.lastPathComponent.hasPrefix("UsualAbsences") {
          places.append("\(file.lastPathComponent):\(number + 1)")
        }
      }
    }
    #expect(places == [])
  }

  private func both(_ label: Bilingual) -> String { "\(label.zh) / \(label.en)" }
}
