import RulePacks
import Tables

/// For each delivered file, or sheet of one, the first that is byte for byte the same; most are
/// their own.
func originals(of files: [DeliveredFile]) -> [Int32] {
  var first: [String: Int32] = [:]
  return files.indices.map { index in
    guard !files[index].sha256.isEmpty else { return Int32(index) }
    // Sheets of one workbook have its digest in common.
    let content = files[index].sha256 + "\n" + (files[index].sheet ?? "")
    let original = first[content] ?? Int32(index)
    first[content] = original
    return original
  }
}

/// One finding for each file that was delivered twice.
func findings(ofCopied files: [DeliveredFile]) -> [Finding] {
  let originals = originals(of: files)
  var named: Set<String> = []
  return files.indices.compactMap { index in
    let original = files[Int(originals[index])].file
    let copy = files[index].file
    guard original != copy, named.insert(copy).inserted else { return nil }
    return Finding(
      .warning, "same-file", place: Place(file: Int32(index), line: 1, record: 0),
      message: Bilingual(
        zh: "\(copy) 与 \(original) 逐字节相同，其中的行只计一次。",
        en: "\(copy) is byte for byte the same as \(original); its rows count once."),
      cure: Bilingual(
        zh: "请删去多余的一份；若本应是另一份文件，请重新导出后报送。",
        en: "Take one of them out; if another file was meant, export and deliver that one."))
  }
}

/// Rows of a list that were delivered more than once, with the row that counts in their place.
///
/// Rows are copies where all fields that the dictionary knows are the same, whatever file they stand
/// in; of a list that counts repetitions only rows of files that are the same byte for byte are.
func copies(_ kept: Kept, _ record: Int, _ order: RowOrder, _ rows: Rows) -> [Int32: Int32] {
  rows.pack.records[record].countsRepeats
    ? copiesInCopiedFiles(kept, rows.tables[record].places, rows.originals)
    : copiesByContent(kept, order)
}

private func copiesByContent(_ kept: Kept, _ order: RowOrder) -> [Int32: Int32] {
  var copies: [Int32: Int32] = [:]
  guard order.mayLeaveCopies else { return copies }
  for subject in 0..<max(0, kept.offsets.count - 1) {
    let range = Int(kept.offsets[subject])..<Int(kept.offsets[subject + 1])
    guard range.count > 1, kept.rows[range].count(where: { order.mayBeCopy(Int($0)) }) > 1 else {
      continue
    }
    var mine = kept.rows[range].filter { order.mayBeCopy(Int($0)) }
    // The greatest precedence first, then in order of delivery, which changes no value.
    mine.sort { left, right in
      let content = order.compareContent(Int(left), Int(right))
      if content != 0 { return content < 0 }
      let precedence = order.comparePrecedence(Int(left), Int(right))
      return precedence == 0 ? left < right : precedence > 0
    }
    var winner = mine[0]
    for row in mine.dropFirst() {
      if order.compareContent(Int(winner), Int(row)) == 0 {
        copies[row] = winner
      } else {
        winner = row
      }
    }
  }
  return copies
}

private func copiesInCopiedFiles(_ kept: Kept, _ places: [Place], _ originals: [Int32])
  -> [Int32: Int32]
{
  func original(_ row: Int32) -> Int32 {
    let file = Int(places[Int(row)].file)
    return originals.indices.contains(file) ? originals[file] : Int32(file)
  }
  var counting: [Place: [Int32]] = [:]
  let candidates = kept.rows.sorted()
  guard candidates.contains(where: { original($0) != places[Int($0)].file }) else { return [:] }
  for row in candidates where original(row) == places[Int(row)].file {
    counting[places[Int(row)], default: []].append(row)
  }
  var copies: [Int32: Int32] = [:]
  var met: [Place: Int] = [:]
  for row in candidates where original(row) != places[Int(row)].file {
    var place = places[Int(row)]
    // A row with several values in a cell was taken once for each, in their order.
    let turn = met[place, default: 0]
    met[place] = turn + 1
    place.file = original(row)
    guard let winners = counting[place], turn < winners.count else { continue }
    copies[row] = winners[turn]
  }
  return copies
}
