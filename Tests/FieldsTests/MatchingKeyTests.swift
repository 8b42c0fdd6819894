import Foundation
import Testing

@testable import Fields

@Suite("Matching keys")
struct MatchingKeyTests {
  @Test(
    "leave out width, case, spaces and the kind of brackets, dashes and dots",
    arguments: [
      ("ＵｎｉＳＣＩＤ", "UNISCID"), (" 张　三 ", "张三"), ("注册资本（万元）", "注册资本(万元)"),
      ("注册资本【万元】", "注册资本(万元)"), ("﹝甲﹞『乙』[丙]", "(甲)(乙)(丙)"), ("﹙甲﹚﹔", "(甲);"),
      ("阿·买•提", "阿·买·提"), ("\u{FEFF}a\u{200B}b", "AB"), ("经营、开业", "经营,开业"), ("a–b—c", "A-B-C"),
      ("a\u{2003}b\u{2028}c\u{1680}d\u{85}e", "ABCDE"),
    ])
  func keys(text: String, key: String) {
    #expect(matchingKey(text) == key)
  }

  @Test(
    "are one for texts that Unicode takes for the same",
    arguments: [
      ("GEPRÜFT AM", "Geprüft am"), ("STRASSE", "Straße"), ("ΟΔΟΣ", "οδος"), ("ЕЖ", "еж"),
      ("Café", "Cafe\u{301}"), ("ﬁve", "FIVE"), ("가게", "가게"), ("が", "か\u{3099}"), ("ﾎﾞｰﾙ", "ボール"),
      ("从业⼈数", "从业人数"), ("⻓沙市⺠", "长沙市民"), ("\u{F9DC}門", "隆門"), ("\u{2F81A}", "冬"), ("㈱", "(株)"),
      ("\u{202D}V100\u{202C}", "v100"), ("V\u{200E}2\u{AD}0\u{2066}0", "v200"),
      ("葛\u{E0100}城", "葛城"),
      ("ﬀ\u{FE0F}", "FF"), ("𝐕𝟏", "V1"), ("ẛ̣", "Ṩ"),
    ])
  func equal(one: String, other: String) {
    #expect(matchingKey(one) == matchingKey(other))
  }

  @Test(
    "tell apart what differs",
    arguments: [("（东区）", "（西区）"), ("(一)", "(二)"), ("е", "e"), ("人", "入"), ("甲公司", "甲公司(分)")])
  func different(one: String, other: String) {
    #expect(matchingKey(one) != matchingKey(other))
  }

  @Test("of every character are those of the obvious way, and of themselves")
  func twin() {
    var wrong: [String] = []
    for value in UInt32(0)..<0x3_2000 {
      // Of Unicode 15, which all that a system may have of utf8proc knows.
      guard let scalar = Unicode.Scalar(value), let age = scalar.properties.age, age.major <= 15
      else { continue }
      let text = String(scalar)
      let key = matchingKey(text)
      if key != twinKey(text) || matchingKey(key) != key { wrong.append(String(value, radix: 16)) }
    }
    #expect(wrong == [])
  }

  @Test("of texts of mixed characters are those of the obvious way")
  func mixedTwin() {
    // A few characters of every sort, in all orders of three.
    let characters: [String] = [
      "甲", "a", "É", "e", "\u{301}", "\u{323}", "\u{200E}", " ", "（", "か", "\u{3099}", "ᄒ", "ᅡ",
      "ᆫ", "ß",
      "⼈", "ﾎ", "ﾞ", "𝐕", "\u{E0100}", "´", "①",
    ]
    var wrong: [String] = []
    for first in characters {
      for second in characters {
        for third in characters {
          let text = first + second + third
          let key = matchingKey(text)
          if key != twinKey(text) || matchingKey(key) != key { wrong.append(text) }
        }
      }
    }
    #expect(wrong == [])
  }

  @Test("keep bytes that are no UTF-8")
  func noText() {
    var key: [UInt8] = []
    appendMatchingKey(of: [0x61, 0xFF, 0xC3].span, to: &key)
    #expect(key == [0x41, 0xFF, 0xC3])
  }
}

/// The obvious way: what Foundation and the standard library know of Unicode, scalar by scalar and
/// until nothing changes.
private func twinKey(_ text: String) -> String {
  var key = text
  for _ in 0..<4 {
    let composed = key.precomposedStringWithCompatibilityMapping.unicodeScalars
    var folded = ""
    for scalar in composed where !isLeftOut(scalar) {
      let house = houseFolds[scalar].map(String.init) ?? caseFolded(scalar)
      folded += house
    }
    key = folded.precomposedStringWithCompatibilityMapping
  }
  return String(
    String.UnicodeScalarView(
      key.unicodeScalars.map { scalar in
        ("a"..."z").contains(scalar) ? Unicode.Scalar(scalar.value - 0x20) ?? scalar : scalar
      }))
}

private func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
    || scalar.value < 0x20 || scalar.value == 0x7F
}

/// Full case folding is the small letter of the capital, but for a few.
private func caseFolded(_ scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  // The dotless i is a letter of its own, and Cherokee folds to its capitals.
  case 0x131: return String(scalar)
  case 0x13A0...0x13F5: return String(scalar)
  case 0x13F8...0x13FD, 0xAB70...0xABBF: return scalar.properties.uppercaseMapping
  default:
    return scalar.properties.uppercaseMapping.unicodeScalars.map(\.properties.lowercaseMapping)
      .joined()
  }
}

private let houseFolds: [Unicode.Scalar: Character] = {
  var folds: [Unicode.Scalar: Character] = [
    "、": ",", "。": ".", "•": "·", "‧": "·", "・": "·", "⋅": "·", "−": "-",
  ]
  for scalar in "[「『【〔〖〘〚".unicodeScalars { folds[scalar] = "(" }
  for scalar in "]」』】〕〗〙〛".unicodeScalars { folds[scalar] = ")" }
  for scalar in "‐‑‒–—―".unicodeScalars { folds[scalar] = "-" }
  for value in UInt32(0x2E80)...0x2EF3 {
    guard let radical = Unicode.Scalar(value), let shown = shownByRadical[radical] else { continue }
    folds[radical] = shown
  }
  return folds
}()

/// A few of the radicals, each with what it shows; the rest are taken as the house folds them.
private let shownByRadical: [Unicode.Scalar: Character] = {
  var shown: [Unicode.Scalar: Character] = [:]
  for value in UInt32(0x2E80)...0x2EF3 {
    guard let radical = Unicode.Scalar(value) else { continue }
    shown[radical] = matchingKey(String(radical)).first
  }
  for (radical, character) in zip("⺠⻅⻋⻓⻔⻛⻢⻩".unicodeScalars, "民见车长门风马黄") {
    shown[radical] = character
  }
  return shown
}()
