import Foundation
import Synchronization
import Tables
import Testing

@testable import Intake

@Suite("Files that change while they are read")
struct ByteSourceTests {
  enum Change: CaseIterable {
    case cut, grown, rewritten, replaced, removed

    func happen(to path: String) throws {
      let bytes = try Data(contentsOf: URL(filePath: path))
      switch self {
      case .cut: #expect(unsafe truncate(path, bytes.count - 1) == 0)
      case .grown:
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(" ".utf8))
      case .rewritten:
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.write(contentsOf: bytes.prefix(4))
      case .replaced: try bytes.write(to: URL(filePath: path), options: .atomic)
      case .removed: try FileManager.default.removeItem(atPath: path)
      }
    }
  }

  static let csv = "单位名称,区县\n" + String(repeating: "甲,涧西区\n", count: 200)
  static let xml =
    "<DATASET>"
    + String(
      repeating: "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION></ROW>\n", count: 100)
    + "</DATASET>"
  static let book =
    "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table>"
    + "<Row><Cell><Data>单位名称</Data></Cell><Cell><Data>区县</Data></Cell></Row>"
    + String(
      repeating: "<Row><Cell><Data>甲</Data></Cell><Cell><Data>涧西区</Data></Cell></Row>", count: 50)
    + "</Table></Worksheet></Workbook>"

  @Test(
    "are refused, whatever their format",
    arguments: Change.allCases,
    [("a.csv", csv), ("a.xml", xml), ("b.xml", "<!-- a -->" + xml), ("a.xls", book)])
  func changes(change: Change, file: (name: String, text: String)) throws {
    let folder = try Folder([file.name: file.text])
    let path = folder.path + "/" + file.name
    // Of long ago, so that the change is of another moment however coarse the clock is.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)], ofItemAtPath: path)
    var task = FileTask(
      folder: folder.path, path: file.name, index: 0, asOf: asOf, digestKey: nil, pieceSize: 1000)
    #expect(try task.read(samplePack()).first?.file.read ?? 0 >= 50)
    let hasHappened = Happened()
    task.progress = { _ in hasHappened.once { try? change.happen(to: path) } }
    let failure = #expect(throws: IntakeFailure.self) { try task.read(samplePack()) }
    #expect(failure?.kind == .unreadable)
    #expect(failure?.messages[0].en.contains("the file changed while it was read") ?? false)
  }
}

/// Lets something happen once, in the middle of reading.
private final class Happened: Sendable {
  private let isDone = Atomic(false)

  func once(_ change: () -> Void) {
    if !isDone.exchange(true, ordering: .relaxed) { change() }
  }
}
