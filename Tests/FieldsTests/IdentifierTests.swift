import Fields
import Foundation
import Surroundings
import Testing

@Suite("Identifiers")
struct IdentifierTests {
  @Test(
    "accepts codes that pass both checks",
    arguments: [
      "91410300PDY00001XN", "91410305PDY000028Y", "91410304PDY000124R", "91410306PDY0000368",
      "91410381PDY000044N", "91410307PDY000052C", "93410322PDY000079L", "92410303PDY000060A",
      "51410300PDY000087X", "52410300PDY000095M", "53410000PDY000108Q", "31410000PDY000116U",
      "91330108793696828A", "9131000063126503X1", "911101066976941872",
    ])
  func creditCodes(code: String) {
    #expect(CreditCode.isValid(code))
    #expect(CreditCode.checkCharacter(String(code.prefix(17))) == String(code.suffix(1)))
  }

  @Test(
    "says what is wrong with a credit code",
    arguments: [
      ("91350211M0000XUF46", .badCheckDigit), ("91350100M000100Y4Z", .badCharacter),
      ("91350100M000100Y44", .badCheckDigit), ("9141030", .badLength),
      ("91410300PDY00001XI", .badCharacter), ("91410300PDY0000IXN", .badCharacter),
      ("91110114L717716685", .badCheckDigit),
    ] as [(String, CellFault)])
  func creditCodeFaults(code: String, fault: CellFault) {
    #expect(throws: fault) { try CreditCode.check(Array(code.utf8).span) }
  }

  @Test("catches every single substitution")
  func substitutions() {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    let code = Array("91410300PDY00001XN".utf8)
    for place in code.indices {
      for other in alphabet where other != code[place] {
        var changed = code
        changed[place] = other
        #expect(!CreditCode.isValid(String(decoding: changed, as: UTF8.self)))
      }
    }
  }

  @Test("suggests what a letter that is never used was read from, if the checks agree")
  func suggestions() {
    let wrong = Array("914IO3OOPDY00001XN".utf8)
    #expect(CreditCode.suggestions(for: wrong.span) == [])
    let one = Array("9141030OPDY00001XN".utf8)
    #expect(CreditCode.suggestions(for: one.span) == ["91410300PDY00001XN"])
    let unknown = Array("91410300PDYV0001XN".utf8)
    #expect(CreditCode.suggestions(for: unknown.span).contains("91410300PDY00001XN"))
  }

  @Test(
    "checks organisation codes with their own values of letters",
    arguments: ["PDY00001X", "D2143569X", "793696828", "M0000XUF4"])
  func organizationCodes(code: String) {
    #expect(OrganizationCode.isValid(code))
  }

  @Test(
    "checks registration numbers by MOD 11,10",
    arguments: ["110108000000016", "330108000000965", "320106000260887", "410300000000018"])
  func registrationNumbers(number: String) {
    #expect(RegistrationNumber.isValid(number))
    #expect(
      RegistrationNumber.checkCharacter(String(number.prefix(14))) == String(number.suffix(1)))
    let other = number.dropLast() + (number.hasSuffix("0") ? "1" : "0")
    #expect(!RegistrationNumber.isValid(String(other)))
  }

  @Test(
    "checks resident numbers, date included",
    arguments: [
      ("11010519491231002X", true), ("440524188001010014", true), ("410399197001010013", true),
      ("410399198012310024", true), ("410399196506150033", true), ("410399197001010014", false),
      ("410399197013010013", false), ("41039919700101001", false),
    ])
  func residentNumbers(number: String, isValid: Bool) {
    #expect(ResidentID.isValid(number) == isValid)
  }

  @Test(
    "reads as a resident number what has division, birth date and, of 18 characters, check character",
    arguments: [
      ("410399197001010013", true), ("11010519491231002X", true), ("410399197001010014", false),
      ("410399700101001", true), ("410399701301001", false), ("990399700101001", false),
      ("410099700101001", false), ("91410300PDY00001XN", false), ("4103997001010", false),
      ("41039970010100A", false), ("", false),
    ])
  func readsAsResident(number: String, reads: Bool) {
    #expect(ResidentID.reads(Array(number.utf8).span) == reads)
  }

  @Test("gives the older form of a number its century and check character")
  func olderForm() throws {
    let old = Array("410399700101001".utf8)
    let new = try ResidentID.normalised(old.span)
    #expect(String(decoding: new, as: UTF8.self) == "410399197001010013")
  }

  @Test(
    "sanitises before it checks",
    arguments: [
      (" 91410300PDY00001XN ", "91410300PDY00001XN"), ("'91410300pdy00001xn", "91410300PDY00001XN"),
      ("９１４１０３００ＰＤＹ００００１ＸＮ", "91410300PDY00001XN"), ("PDY00001-X", "PDY00001X"),
      ("\u{FEFF}9141 0300 PDY0 0001 XN\u{3000}", "91410300PDY00001XN"), ("`123", "123"),
    ])
  func sanitising(text: String, code: String) {
    var bytes: [UInt8] = []
    appendSanitised(Array(text.utf8).span, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == code)
  }

  @Test("agrees with the sums that the two standards write out, on codes of chance")
  func writtenOut() {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    var draw = Chance(state: 11)
    var valid = 0
    for _ in 0..<2000 {
      var body = (0..<8).map { _ in alphabet[draw.below(31)] }
      body += (0..<8).map { _ in alphabet[draw.below(31)] }
      body.append(organizationCheck(body[8...]))
      // Half of the codes have what was drawn in place of the inner check character.
      if draw.below(2) == 0 { body[16] = alphabet[draw.below(31)] }
      var code = body + [creditCheck(body, alphabet)]
      if draw.below(2) == 0 { code.swapAt(draw.below(18), draw.below(18)) }
      let isMeant =
        creditCheck(Array(code[..<17]), alphabet) == code[17]
        && organizationCheck(code[8..<16]) == code[16]
      #expect(CreditCode.isValid(String(code)) == isMeant, "\(String(code))")
      #expect(
        OrganizationCode.isValid(String(code[8..<17]))
          == (organizationCheck(code[8..<16]) == code[16]), "\(String(code))")
      valid += isMeant ? 1 : 0
    }
    #expect((400..<1600).contains(valid))
  }

  /// GB 32100: the sum of values by powers of 3, modulo 31.
  private func creditCheck(_ body: [Character], _ alphabet: [Character]) -> Character {
    var (sum, weight) = (0, 1)
    for character in body {
      sum += (alphabet.firstIndex(of: character) ?? 0) * weight
      weight = weight * 3 % 31
    }
    return alphabet[(31 - sum % 31) % 31]
  }

  /// GB 11714: the sum of values, letters from 10 to 35, by eight weights, modulo 11.
  private func organizationCheck(_ body: ArraySlice<Character>) -> Character {
    let sum = zip(body, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { sum, pair in
      sum + (Int(String(pair.0), radix: 36) ?? 0) * pair.1
    }
    return Array("0X987654321")[sum % 11]
  }

  @Test(
    "agrees with public lists of codes",
    .enabled(if: Surroundings.suite("uscc") != nil, "\(Surroundings.noSuite)"))
  func publicLists() throws {
    let folder = try #require(Surroundings.suite("uscc")).path + "/"
    let valid = try String(contentsOfFile: folder + "valid.txt", encoding: .utf8)
    for code in valid.split(whereSeparator: \.isNewline) {
      #expect(CreditCode.isValid(String(code)), "\(code)")
    }
    let half = try String(
      contentsOfFile: folder + "valid-but-bad-embedded-organization-code.txt", encoding: .utf8)
    for code in half.split(whereSeparator: \.isNewline) {
      #expect(CreditCode.checkCharacter(String(code.prefix(17))) == String(code.suffix(1)))
      #expect(!CreditCode.isValid(String(code)), "\(code)")
    }
    let invalid = try String(contentsOfFile: folder + "invalid.tsv", encoding: .utf8)
    for line in invalid.split(whereSeparator: \.isNewline).dropFirst() {
      let code = line.split(separator: "\t", omittingEmptySubsequences: false)[0]
      #expect(!CreditCode.isValid(String(code)), "\(code)")
    }
  }
}

/// Numbers that look like chance and are the same every time.
private struct Chance {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
