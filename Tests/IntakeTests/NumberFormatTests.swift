import Testing

@testable import Intake

@Suite("A number format")
struct NumberFormatTests {
  @Test(
    "says what a number stands for",
    arguments: [
      ("General", .number), ("0.00_ ", .number), ("#,##0;[Red]-#,##0", .number),
      ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", .number), ("@", .number),
      ("0%", .percent), ("0.00E+00", .calculated), ("# ??/??", .calculated),
      ("yyyy\"年\"m\"月\"d\"日\";@", .date), ("[$-804]yyyy年m月", .month), ("mmm-yy", .month),
      ("e\"年\"m\"月\"", .month), ("yyyy", .year), ("yyyy\"年\"", .year), ("d-mmm", .date),
      ("m\"月\"d\"日\"", .date), ("aaaa", .date), ("h:mm AM/PM", .time), ("[h]:mm:ss", .time),
      ("mm:ss", .time), ("yyyy-mm-dd hh:mm", .dateAndTime), ("yyyy\\-mm\\-dd", .date),
      ("#,##0,", .scaled), ("0.00,,\"M\"", .scaled), ("0!.0,\"万元\"", .scaled), ("0,.0", .scaled),
      ("#,##0.00", .number),
    ] as [(String, NumberFormat)])
  func meaning(code: String, format: NumberFormat) {
    #expect(NumberFormat(code: code) == format)
  }

  @Test(
    "of an East Asian edition is known by its number",
    arguments: [
      (27, .month), (36, .month), (50, .month), (52, .month), (57, .month), (17, .month),
      (28, .date), (31, .date), (58, .date), (12, .calculated), (0, .number),
    ] as [(Int, NumberFormat)])
  func builtIn(id: Int, format: NumberFormat) {
    #expect(NumberFormat(builtIn: id) == format)
  }

  @Test(
    "gives the text that a mask shows, or says that it does not show all",
    arguments: [
      ("000000", "42", "000042"), ("000000", "1234567", "1234567"), ("\"K\"0000", "42", "K0042"),
      ("\\K!-0000", "42", "K-0042"), ("0000-0000", "12345678", "1234-5678"), ("0\"号\"", "0", "0号"),
      ("###-####", "12", "-12"), ("General\"号\"", "42", "42号"),
      ("[$¥-804]#,##0.00", "1234.5", "¥1,234.50"),
      ("000;\"负\"000;\"无\"", "-7", "负007"), ("000;\"负\"000;\"无\"", "0", "无"),
      ("0000", "-7", "-0007"),
      ("[<100]\"A\"00;\"B\"000", "42", "A42"), ("[<100]\"A\"00;\"B\"000", "420", "B420"),
      ("00.00", "1.1", "01.10"), ("000", "1.5", nil),
      ("[DBNum1]000", "42", nil),
    ] as [(String, String, String?)])
  func masks(code: String, number: String, shown: String?) throws {
    guard case .mask(let mask) = NumberFormat(code: code) else {
      Issue.record("no mask: \(code)")
      return
    }
    #expect(mask.shown(number) == (shown.map { .text($0) } ?? .hidden))
  }

  @Test(
    "tells the words around a number, and none of what stands around any amount",
    arguments: [
      ("0\"亿元\"", "", "亿元"), ("[$US$-409]#,##0.00", "US$", ""), ("\"约\"0.0\"万\"", "约", "万"),
      ("[$¥-804]#,##0.00", nil, nil), ("000000", nil, nil), ("0\"-\"0\"号\"", nil, nil),
      ("0.0_ \"元\"", "", "元"),
    ] as [(String, String?, String?)])
  func words(code: String, before: String?, behind: String?) {
    guard case .mask(let mask) = NumberFormat(code: code) else {
      Issue.record("no mask: \(code)")
      return
    }
    let words = mask.words(around: "12.345")
    #expect(words?.before == before && words?.behind == behind)
  }

  @Test("leaves a number as it is where only other sections are masks")
  func otherSections() {
    guard case .mask(let mask) = NumberFormat(code: "0.0;-0.0;\"无\"") else {
      Issue.record("no mask")
      return
    }
    #expect(mask.shown("1.5") == .plain && mask.shown("0") == .text("无"))
  }

  @Test(
    "counts the end of a day to that day, and what a double cannot tell from midnight to the next",
    arguments: [
      ("44741.999999988424", "2022-06-29 23:59:59"), ("44741.99999999999", "2022-06-30"),
      ("44742", "2022-06-30"), ("44742.5", "2022-06-30 12:00:00"),
      ("44741.99998842593", "2022-06-29 23:59:59"),
    ])
  func endOfDay(serial: String, text: String) {
    #expect(DateSystem.from1900.text(of: serial, as: .date) == text)
  }

  @Test(
    "without days or months gives a month or a year, unless another day was written",
    arguments: [
      ("44713", .month, "2022-06"), ("44714", .month, "2022-06-02"), ("44562", .year, "2022"),
      ("44713", .year, "2022-06-01"), ("44562.5", .year, "2022-01-01"),
    ] as [(String, NumberFormat, String)])
  func shortened(serial: String, format: NumberFormat, text: String) {
    #expect(DateSystem.from1900.text(of: serial, as: format) == text)
  }
}
