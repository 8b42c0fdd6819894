import Foundation
import StoredZips
import Tables
import Testing

@testable import Intake

@Suite("What a file is, by its content")
struct ForeignContentTests {
  private func content(_ bytes: [UInt8]) -> String {
    switch ForeignContent(bytes.span) {
    case nil: "read"
    case .aside(let what, _): what.en
    case .refused(let what, _): "refused: " + what.en
    }
  }

  @Test(
    "whatever its name says",
    arguments: [
      (Array("%PDF-1.7\n1 0 obj".utf8), "it is a PDF document, no data"),
      ([0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "it is a JPEG picture, no data"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "it is a PNG picture, no data"),
      (Array("Rar!\u{1A}\u{07}\u{01}\0".utf8), "it is a RAR archive"),
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "it is a 7z archive"),
      ([0x1F, 0x8B, 8, 0], "it is a gzip archive"),
      (Array(#"{\rtf1\ansi"#.utf8), "it is a RTF document, no data"),
      (Array("SQLite format 3\0".utf8), "refused: it is a database"),
      ([0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0], "refused: it is a shortcut, not the file itself"),
      (Array("Number,Name\n1,BM\n".utf8), "read"), (Array("BM,Name\n1,x\n".utf8), "read"),
      (Array("名称,附件\n甲,%PDF-1.7\n".utf8), "read"), (Array("CAJ".utf8.dropLast()), "read"),
      (Array("ID,Name\n1,x\n".utf8), "read"), (Array("<svg>".utf8), "read"), ([], "read"),
    ] as [([UInt8], String)])
  func kinds(bytes: [UInt8], what: String) {
    let told = content(bytes).replacing("a RTF", with: "an RTF")
    #expect(told == what.replacing("a RTF", with: "an RTF"))
  }

  @Test(
    "of a zip file by the names in it",
    arguments: [
      (["[Content_Types].xml", "xl/workbook.xml"], "read"),
      (["[Content_Types].xml", "xl\\workbook.xml"], "read"),
      (["[Content_Types].xml", "xl/workbook.bin"], "refused: it is a binary workbook (.xlsb)"),
      (["[Content_Types].xml", "word/document.xml"], "it is a Word document, no data"),
      (["[Content_Types].xml", "ppt/presentation.xml"], "it is a presentation, no data"),
      (["OFD.xml", "Doc_0/Document.xml"], "it is an OFD document, no data"),
      (["register.csv", "fines.csv"], "it is a zip archive"),
    ])
  func zips(names: [String], what: String) throws {
    var zip = StoredZip()
    for name in names { zip.add(name, "x") }
    let folder = try Folder(["a": [UInt8](zip.data)])
    let told: String
    switch ForeignContent(zipAt: folder.path + "/a", [UInt8](zip.data).span) {
    case nil: told = "read"
    case .aside(let what, _): told = what.en
    case .refused(let what, _): told = "refused: " + what.en
    }
    #expect(told == what)
  }

  @Test(
    "of an old Office file by its streams",
    arguments: [
      ("WordDocument", "this is a text document (.doc) and no table"),
      ("PowerPoint Document", "these are slides (.ppt) and no table"),
      ("__properties_version1.0", "this is a mail (.msg) and no table"), ("Workbook", "read"),
      ("EncryptedPackage", "read"),
    ])
  func compounds(stream: String, what: String) throws {
    let bytes = CompoundFixture(names: [stream]).bytes
    let folder = try Folder(["a": bytes])
    let told: String
    switch ForeignContent(compoundAt: folder.path + "/a", bytes.span) {
    case nil: told = "read"
    case .aside(let what, _): told = what.en
    case .refused(let what, _): told = "refused: " + what.en
    }
    #expect(told == what)
  }

  @Test("sets documents, pictures and archives aside and reads the rest")
  func aside() async throws {
    let files: [String: [UInt8]] = [
      "a.csv": Array("单位名称,区县\n甲,涧西区\n".utf8), "b.csv": Array("%PDF-1.4\n".utf8),
      "c.xml": [0xFF, 0xD8, 0xFF, 0xE0],
    ]
    let delivery = try await taking(files)
    #expect(delivery.files.map(\.path) == ["a.csv"])
    #expect(delivery.aside.map(\.path) == ["b.csv", "c.xml"])
    #expect(delivery.aside.allSatisfy { $0.reason == .notData && $0.bytes > 0 })
  }
}
