import Fields
import RulePacks
import Tables

/// A file in which no row is of the time that is looked at: an office that sends last quarter's list
/// once more sends what every single row looks right in.
extension RowReader {
  /// Nil where some row is new enough, none is dated, or the dictionary asks for no age.
  func staleFinding(_ table: RecordTable) -> Finding? {
    let kind = plan.kind
    guard let days = kind.currentDays, let latest = kind.latest,
      case .day(let cells) = table.columns[latest]
    else { return nil }
    var newest: (date: PartialDate, row: Int)?
    for row in 0..<table.places.count where cells.presence.isStated(row) {
      let date = PartialDate(packed: cells.values[row])
      if newest.map({ date.lastDay > $0.date.lastDay }) ?? true { newest = (date, row) }
    }
    guard let newest, newest.date.lastDay < asOf.lastDay - days else { return nil }
    let label = kind.fields[latest].label
    return Finding(
      .warning, "stale-file", place: table.places[newest.row], field: kind.fields[latest].id,
      message: Bilingual(
        zh: "这个文件中最晚的“\(label)”是 \(newest.date)，比评价截止日期 \(asOf) 早 \(days) 天以上，像是以前一期的"
          + "文件；已照常读取",
        en:
          "the latest “\(label)” of this file is \(newest.date), more than \(days) days before the "
          + "as-of date \(asOf), as if it were the file of an earlier time; it was read all the same"
      ),
      cure: Bilingual(
        zh: "请核对是否误报了上一期的文件；情况没有变化的，请按本期日期重新报送",
        en: "see whether the file of an earlier time was sent by mistake; if nothing has changed, "
          + "deliver it with the dates of this time"))
  }
}
