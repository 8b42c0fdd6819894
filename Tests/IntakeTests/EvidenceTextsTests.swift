import Fields
import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Texts kept as they were delivered")
struct EvidenceTextsTests {
  @Test(
    "Beside a value stands what it was read from, without spaces and spreadsheet signs",
    arguments: [
      ("capital", "3万美元", "3万美元"), ("capital", " 100.00 ", "100.00"),
      ("staff", "无", "无"), ("staff", "3.0", "3.0"), ("staff", "=\"12\"", "12"),
      ("founded", "2018年3月", "2018年3月"), ("founded", "长期", "长期"), ("founded", "43410", "43410"),
      ("built", "有", "有"), ("form", "支部", "支部"), ("form", "/", "/"),
      ("uscc", "'91410304pdy00012 4R", "91410304pdy00012 4R"),
    ])
  func texts(field: String, cell: String, kept: String) async throws {
    #expect(try await delivered([[field: cell]])[field] == [kept])
  }

  @Test(
    "Nothing is kept of blank cells, of texts, and of what is longer than a value can be",
    arguments: [
      ("staff", ""), ("founded", "  "), ("form", String(repeating: "支", count: 80)),
    ])
  func nothing(field: String, cell: String) async throws {
    #expect(try await delivered([[field: cell]])[field] == [""])
    #expect(try await delivered([[field: cell]])["note"] == nil)
    #expect(try await delivered([[field: cell]])["name"] == nil)
  }

  @Test(
    "A resident identity number is kept of no column, however it is written",
    arguments: [
      "NUMBER", "NUMBER岁", "电话NUMBER", "４１０３９９NUMBER", "NUM BER", "NUM-BER", "=\"NUMBER\"",
    ])
  func identityNumbers(form: String) async throws {
    let body = "41039919900101123"
    let number = body + (try #require(ResidentID.checkCharacter(body)))
    let cell =
      form.replacing("NUMBER", with: form.hasPrefix("４") ? String(number.dropFirst(6)) : number)
      .replacing("NUM", with: String(number.prefix(6)) + " " + number.dropFirst(6).prefix(8))
      .replacing("BER", with: String(number.suffix(4)))
    // A row with such a code, number or founding day is not accepted at all.
    for field in ["uscc", "capital", "staff", "built", "form", "founded"] {
      let texts = try await delivered([[field: cell], [field: ""]])
      #expect(texts[field]?.allSatisfy(\.isEmpty) ?? false, "\(field): \(cell)")
      for (id, texts) in texts {
        #expect(!texts.contains { $0.contains(number.suffix(10)) }, "\(id)")
      }
    }
    // Of fields that are not public nothing is kept, whatever they hold.
    #expect(try await delivered([["person": cell]])["person"] == nil)
  }

  @Test("Rows that are not accepted leave no text behind, so that rows and texts stay side by side")
  func quarantined() async throws {
    let texts = try await delivered([
      ["staff": "1"], ["staff": "2", "founded": "昨天"], ["staff": "约3"], ["name": "", "staff": "4"],
      ["staff": "5", "tags": "a、b"],
    ])
    #expect(texts["staff"] == ["1", "约3", "5", "5"])
  }

  @Test("A text stands in the first column that states something, as its value does")
  func severalColumns() async throws {
    let rows = (1...3).map { row in
      "<ROW SYS=\"\(row == 1 ? "A" : "B")\"><ENTNAME>甲\(row)</ENTNAME><DIVISION>410304</DIVISION>"
        + "<SYS>\(row == 1 ? "A" : "B")</SYS><PARINS>\(row)</PARINS><EMPNUM>0\(row)</EMPNUM></ROW>"
    }
    let file = "<DATASET>" + rows.joined() + "</DATASET>"
    let table = try await kept(["a.xml": file]).records[0]
    let kind = samplePack().records[0]
    let form = try #require(kind.field("form").flatMap { table.delivered[$0] })
    let staff = try #require(kind.field("staff").flatMap { table.delivered[$0] })
    #expect((0..<table.count).map { form[$0] } == ["1", "2", "3"].prefix(table.count).map { $0 })
    #expect(
      (0..<table.count).map { staff[$0] } == ["01", "02", "03"].prefix(table.count).map { $0 })
  }

  @Test(
    "Of two columns the one is shown that the value came from, kept or read again",
    arguments: [
      ("staff", "/", "12", "12"), ("staff", "", "12", "12"), ("staff", "7", "12", "7"),
      ("staff", "/", "", "/"), ("staff", "/", "-", "/"),
      // A date that stands for none gives way to one that is one.
      ("founded", "1900-01-01", "2018-03-02", "2018-03-02"),
      ("founded", "1900-01-01", "/", "1900-01-01"),
      // A fault that does not send the row back is of the second column, not of the first.
      ("uscc", "/", "91410311PDY900317A", "91410311PDY900317A"),
    ])
  func oneChoice(field: String, first: String, second: String, shown: String) async throws {
    var pack = samplePack()
    pack.rubrics = []
    let index = try #require(pack.records[0].field(field))
    pack.records[0].fields[index].aliases.append("另报")
    pack.records[0].fields[index].check = .finding
    let label = pack.records[0].fields[index].label
    // So many rows that some are taken together and some by themselves.
    let rows = (0..<200).map { "甲厂\($0),410304,\(first),\(second)\n" }.joined()
    let folder = try Folder(["a.csv": "名称,行政区划,\(label),另报\n" + rows])
    let labels = ["name", "division"].compactMap { pack.records[0].field($0) }
      .map { pack.records[0].fields[$0].label }
    let text = try String(contentsOfFile: folder.path + "/a.csv", encoding: .utf8)
    try text.replacing("名称,行政区划", with: labels.joined(separator: ",")).write(
      toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
    var settings = TakeSettings(jobs: 1, digestKey: Array("test key".utf8))
    settings.keepsTextsUpTo = .max
    let delivery = try await take(
      folder.path, files: ["a.csv"], keeping: pack.records.map { Set($0.fields.indices) },
      pack: pack, asOf: asOf, settings: settings)
    let table = delivery.records[0]
    try #require(table.count == 200, "\(delivery.quarantine.first?.faults ?? [])")
    let column = try #require(table.delivered[index])
    #expect((0..<table.count).allSatisfy { column[$0] == shown })
    let again = try reread(
      [(file: "a.csv", records: [1, 200])], folder: folder.path, delivery: delivery.files,
      pack: pack)
    #expect(again["a.csv"]?.values.map { $0.texts[field] } == [shown, shown])
  }

  @Test("Files that are larger together than the bound keep nothing", arguments: [0, 1])
  func bound(more: Int) async throws {
    let files = ["a.csv": csv([["staff": "1"]]), "b.csv": csv([["staff": "2"]])]
    let bytes = files.values.reduce(0) { $0 + $1.utf8.count }
    let table = try await kept(files, upTo: bytes - more).records[0]
    #expect(table.count == 2)
    #expect(table.delivered.isEmpty == (more == 1))
    if more == 0 { #expect(table.delivered.compactMap { $0?.count } == [2, 2, 2, 2, 2, 2, 2]) }
  }

  // MARK: - Files

  private static let header = [
    "uscc", "name", "division", "capital", "staff", "founded", "built", "form", "note", "person",
    "tags",
  ]

  /// A file with a row for each, in which everything else is as it should be.
  private func csv(_ rows: [[String: String]]) -> String {
    let kind = samplePack().records[0]
    let usual = ["name": "甲厂", "division": "410304"]
    let lines = rows.map { row in
      Self.header.map { id in
        let cell = row[id] ?? usual[id] ?? ""
        return cell.contains("\"") ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }
      .joined(separator: ",")
    }
    let labels = Self.header.compactMap { id in kind.field(id).map { kind.fields[$0].label } }
    return ([labels.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  private func kept(_ files: [String: String], upTo bytes: Int = .max) async throws -> Delivery {
    let folder = try Folder(files)
    var pack = samplePack()
    pack.rubrics = []
    var settings = TakeSettings(jobs: 1, digestKey: Array("test key".utf8))
    settings.keepsTextsUpTo = bytes
    return try await take(
      folder.path, files: try DeliveredFiles(in: folder.path).paths,
      keeping: pack.records.map { Set($0.fields.indices) }, pack: pack, asOf: asOf,
      settings: settings)
  }

  /// By field the texts that are kept of the accepted rows.
  private func delivered(_ rows: [[String: String]]) async throws -> [String: [String]] {
    let table = try await kept(["a.csv": csv(rows)]).records[0]
    var texts: [String: [String]] = [:]
    for (index, field) in samplePack().records[0].fields.enumerated() {
      guard let column = table.delivered[index] else { continue }
      texts[field.id] = (0..<table.count).map { column[$0] }
    }
    return texts
  }
}
