import Fields
import RulePacks
import Tables

/// Rows taken many at a time, column by column, which spares deciding for every cell anew what its
/// type is.
///
/// The obvious way is `take` for one row. It takes every row that is not plain, and the tests
/// compare the two.
extension RowReader {
  /// Takes the rows of a block whose texts stand in `bytes`.
  mutating func read(_ block: RowBlock, _ bytes: Span<UInt8>) {
    let count = block.count
    guard count > 0 else { return }
    guard collector == nil, count > 1 else {
      for row in 0..<count { readAlone(row, block, bytes) }
      return
    }
    var slow = Array(repeating: false, count: count)
    scratch.removeAll(keepingCapacity: true)
    if !faults.isEmpty { faults.removeAll(keepingCapacity: true) }
    // Their columns are compared row by row.
    if !special.several.isEmpty { for row in 0..<count { slow[row] = true } }
    markSeveral(block, bytes, &slow)
    for mark in plan.marks { setAside(mark, block, bytes, &slow) }
    for field in simple.indices { stage(field, block, bytes, &slow) }
    for index in 0..<special.cuts.count { cut(special.cuts[index], bytes, count, &slow) }
    markIncomplete(count, &slow)
    accept(block, bytes, slow)
  }

  private mutating func readAlone(_ row: Int, _ block: RowBlock, _ bytes: Span<UInt8>) {
    let cells = block.cells.span.extracting(row * block.width..<(row + 1) * block.width)
    read(bytes, cells, line: Int(block.lines[row]))
  }

  // MARK: Columns

  private mutating func stage(
    _ field: Int, _ block: RowBlock, _ bytes: Span<UInt8>, _ slow: inout [Bool]
  ) {
    var column = BlockColumn()
    swap(&column, &columns[field])
    defer { swap(&column, &columns[field]) }
    let slot = Int(simple[field].slot)
    if slot >= 0 {
      guard slot < block.width else { return column.clear(block.count) }
      column.locate(
        slot, block, bytes, plan.absences, wrapping(field))
      if special.identifies[field] { markTrimmed(column, slot, block, bytes, &slow) }
      return readLocated(field, &column, &slow, bytes, block.count)
    }
    column.clear(block.count)
    guard plan.fields[field].readsAnything else { return }
    let isConstant = plan.fields[field].isConstant
    for row in 0..<(isConstant ? 1 : block.count) {
      let cells = block.cells.span.extracting(row * block.width..<(row + 1) * block.width)
      _ = stageByRules(field, bytes, cells)
      column[row] = staged[field]
      setAside(row, &slow)
    }
    guard isConstant else { return }
    column.fill(block.count, with: column[0])
    if slow[0] { for row in 0..<block.count { slow[row] = true } }
  }

  /// Takes characters of another field, where the field itself states nothing.
  private mutating func cut(
    _ field: Int, _ bytes: Span<UInt8>, _ count: Int, _ slow: inout [Bool]
  ) {
    guard let cut = plan.kind.fields[field].from,
      plan.kind.fields[cut.field].type.column == .text
    else { return }
    var column = BlockColumn()
    swap(&column, &columns[field])
    defer { swap(&column, &columns[field]) }
    let isWhole = !plan.fields[field].readsAnything
    for row in 0..<count where column.states[row] == .notStated && !slow[row] {
      let source = columns[cut.field][row]
      guard source.state == .stated else { continue }
      let start = source.text.start + Int32(cut.first - 1)
      let end = source.text.start + Int32(cut.last)
      guard isWhole, !source.isInScratch, start >= 0, end <= source.text.end, start < end else {
        staged[cut.field] = source
        staged[field] = column[row]
        self.cut(field, bytes)
        column[row] = staged[field]
        setAside(row, &slow)
        continue
      }
      column.starts[row] = start
      column.ends[row] = end
      column.states[row] = plan.absences.state(of: bytes.extracting(Int(start)..<Int(end)))
    }
    if isWhole { readLocated(field, &column, &slow, bytes, count) }
  }

  // MARK: Rows that are not plain

  /// Rows of which an identity begins or ends with what comparing folds away.
  private func markTrimmed(
    _ column: BlockColumn, _ slot: Int, _ block: RowBlock, _ bytes: Span<UInt8>,
    _ slow: inout [Bool]
  ) {
    for row in 0..<block.count where column.states[row] == .stated {
      let cell = block.cells[row * block.width + slot]
      if cell.start == column.starts[row], cell.end == column.ends[row] { continue }
      if mayFoldAway(bytes.extracting(cell.bounds)) { slow[row] = true }
    }
  }

  /// Rows in which a cell holds several values.
  private func markSeveral(_ block: RowBlock, _ bytes: Span<UInt8>, _ slow: inout [Bool]) {
    for slot in special.splitSlots where Int(slot) < block.width {
      for row in 0..<block.count {
        let cell = block.cells[row * block.width + Int(slot)]
        if !cell.isEmpty, special.mayHoldSeveral(bytes.extracting(cell.bounds)) { slow[row] = true }
      }
    }
  }

  /// Rows that miss a required field or their identity, or name a division that is not valid.
  private func markIncomplete(_ count: Int, _ slow: inout [Bool]) {
    for field in special.required {
      for row in 0..<count where columns[field].states[row] != .stated { slow[row] = true }
    }
    if let identity = plan.identity {
      for row in 0..<count where !slow[row] && !states(identity, row) { slow[row] = true }
    }
    for field in special.divisions {
      let isInvalid = special.isInvalid[field]
      for row in 0..<count where columns[field].states[row] == .stated && !slow[row] {
        if isInvalid[Int(columns[field].numbers[row])] { slow[row] = true }
      }
    }
  }

  private func states(_ identity: [[Int]], _ row: Int) -> Bool {
    for step in identity.indices {
      var isStated = true
      for index in identity[step].indices
      where columns[identity[step][index]].states[row] != .stated {
        isStated = false
      }
      if isStated { return true }
    }
    return false
  }

  // MARK: Accepting

  private mutating func accept(_ block: RowBlock, _ bytes: Span<UInt8>, _ slow: [Bool]) {
    // Rows that are taken alone have texts of their own there.
    var texts: [UInt8] = []
    swap(&texts, &scratch)
    var row = 0
    while row < block.count {
      guard !slow[row] else {
        readAlone(row, block, bytes)
        row += 1
        continue
      }
      var end = row + 1
      while end < block.count, !slow[end] { end += 1 }
      accept(row..<end, block, bytes, texts)
      row = end
    }
  }

  private mutating func accept(
    _ rows: Range<Int>, _ block: RowBlock, _ bytes: Span<UInt8>, _ texts: [UInt8]
  ) {
    for row in rows {
      delivered += 1
      table.append(
        Place(file: file, line: block.lines[row], record: UInt32(clamping: delivered)))
    }
    read += rows.count
    table.append(columns, rows, bytes, texts)
    if !kept.isEmpty { keepDelivered(rows, block, bytes) }
    for field in special.percents {
      scales.add(
        field, columns[field], rows, bytes, unit(of: field, 0), table.places.suffix(rows.count))
    }
    totals.add(columns, rows)
  }
}
