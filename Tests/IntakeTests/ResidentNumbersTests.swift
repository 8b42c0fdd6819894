import Fields
import RulePacks
import Tables
import Testing

@testable import Intake

/// Promise 7: a resident identity number is in no output, whatever the column is for.
@Suite("Resident identity numbers")
struct ResidentNumbersTests {
  static let header = "统一社会信用代码,单位名称,区县,注册资本,从业人数,备注,标签"
  static let code = "92410303PDY000060A"

  @Test(
    "go back where a code, a number or a name stands for a body, and stand nowhere",
    arguments: [
      "410399197001010013,甲,涧西区,,,,", "'410399197001010013,甲,涧西区,,,,",
      "410399 19700101 0013,甲,涧西区,,,,", "４１０３９９１９７００１０１００１３,甲,涧西区,,,,",
      "11010519491231002x,甲,涧西区,,,,", "410399700101001,甲,涧西区,,,,",
      "\(code),甲,涧西区,410399197001010013,,,", "\(code),甲,涧西区,,410399197001010013,,",
      "\(code),甲,涧西区,,410399700101001,,", ",甲410399197001010013,涧西区,,,,",
    ])
  func returned(row: String) async throws {
    for others in [0, 3] {
      // Many rows are read column by column, one alone is not.
      let plain = (0..<others).map { _ in "91410300PDY00001XN,乙,涧西区,1,2,,\n" }.joined()
      let delivery = try await taking(Self.header + "\n" + plain + row + "\n")
      #expect(delivery.faults == ["resident-number"])
      #expect(delivery.records[0].count == others)
      let said = "\(delivery)"
      #expect(!["0101001", "19700101", "１０１", "1949"].contains { said.contains($0) })
    }
  }

  @Test("are overwritten in a text, whatever check digit 15 of them have")
  func texts() async throws {
    let older = (0...9).map { "41039970010100\($0)" }
    let rows = older.map { "\(Self.code),甲,涧西区,1,2,经营者\($0),\n" }.joined()
    let delivery = try await taking(Self.header + "\n" + rows)
    #expect(delivery.column("note") == older.map { _ in "经营者***************" })
  }

  @Test(
    "of 15 digits are told from registration numbers by check digit, division and birth date",
    arguments: [
      // A right check digit, a wrong one, and a wrong one with a division and a birth date.
      ("410300000000018", "410300000000018", [], ["bad-check-digit"]),
      ("410300000000017", "410300000000017", [], ["bad-check-digit"]),
      ("410399700101001", "", ["resident-number"], []),
    ])
  func registrationNumbers(text: String, kept: String, faults: [String], findings: [String])
    async throws
  {
    var pack = samplePack()
    pack.records[0].fields[0].type = .registrationNumber
    let delivery = try await taking(
      ["a.csv": Array("\(Self.header)\n\(text),甲,涧西区,,,,\n".utf8)], pack: pack)
    #expect(delivery.faults == faults)
    #expect(delivery.column("uscc") == (kept.isEmpty ? [] : [kept]))
    #expect(delivery.rules == (RegistrationNumber.isValid(text) ? [] : findings))
  }

  @Test("stand in no message about a file whose header is missing")
  func header() async throws {
    let failure = try #require(
      await failure(["a.csv": Array("410399197001010013,区县,从业人数\n1,2,3\n".utf8)]))
    #expect(!failure.messages[0].en.contains("1970"))
    #expect(failure.messages[0].en.contains("******************"))
  }

  /// The register with codes of type text, as hash-like or trade registers have them.
  private static func texts(mayHold: Bool) -> RulePack {
    var pack = samplePack()
    pack.records[0].fields[0].type = .text
    pack.records[0].fields[0].mayHoldResidentID = mayHold
    pack.records[0].fields[2].from = nil
    return pack
  }

  @Test(
    "are neither masked nor cut where digits of a longer code look like the older form",
    arguments: [
      ("DOC371208960222173", []), ("371208960222173-01", []), ("A-371208960222173", []),
      ("3712089602221731", []), ("371208960222173", ["resident-number"]),
      ("经营者371208960222173", ["resident-number"]), ("DOC410399197001010013", ["resident-number"]),
    ])
  func longerCodes(code: String, faults: [String]) async throws {
    for others in [0, 3] {
      let plain = (0..<others).map { "V\($0),乙,涧西区,1,2,,\n" }.joined()
      let delivery = try await taking(
        ["a.csv": Array("\(Self.header)\n\(plain)\(code),甲,涧西区,,,,\n".utf8)],
        pack: Self.texts(mayHold: false))
      #expect(delivery.faults == faults)
      #expect(delivery.column("uscc").dropFirst(others) == (faults.isEmpty ? [code] : []))
    }
  }

  @Test("are digested in an identity that may hold them, each its own, and no other text is")
  func digested() async throws {
    let codes = [
      "410399197001010013", "410399 19700101 0013", "户410399197001010013", "户410399197001010021",
      "V1",
      "３７１２０８９６０２２２１７３", "371208960222173",
    ]
    for others in [0, 3] {
      let plain = (0..<others).map { "W\($0),乙,涧西区,1,2,,\n" }.joined()
      let rows = codes.map { "\($0),甲,涧西区,1,2,,\n" }.joined()
      let delivery = try await taking(
        ["a.csv": Array("\(Self.header)\n\(plain)\(rows)".utf8)], pack: Self.texts(mayHold: true))
      let ids = Array(delivery.column("uscc").dropFirst(others))
      try #require(ids.count == codes.count)
      #expect(ids[4] == "V1")
      #expect(ids.enumerated().allSatisfy { $0.offset == 4 || $0.element.utf8.count == 32 })
      #expect(ids[0] == ids[1] && ids[5] == ids[6])
      #expect(Set(ids).count == 5)
      #expect(!"\(delivery)".contains("19700101"))
    }
  }
}
