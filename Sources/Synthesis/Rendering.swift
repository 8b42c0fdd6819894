import Tables

/// Appends a whole number in digits.
func appendNumber(_ number: Int64, to out: inout [UInt8]) {
  if number < 0 { out.append(UInt8(ascii: "-")) }
  var rest = number.magnitude
  if rest < 10 {
    out.append(48 + UInt8(rest))
    return
  }
  let start = out.count
  while rest > 0 {
    let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
    out.append(48 + UInt8(digit))
    rest = quotient
  }
  var (low, high) = (start, out.count - 1)
  while low < high {
    out.swapAt(low, high)
    low += 1
    high -= 1
  }
}

/// How a date is written: `yyyy-MM-dd`, `yyyy/M/d`, `#` for the day number of a spreadsheet that
/// counts from 1900; all else stands for itself.
struct DatePattern: Sendable {
  enum Piece: Sendable {
    case year, paddedMonth, month, paddedDay, day, dayNumber
    case literal(Int)
  }

  var pieces: [Piece]

  init(_ pattern: String, literal: (String) -> Int) {
    var pieces: [Piece] = []
    var rest = pattern[...]
    let marks: [(String, Piece)] = [
      ("yyyy", .year), ("MM", .paddedMonth), ("M", .month), ("dd", .paddedDay), ("d", .day),
      ("#", .dayNumber),
    ]
    while let first = rest.first {
      if let mark = marks.first(where: { rest.hasPrefix($0.0) }) {
        pieces.append(mark.1)
        rest = rest.dropFirst(mark.0.count)
      } else {
        pieces.append(.literal(literal(String(first))))
        rest = rest.dropFirst()
      }
    }
    self.pieces = pieces
  }

  /// Days from 1970-01-01 back to the day that spreadsheets number 0.
  private static let dayNumberOffset: Int64 = 25_569

  func append(_ day: Slot, _ pool: Pool, to out: inout [UInt8]) {
    let (year, month, ofMonth) = PartialDate.civil(Int32(clamping: day))
    for piece in pieces {
      switch piece {
      case .year: Identifiers.appendDigits(year, width: 4, to: &out)
      case .paddedMonth: Identifiers.appendDigits(month, width: 2, to: &out)
      case .month: appendNumber(Int64(month), to: &out)
      case .paddedDay: Identifiers.appendDigits(ofMonth, width: 2, to: &out)
      case .day: appendNumber(Int64(ofMonth), to: &out)
      case .dayNumber: appendNumber(day + DatePattern.dayNumberOffset, to: &out)
      case .literal(let literal): pool.append(literal, to: &out)
      }
    }
  }
}

extension World {
  /// Appends what a fact holds, dates as 2018-06-30; nothing where it is absent.
  func append(
    _ index: Int, of facts: [Fact], _ slots: [Slot], _ pool: Pool, to out: inout [UInt8]
  ) {
    let slot = slots[index]
    guard slot != .absent else { return }
    switch facts[index].kind {
    case .number, .reference: appendNumber(slot, to: &out)
    case .day: appendDay(slot, to: &out)
    case .text: append(facts[index].texts[Int(slot)], of: facts, slots, pool, to: &out)
    case .combination(let lists):
      var rest = Int(slot)
      for list in lists {
        pool.append(list[rest % list.count], to: &out)
        rest /= list.count
      }
    case .code(let table):
      let codes = codes[table]
      let start = Int(slot) * codes.width
      out.append(contentsOf: codes.bytes[start..<start + codes.width])
    case .foreign(let population, let fact):
      let entity = entity(Int(slot), of: population, drawing: fact)
      append(fact, of: populations[population].facts, entity.slots, pool, to: &out)
    }
  }

  func append(
    _ template: Template, of facts: [Fact], _ slots: [Slot], _ pool: Pool, to out: inout [UInt8]
  ) {
    for part in template.parts {
      switch part {
      case .literal(let literal): pool.append(literal, to: &out)
      case .fact(let fact): append(fact, of: facts, slots, pool, to: &out)
      }
    }
  }

  private func appendDay(_ day: Slot, to out: inout [UInt8]) {
    let (year, month, ofMonth) = PartialDate.civil(Int32(clamping: day))
    Identifiers.appendDigits(year, width: 4, to: &out)
    out.append(UInt8(ascii: "-"))
    Identifiers.appendDigits(month, width: 2, to: &out)
    out.append(UInt8(ascii: "-"))
    Identifiers.appendDigits(ofMonth, width: 2, to: &out)
  }
}
