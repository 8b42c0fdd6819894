import Expressions
import RulePacks
import Tables

/// Something noticed while a subject was scored; it becomes a finding.
struct Remark: Sendable {
  /// Row of the subject.
  var subject: Int32
  var site: Gaps.Site
  var kind: Kind

  enum Kind: Sendable {
    /// The expression has no value, though its facts are known; the evaluator's number.
    case fault(UInt8)
    /// A real number that is none.
    case notANumber
    case between(bands: String)
    case notListed(code: String)
    case outOfRange(number: String)
    case wholeIsZero
    case noLogarithm(number: String)
    /// A grade below the best without a basis; row of the record table.
    case opinionWithoutBasis(record: Int, row: Int32)
    case opinionUnsigned(record: Int, row: Int32)
    case opinionNotListed(record: Int, row: Int32, grade: String)
    /// It is unknown whether the opinion is about this.
    case opinionUnclear(record: Int, row: Int32)
    /// It is too old, or dated later than may be.
    case opinionNotInForce(record: Int, row: Int32)
  }
}

extension Remark.Kind {
  /// The finding's stable word.
  var rule: String { texts.1 }

  var sentence: Bilingual { Bilingual(zh: texts.zh, en: texts.en) }

  fileprivate var texts: (Finding.Severity, String, zh: String, en: String, cure: Bilingual) {
    switch self {
    case .fault(let number):
      let message = Fault(rawValue: number)?.message ?? Bilingual(zh: "无法计算", en: "no value")
      return (
        .error, "no-value", "\(message.zh)，按未知处理", "\(message.en); taken as unknown",
        Bilingual(
          zh: "核对所用数据；如数据无误，请修改该条标准的表达式",
          en: "check the data; if they are right, change the expression of this criterion")
      )
    case .notANumber:
      return (
        .error, "no-value", "计算结果不是数，按未知处理",
        "the result is not a number; taken as unknown",
        Bilingual(
          zh: "核对所用数据；如数据无误，请修改该条标准的表达式",
          en: "check the data; if they are right, change the expression of this criterion")
      )
    case .between(let number):
      return (
        .error, "between-bands", "\(number) 不在任何一档之内，按未知处理",
        "\(number) is in none of the bands; taken as unknown",
        Bilingual(zh: "修改该条标准的分档，使之首尾相接", en: "close the gap between the bands")
      )
    case .notListed(let code):
      return (
        .error, "not-in-lookup", "“\(code)”没有对应的分值，按未知处理",
        "there are no points for “\(code)”; taken as unknown",
        Bilingual(
          zh: "在该条标准中补上这个代码，或写 otherwise",
          en: "add the code to the lookup, or give an “otherwise”")
      )
    case .outOfRange(let number):
      return (
        .warning, "out-of-range", "\(number) 超出允许的范围，按边界计分",
        "\(number) is out of range; the nearest bound counts",
        Bilingual(zh: "核对所用数据", en: "check the data")
      )
    case .wholeIsZero:
      return (
        .note, "whole-is-zero", "应有数为 0，无法计算比例，按未知处理",
        "the whole is 0, so there is no ratio; taken as unknown",
        Bilingual(
          zh: "核对应有数；不适用的单位可用 applies 排除",
          en: "check the whole; leave out whom it does not concern with “applies”")
      )
    case .noLogarithm(let number):
      return (
        .error, "no-logarithm", "\(number) 没有对数，按未知处理",
        "\(number) has no logarithm; taken as unknown",
        Bilingual(
          zh: "核对所用数据；可能为 0 的指标不宜取对数",
          en: "check the data; take no logarithm of what may be 0")
      )
    case .opinionWithoutBasis:
      return (
        .warning, "opinion-without-basis", "评价意见低于最高等级而没有写明依据，不予采用",
        "the opinion is below the best grade and states no basis; it is refused",
        Bilingual(
          zh: "请评价单位补充事实依据后重新报送",
          en: "ask the body to state the facts and send the opinion again")
      )
    case .opinionUnsigned:
      return (
        .note, "opinion-unsigned", "评价意见没有签署日期，不予计入",
        "the opinion is not signed; it does not count",
        Bilingual(zh: "请评价单位签署后重新报送", en: "ask the body to sign it and send it again")
      )
    case .opinionNotListed(_, _, let grade):
      return (
        .warning, "opinion-grade", "评价等级“\(grade)”不在该条标准之中，不予计入",
        "the criterion does not know the grade “\(grade)”; the opinion does not count",
        Bilingual(zh: "核对评价等级", en: "check the grade")
      )
    case .opinionNotInForce:
      return (
        .note, "opinion-not-in-force", "评价意见不在可用的期限之内，不予计入",
        "the opinion is not within the time in which it may be used; it does not count",
        Bilingual(zh: "请评价单位重新了解情况并签署意见", en: "ask the body to look again and sign a new opinion")
      )
    case .opinionUnclear:
      return (
        .warning, "opinion-unclear", "无法判定评价意见是否针对该条标准，不予计入",
        "it is unknown whether the opinion is about this; it does not count",
        Bilingual(zh: "补全该条评价意见的各栏", en: "complete the columns of the opinion")
      )
    }
  }
}

extension Remark {
  func finding(of plan: ScoringPlan, in dossiers: Dossiers) -> Finding {
    let rubric = plan.rubric
    let table = dossiers.subjects[rubric.subject]
    let (severity, rule, zh, en, cure) = kind.texts
    return Finding(
      severity, rule, subject: table.ids[Int(subject)], place: place(in: dossiers),
      field: "\(rubric.id).\(plan.id(of: site))",
      message: Bilingual(
        zh: "《\(rubric.title)》\(plan.id(of: site)) \(plan.title(of: site))：\(zh)",
        en: "\(rubric.id), \(plan.id(of: site)): \(en)"),
      cure: cure)
  }

  private func place(in dossiers: Dossiers) -> Place? {
    switch kind {
    case .fault, .notANumber, .between, .notListed, .outOfRange, .wholeIsZero, .noLogarithm: nil
    case .opinionWithoutBasis(let record, let row), .opinionUnsigned(let record, let row),
      .opinionNotListed(let record, let row, _), .opinionUnclear(let record, let row),
      .opinionNotInForce(let record, let row):
      dossiers.records[record].places[Int(row)]
    }
  }
}

extension ScoringPlan {
  fileprivate func title(of site: Gaps.Site) -> String {
    switch site {
    case .gate(let index): rubric.gates[index].text
    case .part(let index): rubric.parts[index].title
    case .cap(let index): rubric.caps[index].text
    }
  }
}

extension Finding {
  /// A measure whose values do not differ, so that it tells nobody apart.
  static func withoutSpread(_ rubric: Rubric, _ part: Rubric.Part, cohort: String) -> Finding {
    let place = cohort.isEmpty ? "" : "（\(cohort)）"
    return Finding(
      .warning, "no-spread", field: "\(rubric.id).\(part.id)",
      message: Bilingual(
        zh: "《\(rubric.title)》\(part.id) \(part.title)\(place)：各评价对象的值没有差别，一律取标度的中点",
        en:
          "\(rubric.id), \(part.id)\(cohort.isEmpty ? "" : ", \(cohort)"): all values are alike; each gets the middle of the scale"
      ),
      cure: Bilingual(
        zh: "核对所用数据；如无误，可写固定的“reference”或删去该指标",
        en: "check the data; if they are right, write a fixed “reference” or leave the measure out")
    )
  }

  /// A subject for which it is unknown whether the rubric is about it.
  static func unclearWhetherConcerned(_ rubric: Rubric, subject: String) -> Finding {
    Finding(
      .warning, "applies-unknown", subject: subject, field: rubric.id,
      message: Bilingual(
        zh: "无法判定《\(rubric.title)》是否适用，未列入评价",
        en: "it is unknown whether “\(rubric.id)” is about this subject; it is not listed"),
      cure: Bilingual(
        zh: "补报 \(rubric.applies?.text ?? "") 所用的数据",
        en: "supply the facts that \(rubric.applies?.text ?? "") needs"))
  }
}
