/// What a form writes around the names of its columns: a mark of what has to be filled in, a colon.
enum HeaderMark {
  /// A matching key without such marks.
  static func without(_ key: String) -> String {
    var rest = Substring(key)
    while let first = rest.first, marks.contains(first), rest.count > 1 { rest.removeFirst() }
    while let last = rest.last, marks.contains(last) || last == ":", rest.count > 1 {
      rest.removeLast()
    }
    return String(rest)
  }

  private static let marks: Set<Character> = ["*", "★", "※", "●", "▲"]
}
