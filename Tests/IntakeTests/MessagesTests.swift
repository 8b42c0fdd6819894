import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

/// What a clerk is told when a file cannot be read: what it is, and what to do about it.
@Suite("Messages")
struct MessagesTests {
  private static let header = "单位名称,区县,从业人数\n"

  @Test(
    "say what is wrong and how it is mended, in both languages",
    arguments: [
      (
        "login.xls",
        Array("<html><head><title>Login</title></head><body><p>x</p></body></html>".utf8),
        "这是一个网页", "请重新登录业务系统", "web page", "log in again"
      ),
      (
        "locked.xlsx", CompoundFixture(names: ["EncryptionInfo", "EncryptedPackage"]).bytes,
        "有密码", "去掉密码后重新保存", "has a password", "take the password off"
      ),
      (
        "bad.json", Array("[{\"单位名称\":\"甲\",\"区县\":\"410305\"},{\"单位名称\":]".utf8),
        "JSON 写法有误", "重新导出", "broken JSON", "export it again"
      ),
      (
        "control.xml",
        Array(
          "<DATASET><ROW><ENTNAME>甲\u{0B}</ENTNAME><DIVISION>410305</DIVISION></ROW></DATASET>".utf8
        ),
        "XML 不允许的字符", "删去该字符", "XML does not allow", "remove it"
      ),
      (
        "byte.csv", Array((header + "甲,410305,1\n乙").utf8) + [0xFF] + Array(",410305,2\n".utf8),
        "0xFF，在“乙”之后", "改正此处", "0xFF, behind “乙”", "mend it"
      ),
      (
        "a.csv.part", Array((header + "甲,410305,1\n").utf8), "没有传完", "等传送完毕",
        "still being transferred", "wait until the transfer has ended"
      ),
      (
        "quote.csv", Array((header + "\"甲,410305,1\n").utf8), "没有结束", "删去多余的引号",
        "never closed", "take the quote out"
      ),
      (
        "cut.xml", Array("<DATASET><ROW><ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION></RO".utf8),
        "中断|结束", "完整", "ends", "whole file"
      ),
      (
        "two.xml",
        Array(
          "<DATASET><ROW><ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION></ROW></DATASET><D/>".utf8),
        "根元素", "分开|重新导出", "after the end of the root element", "export again"
      ),
      (
        "notes.txt", Array("请见附件中的名单\n".utf8), "来源配置", "移出文件夹|编写", "no source profile",
        "take it out of the folder"
      ),
    ] as [(String, [UInt8], String, String, String, String)])
  func cures(
    name: String, bytes: [UInt8], zhWhat: String, zhCure: String, enWhat: String, enCure: String
  ) async throws {
    // Some are told by their names, before any is read.
    let folder = try Folder([name: bytes])
    let listed = try withExtendedLifetime(folder) {
      try DeliveredFiles(in: folder.path).refused.first
    }
    let read = await failure([name: bytes])
    let failure = try #require(listed ?? read, "\(name) was read")
    let message = try #require(failure.messages.first)
    for (text, what, cure) in [(message.zh, zhWhat, zhCure), (message.en, enWhat, enCure)] {
      #expect(text.hasPrefix(name + ":"), "\(text)")
      let parts = text.components(separatedBy: " — ")
      #expect(parts.count == 2, "\(text)")
      #expect(what.split(separator: "|").contains { parts[0].contains($0) }, "\(text)")
      #expect(cure.split(separator: "|").contains { parts.last?.contains($0) ?? false }, "\(text)")
    }
  }

  @Test("show no number before a wrong byte, which may be a part of one that is nobody's to see")
  func numbers() async throws {
    let bytes = Array((Self.header + "甲13800138000").utf8) + [0xFF] + Array(",410305,2\n".utf8)
    let failure = try #require(await failure(["byte.csv": bytes]))
    #expect(failure.messages[0].en.contains("behind “甲***********”"))
    #expect(!failure.messages[0].zh.contains("138"))
    // Nor does what is published of a run without the file quote any of it.
    let good = Array((Self.header + "乙,410305,1\n").utf8)
    let delivery = try await taking(["byte.csv": bytes, "good.csv": good], tolerated: 1)
    let aside = try #require(delivery.aside.first)
    #expect(aside.what.en.contains("byte.csv:2:13: byte"))
    #expect(aside.what.en.contains("(0xFF)") && !aside.what.en.contains("甲"))
    #expect(!aside.what.zh.contains("甲"))
  }

  @Test("name the line of a wrong byte, by the encoding in which most of the file is read")
  func place() async throws {
    let text = Self.header + "甲,410305,1\n"
    let bytes = Array(text.utf8) + [0xFF] + Array("乙,410305,2\n".utf8)
    let failure = try #require(await failure(["byte.csv": bytes]))
    #expect(
      failure.messages[0].en.hasPrefix(
        "byte.csv:3:1: byte \(text.utf8.count + 1) (0xFF) is not utf-8"))
  }

  @Test("name the line of a profile whose path of rows the file has not, and what it has there")
  func rowsPath() async throws {
    var pack = samplePack()
    pack.sources[1].format = .xml(rows: ["DATASET", "ROWS", "ROW"])
    pack.sources[1].place = "sources/feed.yaml"
    pack.sources[1].rowsLine = 7
    let row = "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION></ROW>"
    let bytes = Array("<DATASET><HEAD/>\(row)</DATASET>".utf8)
    let message = try #require(await failure(["a.xml": bytes], pack: pack)?.messages.first)
    #expect(
      message.zh.contains(
        "它写的行路径“DATASET/ROWS/ROW”（sources/feed.yaml:7）在文件中没有：“DATASET”之下是HEAD、ROW"))
    #expect(message.zh.contains(" — 请更正来源配置的 rows"))
    #expect(
      message.en.contains("(sources/feed.yaml:7) are not there: below “DATASET” stands HEAD、ROW"))
  }

  @Test("name the line of a profile that has a required column under a wrong name")
  func columnName() async throws {
    var pack = samplePack()
    var name = SourceProfile.ColumnRule(field: 1)
    name.from = ["单位全称（盖章）"]
    name.line = 12
    pack.sources[0].columns = [name]
    pack.sources[0].place = "sources/sheet.yaml"
    let bytes = Array("单位全称,区县,从业人数,注册资本\n甲,410305,1,2\n".utf8)
    let message = try #require(await failure(["a.csv": bytes], pack: pack)?.messages.first)
    #expect(message.zh.contains("来源配置写的是：“单位全称（盖章）”（sources/sheet.yaml:12）"), "\(message.zh)")
    #expect(message.zh.hasSuffix("或更正来源配置"))
    #expect(message.en.contains("the profile has them as “单位全称（盖章）”（sources/sheet.yaml:12）"))
  }
}
