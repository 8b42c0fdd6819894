import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Taking CSV")
struct TakeCSVTests {
  private let header = "统一社会信用代码,单位名称,区县,注册资本(万元),从业人数,成立日期,是否建立,形式,备注\n"

  @Test("types every field of a row")
  func types() async throws {
    let delivery = try await taking(
      header + "91410305PDY000028Y,洛阳甲有限公司,涧西区,1000,\"1,200\",2018年11月6日,是,支部,\"a,\n\"\"b\"\"\"\n")
    #expect(delivery.column("uscc") == ["91410305PDY000028Y"])
    #expect(delivery.column("name") == ["洛阳甲有限公司"])
    #expect(delivery.column("division") == ["410305"])
    #expect(delivery.column("capital") == ["10000000"])
    #expect(delivery.column("staff") == ["1200"])
    #expect(delivery.column("founded") == ["2018-11-06"])
    #expect(delivery.column("built") == ["true"])
    #expect(delivery.column("form") == ["branch"])
    #expect(delivery.column("note") == ["a,\n\"b\""])
    #expect(delivery.records[0].places == [Place(file: 0, line: 2, record: 1)])
    #expect(delivery.records[0].precedences == [3])
    #expect(delivery.delivered == [true])
    #expect(delivery.findings.isEmpty && delivery.quarantine.isEmpty && delivery.isComplete)
  }

  @Test("gives the same whatever the size of the pieces")
  func pieces() async throws {
    let text =
      header + "91410305PDY000028Y,甲,涧西区,1000,5,2018-11-06,是,支部,\"引\n号\"\r\n"
      + ",乙,410304,无,经查无,长期,/,未建,\n"
    let whole = try await taking(text)
    for size in 1...40 {
      let delivery = try await taking(text, pieceSize: size)
      #expect(delivery.records[0].columns == whole.records[0].columns, "pieces of \(size)")
      #expect(delivery.records[0].places == whole.records[0].places)
      #expect(delivery.files[0].sha256 == whole.files[0].sha256)
    }
    #expect(whole.column("note") == ["引\n号", "-"])
  }

  @Test("gives the same whatever the number of jobs, in order of the files")
  func jobs() async throws {
    var files: [String: [UInt8]] = [:]
    for number in 0..<20 {
      files["\(number).csv"] = Array((header + ",单位\(number),涧西区,,,,,,\n").utf8)
    }
    let one = try await taking(files, jobs: 1)
    let many = try await taking(files, jobs: 8)
    #expect(one.records[0].columns == many.records[0].columns)
    #expect(one.records[0].places == many.records[0].places)
    #expect(one.files.map(\.path) == files.keys.sorted())
    #expect(one.column("name").first == "单位0" && one.column("name")[1] == "单位1")
    #expect(one.column("name")[2] == "单位10")
  }

  @Test("keeps the three absences apart, and gives “none” the value that the dictionary states")
  func absences() async throws {
    let delivery = try await taking(
      header + ",甲,涧西区,无,无,,/,,\n,乙,涧西区,经查无,经查无,-,,,\n,丙,涧西区,,,0000-00-00,N/A,,\n")
    #expect(delivery.column("capital") == ["无", "经查无", "-"])
    #expect(delivery.column("staff") == ["0", "0", "-"])
    #expect(delivery.column("founded") == ["-", "-", "-"])
    #expect(delivery.column("built") == ["-", "-", "-"])
    #expect(delivery.rules == ["placeholder-date"])
  }

  @Test("quarantines a row with all of its faults, and goes on")
  func faults() async throws {
    let delivery = try await taking(
      header + "9.14103E+17,,涧西区,abc,-5,31/12/2018,也许,委员会,\n,乙,涧西区,,,,,,\n")
    #expect(
      delivery.faults == [
        "excel-mangled", "bad-number", "out-of-range", "bad-date", "bad-flag", "unknown-code",
        "missing",
      ])
    #expect(delivery.quarantine[0].place == Place(file: 0, line: 2, record: 1))
    #expect(delivery.quarantine[0].faults[3].raw == "31/12/2018")
    #expect(delivery.quarantine[0].faults[3].message.en.contains("“成立日期” reads “31/12/2018”"))
    #expect(delivery.column("name") == ["乙"])
    #expect(delivery.records[0].places[0].record == 2)
    #expect(delivery.files[0].read == 2 && delivery.files[0].quarantined == 1)
    #expect(delivery.isComplete)
  }

  @Test("accepts a row with a finding where the dictionary says so")
  func findings() async throws {
    let delivery = try await taking(
      header + "91410305PDY000028X,甲,涧西区,约500,五人,,也许,,\n,乙□,吉利区,500万港元,,,,,\n")
    #expect(
      delivery.rules == [
        "bad-check-digit", "approximate", "bad-number", "bad-flag", "unencodable-character",
        "unknown-currency", "division-not-valid",
      ])
    #expect(delivery.column("uscc") == ["91410305PDY000028X", "-"])
    #expect(delivery.column("capital") == ["-", "-"])
    #expect(delivery.quarantine.isEmpty && delivery.isComplete)
  }

  @Test("quarantines a row that states no identity")
  func identity() async throws {
    let delivery = try await taking(header + ",甲,,,,,,,\n")
    #expect(delivery.faults == ["no-identity"])
  }

  @Test("takes the division out of the code where none is stated")
  func cut() async throws {
    let delivery = try await taking(
      header + "91410304PDY000124R,甲,,,,,,,\n'91410305pdy000028y,乙,,,,,,,\n")
    #expect(delivery.column("division") == ["410304", "410305"])
    #expect(delivery.column("uscc") == ["91410304PDY000124R", "91410305PDY000028Y"])
  }

  @Test("refuses rows whose cells do not stand under the header")
  func cellCount() async throws {
    let delivery = try await taking(
      header + ",甲,涧西区,1,2,,,,\n,乙,涧西区,1,2,,,,,x\n,丙,涧西区\n")
    #expect(delivery.column("name") == ["甲"])
    #expect(delivery.faults == ["cell-count", "cell-count"])
    #expect(delivery.isComplete && delivery.files[0].read == 3)
  }

  @Test("reads what clerks put around a table")
  func clerks() async throws {
    let delivery = try await taking(
      """
      洛阳市2018年度台账,,,,,
      ,,,,,
      序号,统一社会信用代码,单位名称,区县,从业人数,手机
      1,="91410305PDY000028Y",甲,涧西区,10,138
      2,,乙,涧西区,５,139
      3,,,,,
      ,,,,,
      合计,,,,15,
      4,,丙,涧西区,7,
      小计,,,,7,
      合计,,,,23,
      填报人：张三 联系电话：0379,,,,,
      ,,,,,
      注：以上数据属实,,,,,

      """)
    #expect(delivery.column("name") == ["甲", "乙", "丙"])
    #expect(delivery.column("staff") == ["10", "5", "7"])
    #expect(delivery.column("uscc")[0] == "91410305PDY000028Y")
    #expect(delivery.files[0].controls.map(\.agrees) == [true, true, false])
    #expect(delivery.files[0].controls.last?.stated == "23")
    #expect(delivery.files[0].controls.last?.counted == "22")
    #expect(delivery.rules == ["control-total", "dropped-columns"])
    #expect(delivery.files[0].droppedColumns == ["手机"])
    #expect(delivery.quarantine.isEmpty && delivery.isComplete)
  }

  @Test("reads several tables of one file, with titles and other orders of columns")
  func tables() async throws {
    let delivery = try await taking(
      """
      单位名称,区县,从业人数
      甲,涧西区,1
      单位名称,区县,从业人数
      乙,涧西区,2
      ,,
      瀍河区,,
      从业人数,单位名称,区县
      3,丙,瀍河区

      """)
    #expect(delivery.column("name") == ["甲", "乙", "丙"])
    #expect(delivery.column("staff") == ["1", "2", "3"])
    #expect(delivery.column("division") == ["410305", "410305", "410304"])
    #expect(delivery.quarantine.isEmpty)
  }

  @Test("reports rows below a footer instead of losing them silently")
  func belowFooter() async throws {
    let delivery = try await taking("单位名称,区县\n甲,涧西区\n填报人：张三,\n乙,涧西区\n")
    #expect(delivery.column("name") == ["甲"])
    #expect(delivery.rules == ["rows-after-footer"])
    #expect(delivery.findings[0].place?.line == 4)
  }

  @Test("takes lost rows that are filled in like data for a fault, and no data for a footer")
  func dataBelowFooter() async throws {
    let head = "单位名称,区县,从业人数,注册资本\n甲,涧西区,1,2\n"
    let lost = try await taking(head + "注：以下为新增单位,,,\n乙,涧西区,3,4\n")
    #expect(lost.findings.map(\.severity) == [.error])
    var pack = samplePack()
    pack.words.footers.append("审核人")
    let name = try await taking(
      ["a.csv": Array((head + "审核人才小镇,涧西区,3,4\n乙,涧西区,5,6\n").utf8)], pack: pack)
    #expect(name.column("name") == ["甲", "审核人才小镇", "乙"])
  }

  @Test("takes three lost rows that are filled in alike for a table, whatever its columns")
  func tableBelowFooter() async throws {
    let head = "单位名称,区县,从业人数,注册资本,备注\n甲,涧西区,1,2,\n填报人：张三,,,,\n"
    let lost = try await taking(head + "名称,年度\n乙,2018\n丙,2018\n")
    #expect(lost.findings.map(\.severity) == [.error])
    let signed = try await taking(head + "复核人,李四\n日期,2018-09-30\n")
    #expect(signed.findings.map(\.severity) == [.warning])
  }

  @Test(
    "leaves out a row that numbers the columns",
    arguments: ["1,2,3", "栏次,1,2", "甲,乙,1", "甲,1,2", "(1),(2),(3)", "栏次,1,2=1+3"])
  func numbering(line: String) async throws {
    let delivery = try await taking("单位名称,区县,从业人数\n\(line)\n甲,涧西区,1\n")
    #expect(delivery.column("name") == ["甲"] && delivery.files[0].read == 1)
    #expect(delivery.quarantine.isEmpty && delivery.findings.isEmpty)
  }

  @Test("takes a row for data whose numbers only begin like those of columns")
  func noNumbering() async throws {
    let delivery = try await taking("单位名称,区县,从业人数\n甲,涧西区,1\n乙,涧西区,2\n")
    #expect(delivery.column("name") == ["甲", "乙"])
    let later = try await taking("单位名称,区县,从业人数\n甲,涧西区,1\n1,2,3\n")
    #expect(later.files[0].read == 2)
  }

  @Test(
    "compares totals that stand above their rows with the rows below",
    arguments: [
      ("合计,,3\n甲,涧西区,1\n乙,涧西区,2\n", [true]),
      ("合计,,4\n甲,涧西区,1\n乙,涧西区,2\n", [false]),
      ("合计,,6\n涧西区小计,,1\n甲,涧西区,1\n瀍河区小计,,5\n乙,瀍河区,2\n丙,瀍河区,3\n", [true, true, true]),
      ("甲,涧西区,1\n涧西区小计,,1\n乙,瀍河区,2\n瀍河区小计,,2\n合计,,3\n", [true, true, true]),
      ("合计,,0\n", [true]),
    ])
  func totalsAbove(rows: String, agrees: [Bool]) async throws {
    let delivery = try await taking("单位名称,区县,从业人数\n" + rows)
    #expect(delivery.files[0].controls.map(\.agrees) == agrees)
    let isEmpty = delivery.records[0].count == 0
    #expect(
      delivery.rules == (agrees.contains(false) ? ["control-total"] : isEmpty ? ["no-rows"] : []))
    #expect(delivery.quarantine.isEmpty)
  }

  @Test("settles totals above their rows where another table begins")
  func totalsOfTables() async throws {
    let delivery = try await taking(
      "单位名称,区县,从业人数\n合计,,1\n甲,涧西区,1\n区县,单位名称,从业人数\n涧西区,乙,2\n合计,,3\n")
    #expect(delivery.files[0].controls.map(\.agrees) == [true, true])
  }

  @Test("reads names and codes that are written as formulas")
  func formulas() async throws {
    let delivery = try await taking(
      "=\"单位名称\",=\"区县\",=\"从业人数\"\n=\"甲\",=\"涧西区\",=\"5\"\n")
    #expect(delivery.column("name") == ["甲"] && delivery.column("staff") == ["5"])
  }

  @Test("reads on under a header in another order where nothing stands between")
  func headerAtOnce() async throws {
    let delivery = try await taking(
      "单位名称,区县,从业人数\n甲,涧西区,1\n从业人数,区县,单位名称\n2,瀍河区,乙\n")
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.column("staff") == ["1", "2"])
    #expect(delivery.quarantine.isEmpty)
  }

  @Test("returns rows of a table that stands twice, side by side")
  func sideBySide() async throws {
    let head = "单位名称,区县,从业人数"
    for gap in [",", ",,"] {
      let delivery = try await taking(
        head + gap + head + "\n甲,涧西区,1\(gap)乙,瀍河区,2\n丙,涧西区,3\(gap),,\n")
      #expect(delivery.faults == ["two-records"])
      #expect(delivery.column("name") == ["丙"])
      #expect(delivery.isComplete)
    }
  }

  @Test("returns titles of groups, and compares totals with a remark behind them")
  func groups() async throws {
    let delivery = try await taking(
      "单位名称,区县,从业人数\n一、涧西区,,\n甲,涧西区,1\n（二）瀍河区,,\n一品香饭店,瀍河区,2\n合计（2户）,,3\n")
    #expect(delivery.faults == ["group-line", "group-line"])
    #expect(delivery.column("name") == ["甲", "一品香饭店"])
    #expect(delivery.files[0].controls.count == 1)
  }

  @Test(
    "understands the unit in a header, and reads no numbers in one that it does not know",
    arguments: [
      ("注册资本（单位：元）", "5"), ("注册资本（单位：万元）", "50000"), ("注册资本（百万元）", "-"),
      ("注册资本（千元）", "-"), ("注册资本（万美元）", "-"), ("注册资本（美元）", "-"),
      ("注册资本（上年）", "-"), ("注册资本（其中：外资）", "-"), ("注册资本（盖章）", "50000"),
      ("*注册资本", "50000"), ("注册资本：", "50000"), ("★注册资本（元）*", "5"),
    ])
  func units(header: String, capital: String) async throws {
    let delivery = try await taking("单位名称,区县,\(header)\n甲,涧西区,5\n")
    #expect(delivery.column("capital") == [capital])
    #expect(delivery.rules == (capital == "-" ? ["dropped-columns"] : []))
  }

  @Test(
    "understands the unit of money that stands above a table",
    arguments: [
      ("单位：元", "注册资本", "5"), ("（单位：万元）", "注册资本", "50000"), ("计量单位：人、元", "注册资本", "5"),
      ("单位：元", "注册资本(万元)", "50000"), ("单位：万美元", "注册资本", "-"), ("单位：人", "注册资本", "50000"),
      ("填报单位：涧西区商务局", "注册资本", "50000"), ("单位：某某局", "注册资本", "50000"),
    ])
  func unitAbove(line: String, header: String, capital: String) async throws {
    let delivery = try await taking("登记表,,\n,,\(line)\n单位名称,区县,\(header)\n甲,涧西区,5\n")
    #expect(delivery.column("capital") == [capital])
  }

  @Test("tells of a column without a name that holds something")
  func unnamed() async throws {
    let delivery = try await taking("单位名称,,区县\n甲,x,涧西区\n乙,,涧西区\n")
    #expect(delivery.rules == ["dropped-columns"])
    #expect(delivery.findings[0].message.zh.contains("第 2 列，没有列名"))
    #expect(try await taking("单位名称,,区县\n甲,,涧西区\n").rules == [])
  }

  @Test("knows a column whose name goes through both lines of a header, at its end too")
  func lastOfTwoLines() async throws {
    var pack = samplePack()
    pack.sources[0].format = .csv(headerRows: 2, within: 15, separator: nil)
    for tail in ["", ","] {
      let text = "单位名称,基本,,备注\n,区县,从业人数\(tail)\n甲,涧西区,4,某\n"
      let delivery = try await taking(["a.csv": Array(text.utf8)], pack: pack)
      #expect(delivery.column("name") == ["甲"] && delivery.column("note") == ["某"])
      #expect(delivery.column("staff") == ["4"])
    }
  }

  @Test("joins the two lines of a header, and repeats merged cells where the profile says so")
  func twoLines() async throws {
    var pack = samplePack()
    pack.sources[0].format = .csv(headerRows: 2, within: 15, separator: nil)
    pack.sources[0].fillDown = [2]
    var built = SourceProfile.ColumnRule(field: 6)
    built.from = ["党组织情况·是否建立"]
    pack.sources[0].columns = [built]
    let delivery = try await taking(
      [
        "a.csv": Array(
          "区县,单位名称,党组织情况,,团组织情况,\n,,是否建立,形式,是否建立,人数\n涧西区,甲,是,支部,否,1\n,乙,否,,是,2\n瀍河区,丙,,,,\n,丁,,,,\n"
            .utf8)
      ], pack: pack)
    #expect(delivery.column("division") == ["410305", "410305", "410304", "410304"])
    #expect(delivery.column("built") == ["true", "false", "-", "-"])
    #expect(delivery.column("form")[0] == "branch")
    #expect(delivery.files[0].droppedColumns == ["团组织情况·是否建立", "团组织情况·人数"])
  }

  @Test(
    "finds the separator",
    arguments: [",", "\t", ";", "|"])
  func separators(separator: String) async throws {
    let text = "单位名称,区县,备注\n甲,涧西区,一二\n".replacingOccurrences(of: ",", with: separator)
    let delivery = try await taking(text)
    #expect(delivery.column("name") == ["甲"])
    #expect(delivery.column("division") == ["410305"])
  }

  @Test(
    "converts amounts by the unit of the header",
    arguments: [
      ("注册资本(万元)", "10000000"), ("注册资本（元）", "1000"), ("注册资本", "10000000"),
      // Nobody knows how much that is.
      ("注册资本（亿日元）", "-"),
    ])
  func units(header: String, amount: String) async throws {
    let delivery = try await taking("单位名称,区县,\(header)\n甲,涧西区,1000\n")
    #expect(delivery.column("capital") == [amount])
  }

  @Test("takes a row once for each value of a cell that holds several")
  func split() async throws {
    let delivery = try await taking("单位名称,区县,标签,从业人数\n甲,涧西区,红、绿;蓝,5\n乙,涧西区,,1\n合计,,,6\n")
    #expect(delivery.column("name") == ["甲", "甲", "甲", "乙"])
    #expect(delivery.column("tags") == ["红", "绿", "蓝", "-"])
    #expect(delivery.files[0].controls.map(\.agrees) == [true])
    #expect(delivery.records[0].places.map(\.record) == [1, 1, 1, 2])
    #expect(delivery.isComplete && delivery.files[0].read == 4)
  }

  @Test("keeps only a digest of resident numbers, and shows none anywhere")
  func residents() async throws {
    let delivery = try await taking(
      "单位名称,区县,证件号码,备注,成立日期\n甲,涧西区,410399197001010013,证410399198012310024号,\n"
        + "乙,涧西区,410399700101001,,410399198012310024\n丙,涧西区,410399197001010019,,\n")
    #expect(delivery.column("person")[0].count == 32)
    #expect(delivery.column("note")[0] == "证******************号")
    #expect(delivery.column("person").last == "-")
    #expect(delivery.quarantine[0].faults[0].raw == "******************")
    let shown = "\(delivery)"
    for number in [
      "410399197001010013", "410399198012310024", "410399197001010019", "410399700101001",
    ] {
      #expect(!shown.contains(number))
    }
  }

  @Test("gives equal persons equal digests, whichever form their number has")
  func digests() async throws {
    let delivery = try await taking(
      "单位名称,区县,证件号码\n甲,涧西区,410399197001010013\n乙,涧西区,410399700101001\n")
    #expect(Set(delivery.column("person")).count == 1)
  }

  @Test("reads the delivered text of single rows again")
  func rereading() async throws {
    let text = "单位名称,区县,从业人数,证件号码\n甲,涧西区,\"1,200\",410399197001010013\n乙,瀍河区,约5,\n"
    let folder = try Folder(["a.csv": text])
    let delivery = try await take(
      folder.path, files: ["a.csv"], pack: samplePack(), asOf: asOf,
      settings: TakeSettings(digestKey: [1]))
    let raw = try reread(
      [(file: "a.csv", records: [2])], folder: folder.path, delivery: delivery.files,
      pack: samplePack())
    let row = try #require(raw["a.csv"]?[2])
    #expect(row.line == 3)
    #expect(row.texts == ["name": "乙", "division": "瀍河区", "staff": "约5"])
  }
}
