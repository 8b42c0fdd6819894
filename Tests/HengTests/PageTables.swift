import Foundation

/// What the page is sent: the values that stand in `index.html` and in the files of `data/`.
struct PageTables {
  /// The folder of a run.
  var folder: String
  /// What stands in the page itself.
  let run: [String: Any]

  init(_ folder: String) throws {
    self.folder = folder
    let page = try String(contentsOfFile: folder + "/index.html", encoding: .utf8)
    let match = page.firstMatch(of: #/<script type="application/json" id=run>(.*?)<\/script>/#)
    run = try JSON(match?.output.1 ?? "{}").object
  }

  /// A file of `data/`.
  func file(_ name: String) throws -> [String: Any] {
    let text = try String(contentsOfFile: "\(folder)/data/\(name).js", encoding: .utf8)
    guard let start = text.firstIndex(of: ",") else { return [:] }
    let content = text[text.index(after: start)...].trimmingCharacters(in: .whitespacesAndNewlines)
    return try JSON(content.dropLast(1 + (content.hasSuffix(";") ? 1 : 0))).object
  }

  private struct JSON {
    var object: [String: Any]
    init(_ text: some StringProtocol) throws {
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      object = value as? [String: Any] ?? [:]
    }
  }
}

/// A table as the page gets it: columns of numbers, words and texts.
struct PageTable {
  var count: Int
  /// By id of the column, what each row reads in a table for machines; nil where nothing.
  private(set) var cells: [String: [String?]] = [:]
  /// Ids of the columns that hold nothing but numbers.
  private(set) var numbers: Set<String> = []

  /// - Parameters:
  ///   - table: with `columns`.
  ///   - heads: of the columns, where they stand elsewhere.
  init(_ table: [String: Any], heads: [String: Any]? = nil) {
    count = table["count"] as? Int ?? 0
    let columns = table["columns"] as? [String: Any] ?? [:]
    for head in (heads ?? table)["heads"] as? [[String: Any]] ?? [] {
      guard let id = head["id"] as? String, let column = columns[id] else { continue }
      let words = (head["words"] as? [[String: Any]] ?? []).map { $0["id"] as? String ?? "" }
      let kind = head["kind"] as? String ?? ""
      cells[id] = PageTable.texts(of: column, kind: kind, words)
      if !["text", "word"].contains(kind) { numbers.insert(id) }
    }
  }

  private static func texts(of column: Any, kind: String, _ words: [String]) -> [String?] {
    if let text = column as? String {
      return text.components(separatedBy: "\n").map { $0.isEmpty ? nil : $0 }
    }
    if let shared = column as? [String: Any] {
      let texts = shared["texts"] as? [String] ?? []
      return (shared["of"] as? [Int] ?? []).map { texts[$0].isEmpty ? nil : texts[$0] }
    }
    return (column as? [Any] ?? []).map { value in
      guard let number = value as? Int else { return nil }
      switch kind {
      case "word": return words.indices.contains(number) ? words[number] : nil
      case "rank": return number == 0 ? nil : String(number)
      case "points", "share": return String(Double(number) / 1_000)
      default: return String(number)
      }
    }
  }
}
