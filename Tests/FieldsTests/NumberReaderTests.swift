import Fields
import Tables
import Testing

@Suite("Numbers")
struct NumberReaderTests {
  private static let rules: NumberRules = {
    var rules = NumberRules()
    rules.add(factors: ["万": Exact(millionths: 10_000 * Exact.one)])
    rules.add(factors: ["亿": Exact(millionths: 100_000_000 * Exact.one)])
    rules.add(about: ["约", "余", "以上", "左右"])
    rules.add(unit: "人")
    return rules
  }()

  private static let money: NumberRules = {
    var rules = NumberRules(scale: Exact(millionths: 10_000 * Exact.one))
    rules.isMoney = true
    rules.add(factors: ["元": Exact(millionths: Exact.one)])
    rules.add(factors: ["万元": Exact(millionths: 10_000 * Exact.one)])
    rules.add(factors: ["美元": Exact(millionths: 6_880_000), "CNY": Exact(millionths: Exact.one)])
    rules.add(factors: ["人民币": Exact(millionths: Exact.one)])
    rules.add(factors: ["万": Exact(millionths: 10_000 * Exact.one)])
    rules.add(about: ["余", "约"])
    return rules
  }()

  @Test(
    "reads decimals as people write them",
    arguments: [
      ("1 000", "1000"), ("12 345 678", "12345678"), ("1\u{A0}000.5", "1000.5"), (" 3 万", "30000"),
      ("0", "0"), ("12", "12"), ("12.5", "12.5"), ("-3", "-3"), ("+3", "3"), ("1,000", "1000"),
      ("1,234,567.25", "1234567.25"), ("１０００", "1000"), ("１，０００", "1000"), ("24.4万", "244000"),
      ("3 万", "30000"), ("1.5亿", "150000000"), ("100.000000", "100"), ("0.000001", "0.000001"),
      ("100.0000000000", "100"), (".5", "0.5"), ("5.", "5"), ("1.0E7", "10000000"),
      ("1.5E-3", "0.0015"), ("50人", "50"), ("999999999999", "999999999999"), ("007", "7"),
    ])
  func decimals(text: String, value: String) throws {
    #expect(try Self.rules.decimal(Array(text.utf8).span).description == value)
  }

  @Test(
    "says why a text is no number",
    arguments: [
      ("", .badNumber), ("abc", .badNumber), ("1,00", .badNumber), ("1,0000", .badNumber),
      ("12,", .badNumber), ("1.2.3", .badNumber), ("--1", .badNumber), ("1 000 x", .badNumber),
      ("约100", .approximate), ("410余万", .approximate), ("80以上", .approximate),
      ("99999999999999", .outOfRange), ("1E400", .outOfRange), ("1、200", .badNumber),
      ("2\n1", .badNumber), ("20 15", .badNumber), ("3 4 5", .badNumber), ("1 00", .badNumber),
      ("1 0000", .badNumber), ("1000 000", .badNumber), ("1  000", .badNumber),
      ("3.14 159", .badNumber),
      ("2\u{0}0", .badNumber), ("1\u{1F}2", .badNumber), ("1\t000", .badNumber),
      ("5①", .badNumber), ("20²", .badNumber), ("20⑳", .badNumber), ("20⒈", .badNumber),
      ("①", .badNumber), ("5½", .badNumber), ("5 000 00", .badNumber),
      ("50,0000000", .badNumber), ("600()", .badNumber), ("600(人", .badNumber),
      ("600(500)", .badNumber), ("(600)", .badNumber), ("600万(万人)", .badNumber),
      ("1e99", .outOfRange), ("85%", .badNumber), (".", .badNumber), ("-", .badNumber),
    ] as [(String, CellFault)])
  func faults(text: String, fault: CellFault) {
    #expect(throws: fault) { try Self.rules.decimal(Array(text.utf8).span) }
  }

  @Test(
    "reads whole numbers only where they are whole",
    arguments: [
      ("1,000", 1000), ("3万", 30_000), ("3.0", 3), ("-12", -12),
      ("123456789012345678", 123_456_789_012_345_678),
    ] as [(String, Int64)])
  func whole(text: String, value: Int64) throws {
    #expect(try Self.rules.whole(Array(text.utf8).span) == value)
  }

  @Test("refuses a fraction as a whole number")
  func fraction() {
    #expect(throws: CellFault.notWhole) { try Self.rules.whole(Array("3.5".utf8).span) }
  }

  @Test(
    "scales amounts to base units, unless they name their unit",
    arguments: [
      ("1000", "10000000"), ("1000万元", "10000000"), ("1000万", "10000000"), ("500元", "500"),
      ("500万美元", "34400000"), ("500万人民币", "5000000"), ("人民币500万元", "5000000"),
      ("100 CNY", "100"), ("0.5", "5000"), ("1,000.50", "10005000"),
    ])
  func amounts(text: String, value: String) throws {
    #expect(try Self.money.decimal(Array(text.utf8).span).description == value)
  }

  @Test(
    "knows no amount in a currency that is not listed, nor an approximate one",
    arguments: [
      ("500万港元", .unknownCurrency), ("€500", .unknownCurrency), ("$ 1,000", .unknownCurrency),
      ("410余万元", .approximate), ("500(港元)", .unknownCurrency),
    ]
      as [(String, CellFault)])
  func notStated(text: String, fault: CellFault) {
    #expect(throws: fault) { try Self.money.decimal(Array(text.utf8).span) }
  }

  @Test(
    "blames no currency for what nobody can read as an amount",
    arguments: [
      "500-600", "500/600", "500+600", "500*2", "1.234,50", "85%", "0x10", "3万5千", "500元/月",
      "12.5.6", "500 其中:200", "500(1)",
    ])
  func noCurrency(text: String) {
    #expect(throws: CellFault.badNumber) { try Self.money.decimal(Array(text.utf8).span) }
  }

  @Test(
    "rounds more than six decimals half away from zero, once, and says so",
    arguments: [
      ("0.1234565", "0.123457"), ("-0.1234565", "-0.123457"), ("0.12345649999", "0.123456"),
      ("3.0000000000000004", "3"), ("0.333333333333333", "0.333333"), ("0.0000001", "0"),
      ("0.9999999", "1"), ("1E-10", "0"), ("5E-7", "0.000001"), ("1,000.00000051", "1000.000001"),
    ])
  func rounding(text: String, value: String) throws {
    let reading = try Self.rules.reading(Array(text.utf8).span)
    #expect(reading.value.description == value && reading.isRounded)
  }

  @Test("counts the decimals of base units, not of what was written")
  func decimalsOfBaseUnits() throws {
    let reading = try Self.money.reading(Array("12345.678901234".utf8).span)
    #expect(reading.value.description == "123456789.01234" && !reading.isRounded)
    #expect(try Self.rules.whole(Array("3.0000000000000004".utf8).span) == 3)
    #expect(throws: CellFault.notWhole) { try Self.rules.whole(Array("3.0000005".utf8).span) }
  }

  @Test(
    "reads units and currencies in brackets of either width, before or behind",
    arguments: [
      ("600(万元)", "6000000"), ("（万元）600", "6000000"), ("600（万元）", "6000000"),
      ("【万元】600", "6000000"), ("10万(美元)", "688000"), ("10(万美元)", "688000"),
      ("（美元）10万", "688000"), ("5,000万元", "50000000"), ("5,000 (万元) (人民币)", "50000000"),
      ("600(人民币万元)", "6000000"), ("(人民币)600万元", "6000000"),
    ])
  func brackets(text: String, value: String) throws {
    #expect(try Self.money.decimal(Array(text.utf8).span).description == value)
  }

  @Test("demands a unit where the dictionary does")
  func unitRequired() throws {
    var rules = Self.money
    rules.requiresUnit = true
    for text in ["600", "1,000", "12.5"] {
      #expect(throws: CellFault.noUnit) { try rules.decimal(Array(text.utf8).span) }
    }
    for text in ["600万元", "600(元)", "600元", "0", "600万", "CNY 600"] {
      #expect(throws: Never.self) { try rules.decimal(Array(text.utf8).span) }
    }
    var whole = Self.rules
    whole.requiresUnit = true
    #expect(throws: CellFault.noUnit) { try whole.whole(Array("50".utf8).span) }
    #expect(try whole.whole(Array("50(人)".utf8).span) == 50)
  }

  @Test(
    "takes a percent sign for percent, and scales only what has none",
    arguments: [("85%", "85"), ("0.85", "85"), ("８５％", "85")])
  func percent(text: String, value: String) throws {
    var rules = NumberRules(scale: Exact(millionths: 100 * Exact.one))
    rules.isPercent = true
    #expect(try rules.decimal(Array(text.utf8).span).description == value)
  }
}
