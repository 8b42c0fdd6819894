extension SheetPlan {
  /// Appends what stands in a cell, without markup.
  func write(
    _ cell: Cell, _ section: Section, _ slots: [Slot], _ pool: Pool, to out: inout [UInt8]
  ) {
    let slot = slots[cell.fact]
    guard !cell.isEmpty(slots) else {
      if let absent = cell.absent { pool.append(absent, to: &out) }
      return
    }
    switch cell.form {
    case .spelled(let written) where written[Int(slot)] >= 0:
      pool.append(written[Int(slot)], to: &out)
    case .scaled(let unit): SheetPlan.appendQuantity(slot, in: unit, to: &out)
    case .days(let patterns):
      let chosen = patterns.count == 1 ? 0 : Int(scrambled(UInt64(bitPattern: slot)) >> 33)
      patterns[chosen % patterns.count].append(slot, pool, to: &out)
    case .plain, .spelled: world.append(cell.fact, of: section.facts, slots, pool, to: &out)
    }
  }

  /// A number in units of so many, exact to six decimals.
  static func appendQuantity(_ number: Int64, in unit: Int64, to out: inout [UInt8]) {
    appendNumber(number / unit, to: &out)
    var rest = (number % unit).magnitude
    guard rest > 0 else { return }
    out.append(UInt8(ascii: "."))
    var digits = 0
    while rest > 0, digits < 6 {
      rest *= 10
      out.append(48 + UInt8(rest / unit.magnitude))
      rest %= unit.magnitude
      digits += 1
    }
  }
}
