import Expressions
import RulePacks
import Tables

extension Rubric.Form {
  /// The rule in one line, in signs that need no translation: `employees: >= 100 → 6; < 100 → 2`.
  var text: String {
    switch self {
    case .condition(let points, let when): return "\(when.text) → \(shown(points))"
    case .bands(let on, let bands):
      let lines = bands.map { "\($0.text) → \(shown($0.points))" }
      return "\(on.text): \(lines.joined(separator: "; "))"
    case .lookup(let on, let table, let otherwise):
      var lines = table.sorted {
        $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value
      }.map { "\($0.key) → \(shown($0.value))" }
      if let otherwise { lines.append("… → \(shown(otherwise))") }
      return "\(on.text): \(lines.joined(separator: "; "))"
    case .ratio(let points, let part, let whole):
      return "\(shown(points)) × (\(part.text)) ÷ (\(whole.text)) ≤ \(shown(points))"
    case .number(let points, let value): return "0 ≤ \(value.text) ≤ \(shown(points))"
    case .opinions(let opinions):
      let lines = opinions.points.map { "\($0.grade) → \(shown($0.points))" }
      return "\(opinions.aggregate.rawValue): \(lines.joined(separator: "; "))"
    case .each(let points, let count, let limit):
      let bound = limit.map { " \(points < 0 ? "≥" : "≤") \(shown($0))" } ?? ""
      return "\(shown(points)) × (\(count.text))\(bound)"
    case .measure(let measure): return measure.text
    case .group: return ""
    }
  }
}

/// Thousandths of a point as people write points.
private func shown(_ points: Int) -> String {
  Exact(millionths: Int64(points) * 1000).description
}

extension Rubric.Part {
  /// The rule in one line, with the condition under which it concerns a subject.
  var text: String {
    applies.map { "[\($0.text)] \(form.text)" } ?? form.text
  }
}
