/// Writes one file row by row.
struct PartWriter {
  let plan: SheetPlan
  let part: Part
  var body: [UInt8] = []
  var result = Written()
  var line = 0
  var sums: [Int64]
  /// What the element around the rows says, as it was last written.
  var outside: [UInt8] = []
  var isOpen = false
  /// Slots of merged columns in the row before, and whose row it was.
  var merged: [Slot]
  var mergedEntity: Int?
  var current = 0
  let isMerged: [Bool]
  let outsideColumns: [Int]

  init(plan: SheetPlan, part: Part) {
    self.plan = plan
    self.part = part
    let columns = plan.sheet.columns
    sums = [Int64](repeating: 0, count: columns.count)
    merged = [Slot](repeating: .absent + 1, count: columns.count)
    var isMerged = [Bool](repeating: false, count: columns.count)
    if case .csv(let csv) = plan.sheet.format {
      for column in csv.merged { isMerged[column] = true }
    }
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
      if low < high { writeRows(of: section, low..<high, first: first) }
      first += count
    }
    guard result.rows > 0 else { return result }
    return finished()
  }

  private mutating func writeRows(of index: Int, _ range: Range<Int>, first: Int) {
    let owners = plan.owners
    mergedEntity = nil
    let section = plan.sheet.sections[index]
    let population = plan.world.populations[section.population]
    var entity = Entity(
      number: 0, slots: [Slot](repeating: .absent, count: section.facts.count))
    for number in stride(from: range.lowerBound, to: range.upperBound, by: part.stride)
    where owners.isEmpty ? population.has(number) : owners[first + number] == part.owner {
      entity.number = number
      entity.row = 0
      current = number
      plan.world.draw(section.early, by: section.script, into: &entity)
      guard section.condition.holds(entity.slots),
        section.isSplitByRow || isHere(section, entity.slots)
      else { continue }
      let rows = section.count(entity.slots)
      guard rows > 0 else { continue }
      plan.world.draw(section.late, by: section.script, into: &entity)
      for row in 0..<rows {
        entity.row = row
        plan.world.draw(section.perRow, by: section.script, into: &entity)
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

  /// Whether equal slots of a cell are equal texts: a text with facts in it differs by entity.
  private func speaksAlike(_ cell: Cell, _ section: Section) -> Bool {
    let fact = section.facts[cell.fact]
    return mergedEntity == current || fact.kind != .text
      || fact.texts.allSatisfy { $0.literal != nil }
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
          if merged[column] == slot, speaksAlike(cell, section) { continue }
          merged[column] = slot
        }
        if cell.absent == nil, cell.isEmpty(slots) { continue }
        plan.markup.append(open, to: &body)
        plan.write(cell, section, slots, plan.values, to: &body)
        plan.markup.append(close, to: &body)
        if case .text = section.facts[cell.fact].kind {
        } else if slot != .absent {
          // Safe: sums are control figures; numbers of people and money stay far below 2⁶³.
          sums[column] &+= slot
        }
      }
    }
    mergedEntity = current
    line += 1
    result.rows += 1
  }

  /// Opens the elements around the rows, anew where what they say has changed.
  mutating func openOutside(_ section: Section, _ slots: [Slot]) {
    guard case .xml(let xml) = plan.sheet.format else {
      isOpen = true
      return
    }
    var said: [UInt8] = []
    for column in outsideColumns {
      let cell = section.cells[column]
      guard slots[cell.fact] != .absent else { continue }
      said.append(contentsOf: encoded(" \(plan.sheet.columns[column].attribute ?? "value")=\""))
      plan.write(cell, section, slots, plan.values, to: &said)
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
}
