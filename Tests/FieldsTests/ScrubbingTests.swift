import Testing

@testable import Fields

@Suite("Scrubbing")
struct ScrubbingTests {
  @Test(
    "hides resident identity numbers and nothing else",
    arguments: [
      ("张三 410399197001010013", "张三 ******************"),
      ("410399197001010013", "******************"),
      ("11010519491231002X。", "******************。"), ("11010519491231002x", "******************"),
      ("x9410399197001010013", "x9******************"),
      ("410399700101001", "***************"), ("410300000000018", "410300000000018"),
      ("91410300PDY00001XN", "91410300PDY00001XN"), ("410399197001010014", "410399197001010014"),
      ("电话 0379-63900000", "电话 0379-63900000"), ("", ""),
      ("911101066976941872", "911101066976941872"),
      // Also a valid registration number, which nothing in a text tells apart.
      ("410399700101002", "***************"), ("990300700101001", "990300700101001"),
      // An X is the end of a number of 18 digits, else a letter.
      ("<X410399700101001/>", "<X***************/>"), ("410399700101001x", "***************x"),
      ("X410399 19700101 0013", "X****** ******** ****"),
    ])
  func scrubbing(text: String, shown: String) {
    #expect(scrubbed(text) == shown)
  }

  @Test("sees through wide digits")
  func wide() {
    let text = "证件：４１０３９９１９７００１０１００１３号"
    let hidden = scrubbed(text)
    #expect(!hidden.contains("１９７０"))
    #expect(hidden.hasPrefix("证件：*") && hidden.hasSuffix("*号"))
  }

  @Test("sees through digits of both widths mixed")
  func mixed() {
    #expect(!scrubbed("４10399１９70０1０1０0１３").contains("9"))
  }

  @Test(
    "asks for a closer look only where digits stand in a row",
    arguments: [
      ("洛阳甲天下牡丹科技12345有限公司", false), ("一般经营项目：机械设备、电子产品的销售与技术服务。", false),
      ("410399197001010013", true), ("证410399700101001", true), ("41039919700101", false),
      ("410399 19700101 0013", true), ("四一〇三九九一九七〇〇一〇一〇〇一三", true), ("41039970010１001", true),
      ("一、二、三、四、五、六、七、八、九、十等十五家单位", false), ("2018-09-30 至 2018-10-01", false),
      ("二〇一八年九月三十日至二〇一九年九月二十九日", false),
    ])
  func quickLook(text: String, mayHold: Bool) {
    #expect(mayHoldResidentID(Array(text.utf8).span) == mayHold)
  }

  @Test("finds a number wherever it stands in a text")
  func everywhere() {
    for before in 0..<40 {
      let text = String(repeating: "字", count: before) + "410399198012310024"
      #expect(!scrubbed(text).contains("1980"), "\(before)")
    }
  }
}

@Suite("Scrubbing of numbers whose digits are set apart or of another writing")
struct SetApartTests {
  /// A number of the division 410399, which was never issued.
  private static let number: String = {
    let body = "41039919900307213"
    return body + (ResidentID.checkCharacter(body) ?? "")
  }()

  private static func spelled(_ digits: String, _ writing: String) -> String {
    let characters = Array(writing)
    return String(digits.map { $0.wholeNumberValue.map { characters[$0] } ?? $0 })
  }

  @Test("are overwritten in every writing, and what stands around them is left")
  func everyWriting() {
    let number = Self.number
    let parts = [number.prefix(6), number.dropFirst(6).prefix(8), number.suffix(4)].map(String.init)
    let writings =
      [number] + [" ", "-", "  ", "－", "\u{3000}", "·", "\u{200B}"].map(parts.joined(separator:))
      + [number.map { String($0) }.joined(separator: " ")]
      + [
        "０１２３４５６７８９", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹",
      ].map { Self.spelled(number, $0) }
    for writing in writings {
      let text = "负责人（" + writing + "），电话不详"
      let shown = scrubbed(text)
      #expect(!shown.contains(parts[2]) && shown.hasPrefix("负责人（") && shown.hasSuffix("），电话不详"))
      #expect(shown.filter(\.isNumber).isEmpty, "\(text): \(shown)")
    }
  }

  /// The quick look takes one of every 15 bytes, so a number is put behind every count of them.
  @Test("are found wherever they stand in a text", arguments: ["字", "a", "é", "𠮷"])
  func everywhere(filler: String) {
    let number = Self.number
    let writings = [
      number.map { String($0) }.joined(separator: "·"), Self.spelled(number, "〇一二三四五六七八九"),
      Self.spelled(number, "０１２３４５６７８９"), Self.spelled(number, "٠١٢٣٤٥٦٧٨٩"),
      number.prefix(6) + "\u{3000}" + number.dropFirst(6),
      Self.spelled(String(number.prefix(9)), "零壹贰叁肆伍陆柒捌玖") + number.dropFirst(9),
    ]
    for writing in writings {
      for before in 0..<46 {
        let text = String(repeating: filler, count: before) + "，" + writing + "。" + filler
        let mayHold = mayHoldResidentID(Array(text.utf8).span)
        #expect(mayHold, "\(before) × \(filler), \(writing)")
        #expect(!scrubbed(text).contains(writing.suffix(4)), "\(before) × \(filler), \(writing)")
      }
    }
  }

  @Test("of 15 digits are overwritten where they fill their groups")
  func older() {
    #expect(scrubbed("410399 900307 213").filter(\.isNumber).isEmpty)
    #expect(scrubbed("号 四一〇三九九九〇〇三〇七二一三 止") == "号 " + String(repeating: "*", count: 45) + " 止")
  }

  @Test(
    "are not seen in other figures",
    arguments: [
      "2018-09-30 至 2018-12-31", "0379-6391 2345、0379-6391 2346", "91410305PDY9001304",
      "第 1,234,567,890,123,456 行", "二〇一八年九月三十日", "1.5、2.5、3.5、4.5、5.5、6.5、7.5、8.5、9.5",
      "41.0399900307213", "410399.900307213",
    ])
  func others(text: String) { #expect(scrubbed(text) == text) }
}
