import RulePacks
import Tables
import Testing

@testable import Drafting

@Suite("Words that stand in the files")
struct CommonWordsTests {
  private func file(_ texts: [String], named name: String = "c") -> SurveyedFile {
    var file = SurveyedFile(
      path: "f.csv", encoding: "utf-8", encodingEvidence: "ASCII",
      shape: .csv(headerRows: 1, headerLine: 1))
    var column = SurveyedColumn(name: name)
    for text in texts { column.texts[text, default: 0] += 1 }
    file.columns = [column]
    return file
  }

  @Test(
    "tell absent values from values",
    arguments: [
      (["5", "N/A"], ["N/A"], []), (["5", "6", "无"], [], ["无"]), (["甲", "不详"], ["不详"], []),
      // Namibia; a name that says none of itself; nothing but such words.
      (["NA", "DE", "US"], [], []), (["甲", "无"], [], []), (["N/A", "-"], [], []),
    ] as [([String], [String], [String])])
  func absences(texts: [String], notStated: [String], statedNone: [String]) {
    var words = CommonWords()
    var file = file(texts)
    words.takeAbsences(from: &file)
    #expect(words.notStated == notStated && words.statedNone == statedNone)
    #expect(file.columns[0].texts.count == texts.count - notStated.count - statedNone.count)
  }

  @Test(
    "tell the currency that amounts are written with",
    arguments: [
      (["600万元", "¥5"], "c", "CNY"), (["5", "6"], "注册资金(万元)", "CNY"), (["$5", "$6"], "c", "USD"),
      (["£5"], "c", "GBP"), (["5", "6"], "c", ""), (["元旦"], "c", ""),
    ] as [([String], String, String)])
  func money(texts: [String], header: String, currency: String) {
    var words = CommonWords()
    words.findMoney(in: [file(texts, named: header)], [])
    #expect(words.currency == currency)
  }
}
