import Fields
import RulePacks
import Tables

/// Files of which the header was read and not one row stood below it: who has nothing to report says
/// so like that, and an export that came to nothing looks the same.
func filesWithoutRows(_ files: [TakenFile], _ pack: RulePack) -> [Finding] {
  files.filter { $0.file.read == 0 && $0.file.examples == 0 }.map { taken in
    let source = pack.sources.first { $0.id == taken.file.profile }
    let office = pack.records[taken.record].office.flatMap { id in
      pack.about.offices.first { $0.id == id }?.title
    }
    let what = source?.title ?? taken.file.profile
    return Finding(
      .note, "no-rows", place: Place(file: Int32(taken.index), line: 1, record: 0),
      message: Bilingual(
        zh: "\(taken.file.path)（\(what)\(office.map { "，\($0)" } ?? "")）没有一条记录，按零报告处理",
        en: "\(taken.file.path) (\(what)\(office.map { ", \($0)" } ?? "")) holds no record and "
          + "counts as a nil return"),
      cure: Bilingual(
        zh: "请核对是否确无数据；导出时条件选错或没有查到的，请重新导出",
        en: "see whether there is nothing to report; if the export found nothing by mistake, "
          + "export it again"))
  }
}
