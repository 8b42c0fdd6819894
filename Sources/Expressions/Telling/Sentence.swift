public import Tables

extension CheckedExpression {
  /// The expression as a sentence without its full stop: `“Employees” is at least 20`.
  ///
  /// Parts that have no words stand as the author wrote them.
  public func sentence(_ vocabulary: Vocabulary) -> Bilingual {
    Teller(expression: self, vocabulary: vocabulary).tell(root)
  }
}

/// Tells the parts of an expression in both languages.
struct Teller {
  let expression: CheckedExpression
  let vocabulary: Vocabulary

  func tell(_ node: Node) -> Bilingual {
    switch node.kind {
    case .constant(let value): return tell(value, beside: nil)
    case .fact(_, let index):
      let label = quoted(vocabulary.entry(expression.facts[index]).label)
      guard node.type == .bool else { return label }
      return join(label, "为是", " is yes")
    case .inlined(let inner, _):
      return Teller(expression: inner, vocabulary: vocabulary).tell(inner.root)
    case .not(let operand): return negation(operand)
    case .and(let left, let right):
      return series([left, right].flatMap { parts(of: $0, isAnd: true) }, "，且", " and ")
    case .or(let left, let right):
      return series([left, right].flatMap { parts(of: $0, isAnd: false) }, "，或", " or ")
    case .conditional(let test, let yes, let no):
      return choice(test, yes, no, isCondition: node.type == .bool)
    case .compare(let comparison, let left, let right):
      return compared(comparison, left, right)
    case .isIn(let item, let container): return membership(item, container)
    case .arithmetic(let operation, let left, let right):
      let first = operand(left, of: operation)
      let second = right.unwrapped.isProduct && operation.isSum ? tell(right) : operand(right)
      return Bilingual(
        zh: "\(first.zh.unspaced) \(operation.sign) \(second.zh.unspaced)",
        en: "\(first.en) \(operation.sign) \(second.en)")
    case .negate(let operand):
      let told = self.operand(operand)
      return Bilingual(zh: "-\(told.zh)", en: "-\(told.en)")
    case .widen(let inner), .box(let inner), .unbox(let inner): return tell(inner)
    case .call(let function, let operand):
      switch function {
      case .toInt, .toDouble, .toDecimal, .toDate, .toString, .toBool: return tell(operand)
      case .toTimestamp, .toDuration, .typeOf, .part: return written(node)
      }
    case .textTest(let test, let text, let part):
      let (text, part) = (tell(text), tell(part))
      return Bilingual(
        zh: "\(text.zh)\(test.words.zh)\(part.zh)", en: "\(text.en) \(test.words.en) \(part.en)")
    case .size(let operand): return sized(operand)
    case .between(let unit, let from, let to):
      let (from, to) = (tell(from), tell(to))
      switch unit {
      case .years:
        return Bilingual(
          zh: "\(from.zh)至\(to.zh)的整年数", en: "the whole years from \(from.en) to \(to.en)")
      case .months:
        return Bilingual(
          zh: "\(from.zh)至\(to.zh)的整月数", en: "the whole months from \(from.en) to \(to.en)")
      }
    case .isKnown(let operand): return join(tell(plain: operand), "已填报", " is stated")
    case .macro(let macro, _, let range, _, let body): return told(macro, range, body, node)
    case .list(let items): return series(items.map { tell($0) }, "、", ", ")
    case .element, .matches, .map, .index, .hasKey: return written(node)
    }
  }

  /// A flag by its label alone.
  private func tell(plain node: Node) -> Bilingual {
    if case .fact(_, let index) = node.kind {
      return quoted(vocabulary.entry(expression.facts[index]).label)
    }
    return tell(node)
  }

  /// As its author wrote it.
  private func written(_ node: Node) -> Bilingual {
    let text = expression.source[node.range]
    return Bilingual(zh: text, en: text)
  }

  // MARK: - Logic

  /// The parts of a chain of `&&` or `||`; a chain of the other kind within stands in brackets.
  private func parts(of node: Node, isAnd: Bool) -> [Bilingual] {
    switch node.kind {
    case .and(let left, let right) where isAnd:
      return parts(of: left, isAnd: isAnd) + parts(of: right, isAnd: isAnd)
    case .or(let left, let right) where !isAnd:
      return parts(of: left, isAnd: isAnd) + parts(of: right, isAnd: isAnd)
    case .and, .or, .conditional: return [bracketed(tell(node))]
    case .inlined(let inner, _):
      switch inner.root.kind {
      case .and, .or, .conditional: return [bracketed(tell(node))]
      default: return [tell(node)]
      }
    default: return [tell(node)]
    }
  }

  private func choice(
    _ test: Node, _ yes: Node, _ no: Node, isCondition: Bool
  ) -> Bilingual {
    let told = tell(test)
    let branches = [yes, no].map { branch -> Bilingual in
      switch branch.unwrapped.kind {
      case .constant(.bool(let flag)):
        return Bilingual(
          zh: flag ? "不作要求" : "不成立",
          en: flag ? "nothing is required" : "it does not hold")
      case .conditional: return bracketed(tell(branch))
      default:
        let branch = tell(result: branch)
        return Bilingual(zh: (isCondition ? "须" : "取") + branch.zh, en: branch.en)
      }
    }
    return Bilingual(
      zh: "如果\(told.zh)，\(branches[0].zh)；否则\(branches[1].zh)",
      en: "if \(told.en), then \(branches[0].en); otherwise \(branches[1].en)")
  }

  /// What the whole gives: a code by its name.
  private func tell(result node: Node) -> Bilingual {
    guard case .constant(let value) = node.unwrapped.kind else { return tell(node) }
    return tell(
      value,
      beside: Vocabulary.Entry(label: Bilingual(zh: "", en: ""), codes: vocabulary.results))
  }

  private func negation(_ node: Node) -> Bilingual {
    switch node.kind {
    case .fact: return join(tell(plain: node), "为否", " is no")
    case .isKnown(let operand): return join(tell(plain: operand), "没有填报", " is not stated")
    case .not(let operand): return tell(operand)
    case .inlined(let inner, _):
      return Teller(expression: inner, vocabulary: vocabulary).negation(inner.root)
    default:
      let told = tell(node)
      return Bilingual(zh: "并非（\(told.zh)）", en: "not (\(told.en))")
    }
  }

  private func compared(_ comparison: Comparison, _ left: Node, _ right: Node) -> Bilingual {
    let words = left.type == .date ? comparison.wordsOfDates : comparison.words
    let first = value(left, beside: right)
    let second = value(right, beside: left)
    return Bilingual(
      zh: "\(first.zh)\(words.zh)\(second.zh)", en: "\(first.en) \(words.en) \(second.en)")
  }

  private func membership(_ item: Node, _ container: Node) -> Bilingual {
    let told = tell(plain: item)
    guard case .list(let items) = container.unwrapped.kind else {
      let container = tell(container)
      return Bilingual(zh: "\(told.zh)在\(container.zh)之中", en: "\(told.en) is in \(container.en)")
    }
    let choices = items.map { value($0, beside: item) }
    let all = series(choices, "、", ", ")
    guard choices.count > 1 else { return join(told, "为\(all.zh)", " is \(all.en)") }
    return join(told, "为下列之一：\(all.zh)", " is one of \(all.en)")
  }

  // MARK: - Values

  private func value(_ node: Node, beside other: Node) -> Bilingual {
    guard case .constant(let value) = node.unwrapped.kind else { return operand(node) }
    return tell(value, beside: entry(of: other))
  }

  private func operand(_ node: Node) -> Bilingual {
    switch node.unwrapped.kind {
    case .arithmetic, .conditional, .and, .or: bracketed(tell(node))
    default: tell(plain: node.unwrapped)
    }
  }

  /// The left side of an operation; additions need no brackets there.
  private func operand(_ node: Node, of operation: Arithmetic) -> Bilingual {
    guard case .arithmetic(let inner, _, _) = node.unwrapped.kind else { return operand(node) }
    switch (operation, inner) {
    case (.add, .add), (.subtract, .add), (.add, .subtract), (.subtract, .subtract),
      (.multiply, .multiply), (.divide, .multiply), (.add, .multiply), (.subtract, .multiply),
      (.add, .divide), (.subtract, .divide):
      return tell(node.unwrapped)
    default: return operand(node)
    }
  }

  private func entry(of node: Node) -> Vocabulary.Entry? {
    switch node.unwrapped.kind {
    case .fact(_, let index): vocabulary.entry(expression.facts[index])
    case .inlined(let inner, _):
      Teller(expression: inner, vocabulary: vocabulary).entry(of: inner.root)
    default: nil
    }
  }

  private func tell(_ value: Value, beside entry: Vocabulary.Entry?) -> Bilingual {
    switch value {
    case .bool(let flag): return Bilingual(zh: flag ? "是" : "否", en: flag ? "yes" : "no")
    case .string(let text):
      guard let name = entry?.codes[text] else {
        return Bilingual(zh: "“\(text)”", en: "“\(text)”")
      }
      return Bilingual(zh: name.zh.quoted, en: name.en)
    case .int, .decimal, .double:
      let unit = entry.map { $0.unit.isEmpty ? "" : " " + $0.unit } ?? ""
      return Bilingual(zh: " \(value)\(unit)", en: "\(value)")
    case .list(let items): return series(items.map { tell($0, beside: entry) }, "、", ", ")
    case .null, .date, .timestamp, .duration, .map, .type:
      return Bilingual(zh: "\(value)", en: "\(value)")
    }
  }

  // MARK: - Lists

  private func sized(_ node: Node) -> Bilingual {
    if case .macro(.filter, _, let range, _, let body) = node.unwrapped.kind {
      let (list, condition) = (tell(range), tell(body))
      return Bilingual(
        zh: "\(list.zh)中符合条件（\(condition.zh)）的条数",
        en: "the number of \(list.en) for which \(condition.en)")
    }
    let told = tell(node)
    return Bilingual(zh: "\(told.zh)的条数", en: "the number of \(told.en)")
  }

  private func told(_ macro: MacroName, _ range: Node, _ body: Node, _ node: Node) -> Bilingual {
    guard case .list(.row) = range.type else { return written(node) }
    let (list, condition) = (tell(range), tell(body))
    switch macro {
    case .all:
      return Bilingual(
        zh: "\(list.zh)每一条都满足（\(condition.zh)）",
        en: "for every one of \(list.en), \(condition.en)")
    case .exists:
      return Bilingual(
        zh: "\(list.zh)至少有一条满足（\(condition.zh)）",
        en: "for at least one of \(list.en), \(condition.en)")
    case .existsOne:
      return Bilingual(
        zh: "\(list.zh)恰有一条满足（\(condition.zh)）",
        en: "for exactly one of \(list.en), \(condition.en)")
    case .filter:
      return Bilingual(
        zh: "\(list.zh)中满足（\(condition.zh)）的各条",
        en: "those of \(list.en) for which \(condition.en)")
    case .map:
      return Bilingual(
        zh: "\(list.zh)各条的\(condition.zh)", en: "\(condition.en) of each of \(list.en)")
    }
  }
}

private func quoted(_ text: Bilingual) -> Bilingual {
  Bilingual(zh: text.zh.quoted, en: text.en.quoted)
}

extension String {
  /// In quotes; quotes within become single ones.
  public var quoted: String {
    guard contains("“") || contains("”") else { return "“\(self)”" }
    let inner = map { $0 == "“" ? "‘" : $0 == "”" ? "’" : $0 }
    return "“\(String(inner))”"
  }

  fileprivate var unspaced: String { hasPrefix(" ") ? String(dropFirst()) : self }
}

private func bracketed(_ text: Bilingual) -> Bilingual {
  Bilingual(zh: "（\(text.zh)）", en: "(\(text.en))")
}

private func join(_ text: Bilingual, _ zh: String, _ en: String) -> Bilingual {
  Bilingual(zh: text.zh + zh, en: text.en + en)
}

private func series(_ parts: [Bilingual], _ zh: String, _ en: String) -> Bilingual {
  Bilingual(
    zh: parts.map(\.zh).joined(separator: zh), en: parts.map(\.en).joined(separator: en))
}

extension Node {
  /// Without changes of type that people need not know of.
  var unwrapped: Node {
    switch kind {
    case .widen(let inner), .box(let inner), .unbox(let inner): return inner.unwrapped
    case .call(let function, let operand):
      switch function {
      case .toInt, .toDouble, .toDecimal, .toDate: return operand.unwrapped
      case .toString, .toBool, .toTimestamp, .toDuration, .typeOf, .part: return self
      }
    default: return self
    }
  }
}

extension Node {
  fileprivate var isProduct: Bool {
    switch kind {
    case .arithmetic(.multiply, _, _), .arithmetic(.divide, _, _): true
    default: false
    }
  }
}

extension Comparison {
  fileprivate var words: Bilingual {
    switch self {
    case .equal: Bilingual(zh: "为", en: "is")
    case .notEqual: Bilingual(zh: "不为", en: "is not")
    case .less: Bilingual(zh: "小于", en: "is less than")
    case .lessOrEqual: Bilingual(zh: "不超过", en: "is at most")
    case .greater: Bilingual(zh: "大于", en: "is more than")
    case .greaterOrEqual: Bilingual(zh: "不少于", en: "is at least")
    }
  }

  fileprivate var wordsOfDates: Bilingual {
    switch self {
    case .equal, .notEqual: words
    case .less: Bilingual(zh: "早于", en: "is before")
    case .lessOrEqual: Bilingual(zh: "不晚于", en: "is not after")
    case .greater: Bilingual(zh: "晚于", en: "is after")
    case .greaterOrEqual: Bilingual(zh: "不早于", en: "is not before")
    }
  }
}

extension Arithmetic {
  fileprivate var isSum: Bool { self == .add || self == .subtract }

  fileprivate var sign: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "×"
    case .divide: "÷"
    case .remainder: "%"
    }
  }
}

extension TextTest {
  fileprivate var words: Bilingual {
    switch self {
    case .contains: Bilingual(zh: "含有", en: "contains")
    case .startsWith: Bilingual(zh: "的开头为", en: "begins with")
    case .endsWith: Bilingual(zh: "的结尾为", en: "ends with")
    }
  }
}
