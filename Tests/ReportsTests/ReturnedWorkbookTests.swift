import Fields
import Foundation
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("The workbooks of returned rows")
struct ReturnedWorkbookTests {
  /// The sample, with the cells of its first file kept and an office for its record kind.
  private func results() -> RunResult {
    var results = sampleResults()
    results.pack.records[0].office = "health"
    results.pack.records[0].fields[1].codes = 0
    results.pack.codes = [
      CodeTable(
        id: "sizes", codes: [.init(code: "s", name: "small"), .init(code: "l", name: "large")],
        attributes: [], index: ["s": 0, "small": 0, "l": 1, "large": 1])
    ]
    results.pack.sources = [
      SourceProfile(
        id: "kitchens", title: "Kitchens", record: 0,
        format: .csv(headerRows: 1, within: 15, separator: nil))
    ]
    results.files[0].sha256 = "0123456789abcdef"
    results.files[0].returned.columns = [
      .init(title: "Name of kitchen", fields: ["name"]), .init(title: "Size", fields: ["size"]),
      .init(title: "Owner", fields: ["owner"]),
    ]
    results.files[0].returned.append(
      .cells([.text("-1+1"), .text("small"), .withheld]), record: 5)
    results.files[0].returned.append(.line("a;b;c;d"), record: 6)
    return results
  }

  private func texts(_ row: [WorkbookSheet.Cell]) -> [String] {
    row.map { if case .text(let text) = $0.content { text } else { "number" } }
  }

  @Test("give an office its rows whole, with what to mend and how, and the place of each")
  func sheet() throws {
    let book = try #require(ReturnedWorkbook.all(of: results()).first)
    #expect(book.path == "returned/health.xlsx")
    let sheets = book.sheets(results())
    #expect(sheets.map(\.name) == ["kitchens.csv"])
    #expect(sheets[0].title.hasPrefix("kitchens.csv: 2 returned."))
    #expect(
      sheets[0].columns.map(\.title) == [
        "Name of kitchen", "Size", "Owner", "As delivered", "Why it was returned, and the cure",
        "Returned row (kitchens)",
      ])
    #expect(sheets[0].columns.map(\.choices) == [[], ["small", "large"], [], [], [], []])
    let rows = sheets[0].rows.all
    #expect(
      rows.map(texts) == [
        [
          "-1+1", "small", "", "",
          "unreadable: send again\n(the field is not public; its content is not shown in reports): "
            + "Check the field in the system it came from, correct it and send it again.",
          "kitchens.csv#5@01234567",
        ],
        ["", "", "", "a;b;c;d", "unreadable: send again", "kitchens.csv#6@01234567"],
      ])
    #expect(rows[0].map(\.style) == [.faulty, .plain, .faulty, .plain, .quiet, .quiet])
    #expect(rows[0][0].note == "unreadable: send again")
    #expect(rows[0][2].note.hasPrefix("the file as delivered states this"))
    #expect(rows[0][1].note == "")
    #expect(!rows.joined().contains { $0.note.contains("Evelyn") })
  }

  @Test("name the row that was delivered first where a mended one has faults, too")
  func again() throws {
    var results = results()
    results.files[0].returned.mends = [5: "first.csv#8@89abcdef"]
    let sheets = try #require(ReturnedWorkbook.all(of: results).first).sheets(results)
    #expect(
      sheets[0].rows.all.map { texts($0).last } == [
        "first.csv#8@89abcdef", "kitchens.csv#6@01234567",
      ])
  }

  @Test(
    "do not show the values of a correction of a field that is not public, or that nobody knows",
    arguments: [
      ("name", true), ("Name", true), ("owner", false), ("Owner", false), ("ovner", false),
    ])
  func corrections(field: String, areShown: Bool) throws {
    var results = results()
    var kind = RecordKind(id: "correction", title: "Correction", subject: .corrections, holds: .one)
    kind.fields = ["field", "old_value", "new_value"].map { Field(id: $0, label: $0, type: .text) }
    results.pack.records.append(kind)
    var returned = ReturnedRows()
    returned.columns = kind.fields.map { .init(title: $0.label, fields: [$0.id]) }
    returned.append(.cells([.text(field), .text("Ann"), .text("Anne")]), record: 4)
    results.files[1].returned = returned
    results.quarantine = [
      QuarantinedRow(
        place: Place(file: 1, line: 5, record: 4), record: "correction",
        faults: results.quarantine[0].faults)
    ]
    let sheets = try #require(ReturnedWorkbook.all(of: results).first).sheets(results)
    let cells = sheets[0].rows.all[0]
    #expect(texts(cells).prefix(3) == [field] + (areShown ? ["Ann", "Anne"] : ["", ""]))
    #expect(cells[2].style == (areShown ? .plain : .open))
  }

  @Test("show no more of a long list than can be looked through, and say where the rest is")
  func long() throws {
    var results = results()
    let fault = results.quarantine[0]
    results.quarantine = (1...6_000).map { record in
      var row = fault
      row.place.record = UInt32(record)
      return row
    }
    let sheets = try #require(ReturnedWorkbook.all(of: results).first).sheets(results)
    #expect(sheets[0].rows.count == 5_000)
    #expect(
      sheets[0].title.hasSuffix("(the first 5,000 of 6,000 rows; all are in quarantine.csv)"))
  }

  @Test("are none where nothing is returned, and one for all record kinds without an office")
  func offices() {
    var results = results()
    results.pack.records[0].office = nil
    #expect(ReturnedWorkbook.all(of: results).map(\.path) == ["returned/no-office.xlsx"])
    results.pack.records[0].office = "../health"
    #expect(ReturnedWorkbook.all(of: results).map(\.path) == ["returned/_._health.xlsx"])
    results.quarantine = []
    #expect(ReturnedWorkbook.all(of: results).isEmpty)
  }

  @Test("hold cells, colours, comments and choices as openpyxl finds them", .needsOpenpyxl)
  func openpyxl() async throws {
    let found = try await withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/returned", withIntermediateDirectories: true)
      let results = results()
      let written = try #require(ReturnedWorkbook.all(of: results).first)
        .write(results, to: folder)
      #expect(written.path == "returned/health.xlsx")
      return String(
        decoding: try told(by: program, folder + "/" + written.path), as: UTF8.self)
    }
    #expect(
      found == """
        kitchens.csv
        C2 Name of kitchen|Size|Owner|As delivered
        A3 -1+1 FFF8D7D2 unreadable: send again
        B3 "small,large"

        """)
  }
}

private let program = """
  import sys, openpyxl
  sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
  print(sheet.title)
  print("C2", "|".join(c.value for c in sheet[2][:4]))
  print("A3", sheet["A3"].value, sheet["A3"].fill.fgColor.rgb, sheet["A3"].comment.text)
  rule = sheet.data_validations.dataValidation[0]
  print(str(rule.sqref).split(":")[0], rule.formula1)
  """
