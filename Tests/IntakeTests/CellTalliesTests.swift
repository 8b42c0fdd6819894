import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("What many cells of a column share")
struct CellTalliesTests {
  private let header = "单位名称,区县,成立日期,注册资本,从业人数,统一社会信用代码\n"

  /// One row by itself, and many that are taken together.
  private func both(_ rows: String) async throws -> [Delivery] {
    let plain = (0..<40).map { "单位\($0),涧西区,2018-01-01,1,1,\n" }.joined()
    return [try await taking(header + rows), try await taking(header + plain + rows + plain)]
  }

  @Test("placeholders of dates are not stated, and said once a column with their spellings")
  func placeholders() async throws {
    for delivery in try await both(
      "甲,涧西区,1900-01-01,,,\n乙,涧西区,1900-01-01 00:00:00,,,\n丙,涧西区,1970/1/1,,,\n")
    {
      #expect(delivery.rules == ["placeholder-date"])
      let finding = try #require(delivery.findings.first)
      #expect(finding.field == "founded" && finding.message.en.hasPrefix("3 cells of “成立日期”"))
      #expect(finding.message.en.contains("“1970/1/1” (1)"))
      #expect(delivery.column("founded").count { $0 == "-" } == 3 && delivery.isComplete)
    }
  }

  @Test("a placeholder in a required date is a date that is missing")
  func required() async throws {
    var pack = samplePack()
    pack.records[0].fields[5].isRequired = true
    let file = Array((header + "甲,涧西区,1899-12-30,,,\n乙,涧西区,2018-01-01,,,\n").utf8)
    let delivery = try await taking(["a.csv": file], pack: pack)
    #expect(delivery.faults == ["missing"] && delivery.column("name") == ["乙"])
  }

  @Test("placeholders are dates where the dictionary says so")
  func dictionary() async throws {
    var pack = samplePack()
    pack.records[0].fields[5].placeholders = []
    let file = Array((header + "甲,涧西区,1970-01-01,,,\n").utf8)
    let delivery = try await taking(["a.csv": file], pack: pack)
    #expect(delivery.column("founded") == ["1970-01-01"] && delivery.findings.isEmpty)
  }

  @Test("more than six decimals are rounded alike in CSV, XML and sheets, and counted")
  func rounded() async throws {
    let csv = try await both("甲,涧西区,,0.33333333333,,\n乙,涧西区,,\"1,000.12345678912\",,\n")
    let xml = try await taking(
      """
      <DATASET>\(["甲", "乙"].enumerated().map { index, name in
        "<ROW><ENTNAME>\(name)</ENTNAME><DIVISION>410305</DIVISION><REGCAP>"
          + (index == 0 ? "0.33333333333" : "1000.12345678912") + "</REGCAP></ROW>"
      }.joined())</DATASET>
      """, as: "a.xml")
    let sheet = try await taking([
      "a": xlsx([
        TestSheet(rows: [
          ["单位名称", "区县", "注册资本"], ["甲", "涧西区", "<c><v>0.33333333333</v></c>"],
          ["乙", "涧西区", "<c><v>1000.12345678912</v></c>"],
        ])
      ])
    ])
    // In 万元; of base units no more than six decimals are left.
    for delivery in csv + [xml, sheet] {
      #expect(delivery.rules.contains("rounded"))
      #expect(delivery.column("capital").contains("3333.333333"))
      #expect(delivery.column("capital").contains("10001234.567891"))
      #expect(
        delivery.findings.first { $0.rule == "rounded" }?.message.en.contains("2 cells") == true)
    }
  }

  @Test("midnights of the east in universal time keep their date and are said")
  func midnight() async throws {
    for delivery in try await both("甲,涧西区,2022-06-29T16:00:00.000Z,,,\n") {
      #expect(delivery.rules == ["utc-midnight"])
      #expect(delivery.column("founded").contains("2022-06-29"))
    }
  }

  @Test("dates after the as-of date are said unless the dictionary says how late they may be")
  func late() async throws {
    let rows = "甲,涧西区,2204-03-01,,,\n乙,涧西区,长期,,,\n丙,涧西区,2022-09,,,\n"
    for delivery in try await both(rows) {
      #expect(delivery.rules == ["date-after-as-of"])
      #expect(delivery.findings[0].message.en.contains("1 cells of “成立日期”"))
      #expect(delivery.column("founded").contains("2204-03-01"))
    }
    var pack = samplePack()
    pack.records[0].fields[5].mostDay = .date(try #require(PartialDate(year: 2300)))
    let lenient = try await taking(["a.csv": Array((header + rows).utf8)], pack: pack)
    #expect(lenient.findings.isEmpty)
    pack.records[0].fields[5].mostDay = .asOf
    pack.records[0].fields[5].leastDay = .date(try #require(PartialDate(year: 1949)))
    pack.records[0].fields[5].onError = .notStated
    let strict = try await taking(
      ["a.csv": Array((header + rows + "丁,涧西区,1948-12-31,,,\n戊,涧西区,1949,,,\n").utf8)], pack: pack)
    #expect(strict.rules == ["out-of-range", "out-of-range"])
    #expect(strict.findings[0].message.en.contains("(1949 to 2022-09-30)"))
    #expect(strict.column("founded") == ["-", "9999-12-31", "2022-09", "-", "1949"])
  }

  @Test("a file without any row of the time that is looked at is told")
  func stale() async throws {
    var pack = samplePack()
    pack.records[0].latest = 5
    pack.records[0].currentDays = 89
    func rules(_ rows: String) async throws -> [String] {
      try await taking(["a.csv": Array((header + rows).utf8)], pack: pack).rules
    }
    #expect(try await rules("甲,涧西区,2022-06-20,,,\n乙,涧西区,2022-06,,,\n") == ["stale-file"])
    #expect(try await rules("甲,涧西区,2022-06-20,,,\n乙,涧西区,2022-07-03,,,\n") == [])
    #expect(try await rules("甲,涧西区,2022,,,\n") == [])
    #expect(try await rules("甲,涧西区,,,,\n") == [])
    pack.records[0].currentDays = nil
    #expect(try await rules("甲,涧西区,2022-06-20,,,\n") == [])
  }

  @Test("dates after the as-of date are no surprise in a column of deadlines, nor in no register")
  func deadlines() async throws {
    let rows = (0..<12).map { "单位\($0),涧西区,20\($0 < 6 ? 30 : 20)-01-01,,,\n" }.joined()
    let deadlines = try await taking(header + rows)
    #expect(deadlines.findings.isEmpty)
    var pack = samplePack()
    pack.records[0].isRoster = false
    let row = "甲,涧西区,2030-01-01,,,\n"
    #expect(try await taking(["a.csv": Array((header + row).utf8)], pack: pack).rules.isEmpty)
    #expect(
      try await taking(
        ["a.csv": Array((header + row + "乙,涧西区,2204-01-01,,,\n").utf8)], pack: pack
      ).rules == ["date-after-as-of"])
  }

  @Test("codes in small letters link and are noted")
  func smallLetters() async throws {
    for delivery in try await both("甲,涧西区,,,,91410300pdy00001xn\n") {
      #expect(delivery.column("uscc").contains("91410300PDY00001XN"))
      #expect(delivery.rules == ["small-letters"] && delivery.findings[0].severity == .note)
    }
  }

  @Test(
    "which check character of a code is wrong is said",
    arguments: [
      ("91410300PDY00001XA", "GB 32100, the 18th) is wrong"),
      ("91410305PDY000028X", "wrong"),
    ])
  func checks(code: String, words: String) async throws {
    let delivery = try await taking(header + "甲,涧西区,,,,\(code)\n")
    #expect(delivery.rules == ["bad-check-digit"])
    #expect(delivery.findings[0].message.en.contains(words))
    #expect(delivery.findings[0].message.en.contains("GB "))
  }

  @Test("a column of credit codes and registration numbers is read by their length")
  func either() async throws {
    var pack = samplePack()
    pack.records[0].fields[0].type = .usccOrNumber
    pack.records[0].fields[2].from = nil
    let rows =
      "甲,涧西区,,,,91410300PDY00001XN\n乙,涧西区,,,,410305009002908\n丙,涧西区,,,,410305009002909\n"
    let delivery = try await taking(["a.csv": Array((header + rows).utf8)], pack: pack)
    #expect(
      delivery.column("uscc") == ["91410300PDY00001XN", "410305009002908", "410305009002909"])
    #expect(delivery.rules == ["bad-check-digit"])
    #expect(delivery.findings[0].message.en.contains("GS 15-2006"))
  }

  @Test("spellings that were not read are listed for each field, of sheets without their cells")
  func unread() async throws {
    let rows = [["单位名称", "区县", "注册资本"]] + ["600()", "600()", "一百"].map { ["甲", "涧西区", $0] }
    let delivery = try await taking(["a": xlsx([TestSheet(rows: rows)])])
    let findings = unknownValues(in: delivery, pack: samplePack())
    #expect(findings.map(\.rule) == ["unread-values"])
    #expect(findings.first?.message.en.contains("2 different spellings") == true)
    #expect(findings.first?.message.en.contains("“注册资本” reads “600()”") == true)
    #expect(findings.first?.message.en.contains("(2 rows)") == true)
  }
}
