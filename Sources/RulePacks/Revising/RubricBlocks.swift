/// The text of a file cut at the keys of its outermost map.
struct RubricBlocks {
  struct Block {
    var key: String
    /// Comments right above the key.
    var head: String
    var body: String
    /// Comments at the end of the body.
    var tail: String
    /// Comments within the body by the id of the rule below them.
    var comments: [String: String]
  }

  var start = ""
  var all: [Block] = []

  var keys: Set<String> { Set(all.map(\.key)) }

  /// Nil where several keys share a line.
  init?(_ text: String) {
    guard let root = try? YAMLNode.parse(text, file: 0), case .map(let entries) = root.content,
      let first = entries.first
    else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    let starts = entries.map { $0.spot.line - 1 }
    guard zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }),
      entries.allSatisfy({ $0.spot.column == 1 })
    else { return nil }
    func head(of index: Int) -> Int {
      var line = starts[index]
      while line > (index == 0 ? 0 : starts[index - 1] + 1), lines[line - 1].hasPrefix("#") {
        line -= 1
      }
      return line
    }
    start = RubricBlocks.join(lines[..<head(of: 0)])
    for (index, entry) in entries.enumerated() {
      let end = index + 1 < entries.count ? head(of: index + 1) : lines.count
      let body = lines[starts[index]..<end]
      let last = body.lastIndex { !$0.isEmpty && !$0.hasPrefix("#") } ?? starts[index]
      all.append(
        Block(
          key: entry.key, head: RubricBlocks.join(lines[head(of: index)..<starts[index]]),
          body: index + 1 < entries.count ? RubricBlocks.join(body) : body.joined(separator: "\n"),
          tail: index + 1 < entries.count
            ? RubricBlocks.join(lines[(last + 1)..<end])
            : lines[(last + 1)..<end].joined(separator: "\n"),
          comments: RubricBlocks.comments(in: body)))
    }
    guard first.spot.line >= 1 else { return nil }
  }

  private static func join(_ lines: ArraySlice<String>) -> String {
    lines.map { $0 + "\n" }.joined()
  }

  /// Comment lines by the id that the next rule's line names.
  private static func comments(in lines: ArraySlice<String>) -> [String: String] {
    var found: [String: String] = [:]
    var pending = ""
    for line in lines {
      if trimmed(line).hasPrefix("#") {
        pending += line + "\n"
      } else if !pending.isEmpty, let start = line.firstRange(of: "id: ") {
        let rest = line[start.upperBound...].prefix { !",}".contains($0) && !$0.isWhitespace }
        found[String(rest)] = pending
        pending = ""
      } else if !trimmed(line).isEmpty {
        pending = ""
      }
    }
    return found
  }
}
