import Fields
import RulePacks
import Tables

/// What stands in the files themselves for values that are absent and for money, so that a draft
/// needs no pack at hand to read them.
struct CommonWords {
  private(set) var notStated: [String] = []
  private(set) var statedNone: [String] = []
  private(set) var multiples: [String: Exact] = [:]
  private(set) var currency = ""
  private(set) var currencies: [String: Exact] = [:]

  /// Takes words for absent values out of a file's columns and keeps them.
  mutating func takeAbsences(from file: inout SurveyedFile) {
    for index in file.columns.indices {
      let texts = file.columns[index].texts
      let absent = texts.keys.filter { UsualAbsences.hold($0) }
      let others = texts.keys.filter { !UsualAbsences.hold($0) }
      // Among codes of two or three letters `NA` is one of them: Namibia.
      guard !others.isEmpty, !CommonWords.areShortCodes(others) else { continue }
      for text in absent.sorted() {
        if UsualAbsences.statedNone.contains(matchingKey(text)) {
          // Only where a number is expected does it say how many there are.
          guard CommonWords.areNumbers(others) else { continue }
          if !statedNone.contains(text) { statedNone.append(text) }
        } else if !notStated.contains(text) {
          notStated.append(text)
        }
        file.columns[index].texts[text] = nil
      }
    }
  }

  private static func areShortCodes(_ texts: [String]) -> Bool {
    texts.allSatisfy { text in
      text.utf8.count <= 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }
  }

  private static func areNumbers(_ texts: [String]) -> Bool {
    texts.count { $0.utf8.first.map { (0x30...0x39).contains($0) || $0 == 0x2D } ?? false } * 10
      >= texts.count * 9
  }

  /// Finds the currency and the multiples that amounts are written with, where no pack has one.
  mutating func findMoney(in files: [SurveyedFile], _ packs: [RulePack]) {
    guard !packs.contains(where: { !$0.about.currency.isEmpty }) else { return }
    var counts: [String: Int] = [:]
    for column in files.flatMap(\.columns) {
      for (text, count) in column.texts {
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { continue }
        let key = matchingKey(text)
        for (code, signs) in CommonWords.signs where signs.contains(where: key.contains) {
          counts[code, default: 0] += count
        }
      }
      if let unit = unit(of: column.name), unit.hasSuffix("元") { counts["CNY", default: 0] += 1 }
    }
    guard let code = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else {
      return
    }
    currency = code
    let one = Exact(millionths: Exact.one)
    for sign in CommonWords.signs.first(where: { $0.code == code })?.signs ?? [] {
      currencies[sign] = one
    }
    currencies[code] = one
    guard code == "CNY" else { return }
    multiples["万"] = Exact(millionths: 10_000 * Exact.one)
    multiples["亿"] = Exact(millionths: 100_000_000 * Exact.one)
  }

  private static let signs: [(code: String, signs: [String])] = [
    ("CNY", ["元", "人民币", "¥"]), ("USD", ["$"]), ("GBP", ["£"]), ("EUR", ["€"]),
  ]

  func add(to words: inout Words) {
    let known = Set((words.notStated + words.statedNone + words.checkedNone).map(matchingKey))
    words.notStated += notStated.filter { !known.contains(matchingKey($0)) }
    words.statedNone += statedNone.filter { !known.contains(matchingKey($0)) }
    for (word, factor) in multiples where words.multiples[word] == nil {
      words.multiples[word] = factor
    }
  }
}
