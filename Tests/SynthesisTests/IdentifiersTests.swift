import Testing

@testable import Synthesis

@Test(
  "gives credit codes both check characters",
  arguments: [
    ("91410300", "PDY00001", "91410300PDY00001XN"), ("91410305", "PDY00002", "91410305PDY000028Y"),
    ("91410306", "PDY00003", "91410306PDY0000368"), ("93410322", "PDY00007", "93410322PDY000079L"),
    ("51410300", "PDY00008", "51410300PDY000087X"), ("53410000", "PDY00010", "53410000PDY000108Q"),
  ])
func creditCode(prefix: String, body: String, code: String) {
  var bytes: [UInt8] = []
  Identifiers.appendCreditCode(Array(prefix.utf8), body: Array(body.utf8), to: &bytes)
  #expect(String(decoding: bytes, as: UTF8.self) == code)
}

@Test("gives registration numbers their check digit")
func registrationNumber() {
  var bytes: [UInt8] = []
  Identifiers.appendRegistrationNumber(Array("410300".utf8), serial: 1, to: &bytes)
  #expect(String(decoding: bytes, as: UTF8.self) == "410300000000018")
}

@Test(
  "gives resident identity numbers their check character",
  arguments: [
    (1970, 1, 1, 1, "410399197001010013"), (1980, 12, 31, 2, "410399198012310024"),
    (1965, 6, 15, 3, "410399196506150033"),
  ])
func residentID(year: Int, month: Int, day: Int, serial: Int, number: String) {
  var bytes: [UInt8] = []
  Identifiers.appendResidentID(
    Array("410399".utf8), born: (year, month, day), serial: serial, to: &bytes)
  #expect(String(decoding: bytes, as: UTF8.self) == number)
}

@Test("never gives one code twice, also where a prefix is full")
func serials() {
  var serials = Serials()
  let prefixes = [Array("91410302".utf8), Array("91410303".utf8)]
  let spill = [Array("91410300".utf8), Array("91410304".utf8)]
  var seen: Set<[UInt8]> = []
  for number in 0..<250_000 {
    guard
      let (prefix, serial) = serials.next(
        prefixes[number % 3 == 0 ? 1 : 0], spill: spill, isExtra: false)
    else { continue }
    if (1...Serials.most).contains(serial) { seen.insert(prefix + Array("\(serial)".utf8)) }
  }
  #expect(seen.count == 250_000)
}

@Test("says that codes are used up")
func serialsEnd() {
  var serials = Serials()
  for _ in 0..<Serials.most { _ = serials.next([1], spill: [], isExtra: false) }
  #expect(serials.next([1], spill: [], isExtra: false) == nil)
}

@Test("bodies that are there in one variant only take no number from those in all")
func extras() {
  var (one, other) = (Serials(), Serials())
  let plain = (0..<100).map { _ in one.next([1], spill: [], isExtra: false)?.1 }
  let mixed = (0..<150).compactMap { number -> Int? in
    let serial = other.next([1], spill: [], isExtra: number % 3 == 2)?.1
    return number % 3 == 2 ? nil : serial
  }
  #expect(mixed == plain)
}
