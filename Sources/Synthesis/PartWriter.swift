/// Writes one file row by row.
struct PartWriter {
  let plan: SheetPlan
  let part: Part
  private var body: [UInt8] = []
  private var result = Written()
  private var line = 0
  private var sums: [Int64]
  /// What the element around the rows says, as it was last written.
  private var outside: [UInt8] = []
  private var isOpen = false
  /// Slots of merged columns in the row before.
  private var merged: [Slot]
  private let isMerged: [Bool]
  private let outsideColumns: [Int]

  init(plan: SheetPlan, part: Part) {
    self.plan = plan
    self.part = part
    let columns = plan.sheet.columns
    sums = [Int64](repeating: 0, count: columns.count)
    merged = [Slot](repeating: .absent + 1, count: columns.count)
    var isMerged = [Bool](repeating: false, count: columns.count)
    if case .csv(let csv) = plan.sheet.format { for column in csv.merged { isMerged[column] = true } }
    self.isMerged = isMerged
    outsideColumns = columns.indices.filter { columns[$0].isOutside }
  }

  /// The whole file, or nothing where no entity has a row in it.
  consuming func write() -> Written {
    line = headLines
    var first = 0
    for section in plan.sheet.sections.indices {
      let count = plan.world.populations[plan.sheet.sections[section].population].count
      let low = max(part.entities.lowerBound - first, 0)
      let high = min(part.entities.upperBound - first, count)
      if low < high { writeRows(of: section, low..<high) }
      first += count
    }
    guard result.rows > 0 else { return result }
    return finished()
  }

  private mutating func writeRows(of index: Int, _ range: Range<Int>) {
    let section = plan.sheet.sections[index]
    let population = plan.world.populations[section.population]
    var entity = Entity(
      number: 0, slots: [Slot](repeating: .absent, count: section.facts.count))
    for number in stride(from: range.lowerBound, to: range.upperBound, by: part.stride)
    where population.has(number) {
      entity.number = number
      entity.row = 0
      plan.world.draw(section.early, of: section.facts, into: &entity)
      guard section.condition.holds(entity.slots),
        section.isSplitByRow || isHere(section, entity.slots)
      else { continue }
      let rows = section.count(entity.slots)
      guard rows > 0 else { continue }
      plan.world.draw(section.late, of: section.facts, into: &entity)
      for row in 0..<rows {
        entity.row = row
        plan.world.draw(section.perRow, of: section.facts, into: &entity)
        guard section.rowCondition.holds(entity.slots),
          !section.isSplitByRow || isHere(section, entity.slots)
        else { continue }
        if let fault = plan.fault(section: index, entity: number, row: row) {
          writeSpoilt(fault, section, &entity)
        } else {
          writeRow(section, entity.slots)
        }
      }
    }
  }

  private func isHere(_ section: Section, _ slots: [Slot]) -> Bool {
    guard let by = section.by, let wanted = part.by else { return true }
    let slot = slots[by]
    return slot != .absent && section.facts[by].texts[Int(slot)].literal == wanted
  }

  private mutating func writeRow(_ section: Section, _ slots: [Slot]) {
    if !outsideColumns.isEmpty || !isOpen { openOutside(section, slots) }
    for step in plan.form.steps {
      switch step {
      case .markup(let markup): plan.markup.append(markup, to: &body)
      case .serial: appendNumber(Int64(result.rows + 1), to: &body)
      case .cell(let column, let open, let close):
        let cell = section.cells[column]
        let slot = slots[cell.fact]
        if isMerged[column] {
          if merged[column] == slot { continue }
          merged[column] = slot
        }
        if slot == .absent, cell.absent == nil { continue }
        plan.markup.append(open, to: &body)
        write(cell, section, slots, plan.values, to: &body)
        plan.markup.append(close, to: &body)
        if case .text = section.facts[cell.fact].kind {} else if slot != .absent {
          // Safe: sums are control figures; numbers of people and money stay far below 2⁶³.
          sums[column] &+= slot
        }
      }
    }
    line += 1
    result.rows += 1
  }

  private func write(
    _ cell: Cell, _ section: Section, _ slots: [Slot], _ pool: Pool, to out: inout [UInt8]
  ) {
    let slot = slots[cell.fact]
    guard slot != .absent else {
      if let absent = cell.absent { pool.append(absent, to: &out) }
      return
    }
    switch cell.form {
    case .spelled(let written) where written[Int(slot)] >= 0:
      pool.append(written[Int(slot)], to: &out)
    case .scaled(let unit): PartWriter.appendQuantity(slot, in: unit, to: &out)
    case .days(let patterns):
      let chosen = patterns.count == 1 ? 0 : Int(scrambled(UInt64(bitPattern: slot)) >> 33)
      patterns[chosen % patterns.count].append(slot, pool, to: &out)
    case .plain, .spelled: plan.world.append(cell.fact, of: section.facts, slots, pool, to: &out)
    }
  }

  /// A number in units of so many, exact to six decimals.
  private static func appendQuantity(_ number: Int64, in unit: Int64, to out: inout [UInt8]) {
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

  /// Opens the elements around the rows, anew where what they say has changed.
  private mutating func openOutside(_ section: Section, _ slots: [Slot]) {
    guard case .xml(let xml) = plan.sheet.format else {
      isOpen = true
      return
    }
    var said: [UInt8] = []
    for column in outsideColumns {
      let cell = section.cells[column]
      guard slots[cell.fact] != .absent else { continue }
      said.append(contentsOf: encoded(" \(plan.sheet.columns[column].attribute ?? "value")=\""))
      write(cell, section, slots, plan.values, to: &said)
      said.append(UInt8(ascii: "\""))
    }
    guard !isOpen || said != outside else { return }
    if isOpen, xml.path.count > 2 { close(xml) }
    outside = said
    isOpen = true
    for (index, tag) in xml.path.dropFirst().dropLast().enumerated() {
      let isLast = index == xml.path.count - 3
      body.append(contentsOf: encoded("<\(tag)"))
      if isLast { body.append(contentsOf: said) }
      body.append(contentsOf: encoded(">" + plan.sheet.lineEnd))
      line += 1
    }
  }

  private mutating func close(_ xml: Sheet.XML) {
    for tag in xml.path.dropFirst().dropLast().reversed() {
      body.append(contentsOf: encoded("</\(tag)>" + plan.sheet.lineEnd))
      line += 1
    }
  }

  func encoded(_ text: String) -> [UInt8] { plan.sheet.encoding.bytes(of: text) }

  // MARK: - Head and foot

  private var headLines: Int {
    switch plan.sheet.format {
    case .csv(let csv): return csv.titles.count + (csv.isTwoLined ? 2 : 1)
    case .xml:
      return 2 + (elementControls.isEmpty ? 0 : 1)
    }
  }

  private var elementControls: [Sheet.Control] {
    plan.sheet.controls.filter { !($0.path.last ?? "@").hasPrefix("@") }
  }

  private consuming func finished() -> Written {
    var out: [UInt8] = []
    out.reserveCapacity(body.count + 4096)
    if plan.sheet.hasMark, plan.sheet.encoding == .utf8 { out += [0xEF, 0xBB, 0xBF] }
    switch plan.sheet.format {
    case .xml(let xml):
      out += xmlHead(xml)
      out += body
      if isOpen, xml.path.count > 2 {
        for tag in xml.path.dropFirst().dropLast().reversed() {
          out += encoded("</\(tag)>" + plan.sheet.lineEnd)
        }
      }
      out += encoded("</\(xml.path.first ?? "data")>" + plan.sheet.lineEnd)
    case .csv(let csv):
      out += csvHead(csv)
      out += body
      out += csvFoot(csv)
    }
    for expectation in plan.sheet.expectations {
      result.planted.append(Planted(file: part.file, line: 0, expectation: expectation))
    }
    result.bytes = plan.sheet.encoding == .utf16 ? Encoding.utf16(out) : out
    return result
  }

  private func xmlHead(_ xml: Sheet.XML) -> [UInt8] {
    let end = plan.sheet.lineEnd
    var root = "<\(xml.path.first ?? "data")"
    for control in plan.sheet.controls {
      guard let last = control.path.last, last.hasPrefix("@") else { continue }
      root += " \(last.dropFirst())=\"\(figure(control))\""
    }
    var head = encoded("<?xml version=\"1.0\" encoding=\"\(xml.declared)\"?>\(end)\(root)")
    if xml.path.count == 2 { head += outside }
    head += encoded(">" + end)
    var elements = ""
    var open: [String] = []
    for control in elementControls {
      let path = Array(control.path.dropFirst())
      let parents = Array(path.dropLast())
      if parents != open {
        for tag in open.reversed() { elements += "</\(tag)>" }
        for tag in parents { elements += "<\(tag)>" }
        open = parents
      }
      elements += "<\(path.last ?? "count")>\(figure(control))</\(path.last ?? "count")>"
    }
    for tag in open.reversed() { elements += "</\(tag)>" }
    if !elements.isEmpty { head += encoded(elements + end) }
    return head
  }

  /// The number that a control states.
  private func figure(_ control: Sheet.Control) -> String {
    // A sum in the head of a file is in base units, however the rows are delivered.
    control.column.map { "\(sums[$0])" } ?? "\(result.rows)"
  }

  private func figure(ofColumn column: Int, off: Int64) -> String {
    guard case .scaled(let unit)? = plan.sheet.sections.first?.cells[column].form else {
      return "\(sums[column] + off)"
    }
    var digits: [UInt8] = []
    PartWriter.appendQuantity(sums[column] + off * unit, in: unit, to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }

  private func csvHead(_ csv: Sheet.CSV) -> [UInt8] {
    let separators = plan.sheet.columns.count - (csv.serial == nil ? 1 : 0)
    let tail = String(repeating: csv.separator, count: max(separators, 0)) + plan.sheet.lineEnd
    var head = csv.titles.map { quoted($0, csv) + tail }.joined()
    var headings = plan.sheet.columns.map { quoted($0.heading, csv) }
    var uppers: [String] = []
    for (index, column) in plan.sheet.columns.enumerated() {
      let isSame = index > 0 && plan.sheet.columns[index - 1].upper == column.upper
      uppers.append(isSame ? "" : quoted(column.upper, csv))
    }
    if let serial = csv.serial {
      headings.insert(serial, at: 0)
      uppers.insert("", at: 0)
    }
    if csv.isTwoLined { head += uppers.joined(separator: csv.separator) + plan.sheet.lineEnd }
    return encoded(head + headings.joined(separator: csv.separator) + plan.sheet.lineEnd)
  }

  private mutating func csvFoot(_ csv: Sheet.CSV) -> [UInt8] {
    var foot: [UInt8] = []
    if let totals = csv.totals {
      var cells = plan.sheet.columns.indices.map { column in
        totals.columns.contains(column)
          ? figure(ofColumn: column, off: totals.off[column] ?? 0) : ""
      }
      if csv.serial == nil { cells[0] = totals.label } else { cells.insert(totals.label, at: 0) }
      foot += encoded(cells.joined(separator: csv.separator) + plan.sheet.lineEnd)
      line += 1
      if let expectation = totals.expectation {
        let wrong = totals.off.keys.sorted().map { plan.sheet.columns[$0].heading }
        result.planted.append(
          Planted(
            file: part.file, line: line, column: wrong.joined(separator: " "),
            written: totals.off.keys.sorted().map { column in
              figure(ofColumn: column, off: totals.off[column] ?? 0)
            }.joined(separator: " "), expectation: expectation))
      }
    }
    for footer in csv.footers { foot += encoded(quoted(footer, csv) + plan.sheet.lineEnd) }
    return foot
  }

  private func quoted(_ text: String, _ csv: Sheet.CSV) -> String {
    text.contains(csv.separator) || text.contains("\"")
      ? "\"" + Escaping.quoted.applied(to: text) + "\"" : text
  }

  // MARK: - Spoilt rows

  private mutating func writeSpoilt(_ fault: Fault, _ section: Section, _ entity: inout Entity) {
    let own = plan.world.populations[section.population].facts.count
    let row = entity.row
    entity.row = 0
    plan.world.draw(Array(0..<own), of: section.facts, into: &entity)
    entity.row = row
    plan.world.draw(Array(own..<section.facts.count), of: section.facts, into: &entity)
    let slots = entity.slots
    if !outsideColumns.isEmpty || !isOpen { openOutside(section, slots) }
    let subject = plainCells(section, slots).compactMap { $0 }.first ?? ""
    for time in 0...fault.repeats {
      let edits = time == 0 ? fault.edits : fault.again
      var cells = plainCells(section, slots)
      for (column, edit) in edits {
        cells[column] = edited(cells[column], by: edit, slots[section.cells[column].fact], section, slots)
      }
      write(cells, shift: time == 0 ? fault.shift : nil)
      if time > 0 || fault.repeats == 0 {
        let columns = edits.map(\.column)
        result.planted.append(
          Planted(
            file: part.file, line: line, subject: subject,
            column: columns.map { plan.sheet.columns[$0].id }.joined(separator: " "),
            written: columns.map { cells[$0] ?? "" }.joined(separator: " "),
            expectation: fault.expectation))
      }
    }
    for column in section.cells.indices where isMerged[column] {
      merged[column] = slots[section.cells[column].fact]
    }
  }

  /// The row's cells as texts; nil where nothing stands.
  private func plainCells(_ section: Section, _ slots: [Slot]) -> [String?] {
    section.cells.map { cell in
      guard slots[cell.fact] != .absent || cell.absent != nil else { return nil }
      var bytes: [UInt8] = []
      write(cell, section, slots, plan.plain, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private func edited(
    _ cell: String?, by edit: Edit, _ slot: Slot, _ section: Section, _ slots: [Slot]
  ) -> String? {
    switch edit {
    case .text(let template):
      var bytes: [UInt8] = []
      plan.world.append(template, of: section.facts, slots, plan.plain, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    case .dated(let pattern):
      guard slot != .absent else { return cell }
      var bytes: [UInt8] = []
      pattern.append(slot, plan.plain, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    default: return cell.flatMap { edit.applied(to: $0) }
    }
  }

  private mutating func write(_ cells: [String?], shift: Int?) {
    for step in plan.form.steps {
      switch step {
      case .markup(let markup): plan.markup.append(markup, to: &body)
      case .serial: appendNumber(Int64(result.rows + 1), to: &body)
      case .cell(let column, let open, let close):
        if shift == column { body.append(contentsOf: encoded(separator)) }
        guard let text = cells[column] else { continue }
        let isCSV: Bool
        if case .csv = plan.sheet.format { isCSV = true } else { isCSV = false }
        let needsQuotes = isCSV && text.utf8.contains { separator.utf8.contains($0) || $0 == 34 || $0 == 10 }
        if needsQuotes {
          body.append(contentsOf: encoded("\"" + Escaping.quoted.applied(to: text) + "\""))
        } else {
          plan.markup.append(open, to: &body)
          body.append(contentsOf: encoded(plan.form.escaping.applied(to: text)))
          plan.markup.append(close, to: &body)
        }
        if needsQuotes { line += text.utf8.count { $0 == 10 } }
        if let number = Int64(text) {
          // Safe: as in `writeRow`.
          sums[column] &+= number &* unit(of: column)
        }
      }
    }
    line += 1
    result.rows += 1
  }

  private func unit(of column: Int) -> Int64 {
    if case .scaled(let unit)? = plan.sheet.sections.first?.cells[column].form { unit } else { 1 }
  }

  private var separator: String {
    if case .csv(let csv) = plan.sheet.format { csv.separator } else { "" }
  }
}
