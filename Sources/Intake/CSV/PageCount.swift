import Fields
import Labels
import RulePacks
import Tables

/// What a printed list says of its pages below the rows: `共 290 条记录，第 1/29 页`.
struct PageCount: Equatable {
  /// Records on all pages; nil where only pages are counted.
  var records: Int?
  /// Pages; nil where only records are counted.
  var pages: Int?

  /// What such a line begins with.
  static let begins = ["共", "第", "每", "当前", "本页"].map { Array($0.utf8) }

  /// - Parameter key: the line's matching key.
  /// - Returns: nil where the line holds anything else: `共建单位 3 家` is no count of pages.
  init?(_ key: [UInt8]) {
    guard key.count <= 120 else { return nil }
    let text = String(decoding: key, as: UTF8.self)
    guard PageCount.begins.contains(where: { key.starts(with: $0) }),
      text.allSatisfy({ PageCount.allowed.contains($0) })
    else { return nil }
    let parts = PageCount.parts(text)
    for (index, part) in parts.enumerated() {
      let isWhole = part.before.contains("共") || part.before.hasSuffix("/")
      guard isWhole, let unit = part.behind.first else { continue }
      if unit == "页" {
        pages = part.number
      } else if PageCount.units.contains(unit), !part.before.contains("页"),
        index == 0 || records == nil
      {
        records = part.number
      }
    }
    guard records != nil || pages ?? 0 > 1 else { return nil }
  }

  private static let units: Set<Character> = ["条", "行", "户", "家", "笔", "个", "件"]
  private static let allowed = Set("共计有条行户家笔个件记录数据第页每显示当前本到至/,.;:()|-~ 0123456789")

  /// The numbers of a text, with what stands before and behind each up to the next.
  private static func parts(_ text: String) -> [(before: String, number: Int, behind: String)] {
    var parts: [(before: String, number: Int, behind: String)] = []
    var (between, digits) = ("", "")
    func end() {
      guard let number = Int(digits) else { return }
      parts.append((between, number, ""))
      (between, digits) = ("", "")
    }
    for character in text {
      if character.isASCII, character.isNumber {
        if digits.isEmpty, let last = parts.indices.last { parts[last].behind = between }
        digits.append(character)
      } else {
        end()
        between.append(character)
      }
    }
    end()
    if let last = parts.indices.last, !between.isEmpty { parts[last].behind = between }
    return parts
  }
}

extension CSVReading {
  /// Compares what the file says of its pages with the rows that were read; nil where it says
  /// nothing, or several things that nobody can compare.
  mutating func comparePages() -> ControlTotal? {
    let stated = Set(pageCounts.compactMap(\.stated.records))
    if stated.count == 1, let records = stated.first, let line = pageCounts.first?.line {
      return reader.comparePages(records: records, line: line)
    }
    if stated.isEmpty, let (count, line) = pageCounts.first, let pages = count.pages,
      pageCounts.count < pages
    {
      reader.add(onlySomePages(pages, of: pageCounts.count, line))
    }
    return nil
  }

  private func onlySomePages(_ pages: Int, of found: Int, _ line: Int) -> Finding {
    Finding(
      .error, "control-total",
      place: Place(file: reader.file, line: UInt32(clamping: line), record: 0),
      message: Bilingual(
        zh: "文件自己写明共有 \(pages) 页，文件中只有 \(found) 页",
        en: "the file itself says that there are \(pages) pages and holds \(found)"),
      cure: .exportAllPages)
  }
}

extension Bilingual {
  /// What to do where pages are missing.
  static let exportAllPages = Bilingual(
    zh: "请导出全部各页后重新报送", en: "export all pages and deliver them")
}
