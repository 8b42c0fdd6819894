import Fields
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Why a file is held to be in an encoding")
struct EncodingEvidenceTests {
  @Test(
    "is told in Chinese, with what a declaration says",
    arguments: [
      ("its first lines", "文件的前几行"), ("XML declaration (gbk)", "XML 声明“gbk”"),
      ("XML declaration", "XML 声明"), ("HTML, byte order mark", "HTML，字节序标记"), ("xlsx", "xlsx"),
    ])
  func words(evidence: String, chinese: String) {
    #expect(EncodingGuess(encoding: .utf8, evidence: evidence).evidenceInChinese == chinese)
  }

  @Test("leaves no English in what is said of a wrong byte")
  func wrongByte() async throws {
    let bytes = Array("单位名称,区县\n甲,涧西区\n".utf8) + (try gb18030("乙,涧西区\n"))
    let told = await failure(["a.csv": bytes])?.messages.first?.zh ?? ""
    #expect(told.contains("（依据：文件的前几行）") || told.contains("（依据：此处之前的内容）"))
  }
}
