import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("What of a profile occurs in files")
struct OccurrencesTests {
  private let head = "<HEAD staff=\"0\"><COUNT>1</COUNT></HEAD>"
  private func row(_ more: String = "") -> String {
    "<ROW note=\"1\"><ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION>\(more)</ROW>"
  }

  private func said(_ files: [String: String]) async throws -> [String] {
    let delivery = try await taking(files.mapValues { Array($0.utf8) })
    return delivery.findings.filter {
      $0.rule == "path-never-occurs" || $0.rule == "column-missing"
    }
    .map(\.message.en)
  }

  @Test("is missed where no file of the profile has what it names")
  func never() async throws {
    let found = try await said(["a.xml": "<DATASET>\(head)\(row())</DATASET>"])
    for name in ["PARINS", "SYS"] {
      #expect(found.contains { $0.contains("“\(name)”") && $0.contains("occurs in none") })
    }
    #expect(!found.contains { $0.contains("COUNT") || $0.contains("@batch") })
  }

  @Test("is not missed where one of several files has it, as element or attribute")
  func once() async throws {
    let whole = "<SYS>A</SYS><PARINS>1</PARINS>"
    let found = try await said([
      "a.xml": "<DATASET>\(head)\(row())</DATASET>",
      "b.xml": "<DATASET>\(head)\(row(whole))</DATASET>",
    ])
    #expect(!found.contains { $0.contains("occurs in none") })
    #expect(found.contains { $0.hasPrefix("a.xml lacks columns") })
    #expect(!found.contains { $0.hasPrefix("b.xml lacks columns") })
  }

  @Test("is told of CSV files too, where one lacks a column that others have")
  func columns() async throws {
    let found = try await said([
      "a.csv": "单位名称,区县,从业人数\n甲,涧西区,1\n", "b.csv": "单位名称,区县\n乙,涧西区\n",
      "c.csv": "单位名称,区县\n",
    ])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("b.csv lacks columns") == true)
    #expect(found.first?.hasSuffix("have: 从业人数") == true)
  }
}

@Suite("Numbers that a file states about itself")
struct StatedControlsTests {
  private func controls(_ head: String, rows: Int) async throws -> Delivery {
    let row = "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION><EMPNUM>2</EMPNUM></ROW>"
    return try await taking([
      "a.xml": Array("<DATASET>\(head)\(String(repeating: row, count: rows))</DATASET>".utf8)
    ])
  }

  @Test(
    "are added up over the parts of a file, and compared",
    arguments: [
      ("<HEAD staff=\"4\"><COUNT>2</COUNT></HEAD>", 2, [true, true]),
      (
        "<HEAD staff=\"2\"><COUNT>1</COUNT></HEAD><HEAD staff=\"4\"><COUNT>2</COUNT></HEAD>", 3,
        [true, true]
      ),
      (
        "<HEAD staff=\"9\"><COUNT>5</COUNT></HEAD><HEAD staff=\"6\"><COUNT>3</COUNT></HEAD>", 3,
        [false, false]
      ),
      ("<HEAD staff=\"4\"><ROWS>2</ROWS></HEAD>", 2, [false, true]),
      ("<HEAD staff=\"4\"><COUNT>many</COUNT></HEAD>", 2, [false, true]), ("", 2, [false, false]),
      ("<HEAD staff=\"0\"><COUNT>0</COUNT></HEAD>", 0, [true, true]),
    ])
  func compared(head: String, rows: Int, agree: [Bool]) async throws {
    let delivery = try await controls(head, rows: rows)
    #expect(delivery.files[0].controls.map(\.agrees) == agree)
    let rules = delivery.findings.map(\.rule).filter { $0.hasPrefix("control-") }
    #expect(rules.count == agree.count { !$0 })
  }
}

@Suite("Numbers that parts of a file state about themselves")
struct PartControlsTests {
  private static let pack: RulePack = {
    var pack = samplePack()
    let feed = pack.sources.firstIndex { $0.id == "feed" } ?? 0
    pack.sources[feed].format = .xml(rows: ["ALL", "PART", "ROW"])
    var rows = SourceProfile.Control(from: ["ALL", "PART", "HEAD", "COUNT"], counts: .rows)
    var staff = SourceProfile.Control(from: ["ALL", "PART@staff"], counts: .sum(field: 4))
    (rows.isOfPart, staff.isOfPart) = (true, true)
    pack.sources[feed].controls = [rows, staff]
    return pack
  }()

  @Test(
    "are compared each with the rows of its own part",
    arguments: [
      // Added up, the first and the second would agree.
      ([(2, 4, 2), (1, 2, 1)], [true, true]), ([(1, 2, 2), (2, 4, 1)], [false, false]),
      ([(2, 4, 2), (1, 3, 1)], [true, false]), ([(200, 400, 200), (0, 0, 0)], [true, true]),
    ] as [([(Int, Int, Int)], [Bool])])
  func compared(parts: [(count: Int, staff: Int, rows: Int)], agree: [Bool]) async throws {
    let row = "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION><EMPNUM>2</EMPNUM></ROW>"
    let text = parts.map { part in
      "<PART staff=\"\(part.staff)\">\(String(repeating: row, count: part.rows))"
        + "<HEAD><COUNT>\(part.count)</COUNT></HEAD></PART>"
    }
    let delivery = try await taking(
      ["a.xml": Array("<ALL>\(text.joined(separator: "\n"))</ALL>".utf8)], pack: Self.pack)
    #expect(delivery.files[0].controls.map(\.agrees) == agree)
    #expect(
      delivery.files[0].controls[0].stated
        == parts.map { "\($0.count)" }.joined(separator: ", "))
    let rows = parts.reduce(0) { $0 + $1.rows }
    #expect(delivery.files[0].read == rows)
  }

  @Test("are missed where one part has none")
  func absent() async throws {
    let row = "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410305</DIVISION><EMPNUM>2</EMPNUM></ROW>"
    let delivery = try await taking(
      [
        "a.xml": Array(
          "<ALL><PART staff=\"2\"><HEAD><COUNT>1</COUNT></HEAD>\(row)</PART><PART staff=\"2\">\(row)</PART></ALL>"
            .utf8)
      ], pack: Self.pack)
    #expect(delivery.files[0].controls.map(\.agrees) == [false, true])
    #expect(delivery.findings.contains { $0.rule == "control-missing" })
  }
}

@Suite("Files without rows")
struct NilReturnTests {
  @Test("are nil returns of the profile that they are of, with its control numbers")
  func xml() async throws {
    let delivery = try await taking([
      "a.xml": Array("<DATASET><HEAD staff=\"0\"><COUNT>0</COUNT></HEAD></DATASET>".utf8),
      "b.csv": Array("单位名称,区县\n".utf8),
    ])
    #expect(delivery.files.map(\.profile) == ["feed", "sheet"])
    #expect(delivery.files.map(\.read) == [0, 0])
    #expect(delivery.delivered[0])
    #expect(!delivery.findings.contains { $0.rule.hasPrefix("control-") })
  }

  @Test("are none where elements stand in them that the profile does not know")
  func strange() async throws {
    let failure = try #require(
      await failure(["a.xml": Array("<DATASET><RECORD><X>1</X></RECORD></DATASET>".utf8)]))
    #expect(failure.kind == .unrecognised)
  }

  @Test("are set aside where several profiles could be meant")
  func unclear() async throws {
    var pack = samplePack()
    var other = SourceProfile(
      id: "other", title: "其他", record: 0, format: .xml(rows: ["DATASET", "ITEM"]))
    other.controls = []
    pack.sources.append(other)
    let delivery = try await taking(["a.xml": Array("<DATASET></DATASET>".utf8)], pack: pack)
    #expect(delivery.files.isEmpty)
    #expect(delivery.aside.map(\.reason) == [.nilReturn])
    #expect(delivery.aside[0].what.en.contains("feed、other"))
  }

  @Test("say that a last line without an end may be cut")
  func lastLine() async throws {
    for (text, isOpen) in [
      ("单位名称,区县\n甲,涧西区\n", false), ("单位名称,区县\n甲,涧西区", true), ("单位名称,区县\r\n甲,涧西区\r", false),
      ("单位名称,区县\n甲,涧西区\n\u{1A}", false), ("单位名称,区县\n甲,\"涧西区\"", true),
    ] {
      for size in [1, 7, 1 << 20] {
        let delivery = try await taking(text, pieceSize: size)
        #expect(
          delivery.findings.contains { $0.rule == "last-line-open" } == isOpen,
          "\(text.debugDescription) \(size)")
      }
    }
  }
}
