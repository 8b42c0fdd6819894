import Fields

/// Whether a text is a month, or a month and a day, without the year that they are of: `12月30日`,
/// `十二月`, `10-30`, `10/30`.
func lacksYear(_ text: String) -> Bool {
  var rest = Array(matchingKey(text))[...]
  guard let month = takeNumber(&rest), (1...12).contains(month), let sign = rest.popFirst() else {
    return false
  }
  switch sign {
  case "月":
    if rest.isEmpty || rest.elementsEqual("份") { return true }
    guard let day = takeNumber(&rest), (1...31).contains(day) else {
      return ["初", "上旬", "中旬", "下旬", "底", "末"].contains(String(rest))
    }
    return rest.isEmpty || rest.elementsEqual("日") || rest.elementsEqual("号")
  case "-", "/":
    guard let day = takeNumber(&rest), (1...31).contains(day) else { return false }
    return rest.isEmpty
  default: return false
  }
}

/// A number of at most two digits, or in characters up to ninety-nine, that a text begins with.
private func takeNumber(_ rest: inout ArraySlice<Character>) -> Int? {
  let digits = rest.prefix { $0.isASCII && $0.isNumber }
  if !digits.isEmpty {
    rest = rest.dropFirst(digits.count)
    return digits.count <= 2 ? Int(String(digits)) : nil
  }
  let signs = rest.prefix { $0 == "十" || numerals[$0] != nil }
  rest = rest.dropFirst(signs.count)
  let parts = signs.split(separator: "十", omittingEmptySubsequences: false)
  let values = parts.map { $0.count == 1 ? $0.first.flatMap { numerals[$0] } : nil }
  switch parts.count {
  case 1: return values[0]
  case 2 where parts.allSatisfy({ $0.count <= 1 }):
    return (values[0] ?? 1) * 10 + (values[1] ?? 0)
  default: return nil
  }
}

private let numerals: [Character: Int] = [
  "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
]
