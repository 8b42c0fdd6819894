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
        "材料不足 / too little evidence",
      ])
    #expect(
      Screening.Proposal.allCases.flatMap(\.lineLabels).map(both) == [
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
  }

  /// Texts of the table above, and those that stood for the same things before.
  static let owned = [
    "已排名", "暂定排名", "待补材料", "材料不足", "建议推荐", "名额外", "同分待定", "待补意见", "报送为无",
    "经查无记录", "有排名", "暂列", "未达门槛", "依据不足", "不予考虑", "不予排名", "待意见", "未入选", "未填报",
    "填报为", "备选", "退回更正", "重复或已更新", "隔离", "被替代", "待核事项", "too little assessed", "not evaluable",
    "waits for facts",
  ]

  @Test("stand nowhere else in the sources", arguments: owned)
  func once(text: String) throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var places: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
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
