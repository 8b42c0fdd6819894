import Labels
public import Tables

extension CaseFile {
  /// Each reservation of a consulted body, and its answer, in a sentence.
  ///
  /// - Parameter files: Paths of the delivered files, by their numbers.
  func reservationLines(_ files: [String]) -> [Bilingual] {
    reservations.map { $0.sentence(files, answer: decision?.answer ?? "") }
  }

  /// Each objection with its answer, in a sentence.
  var objectionLines: [Bilingual] { objections.map(\.sentence) }

  /// The decision that stands, in a sentence; nil without one.
  var decisionLine: Bilingual? {
    guard let decision else { return nil }
    let on = decision.on?.description ?? ""
    let by = decision.by?.shown ?? ""
    let way = direction?.label ?? Bilingual(zh: "", en: "")
    let isReopened = state == .frozen
    return Bilingual(
      zh: "决定：\(decision.title)（\(way.zh)），\(by)，\(on)"
        + (decision.reasons.isEmpty ? "" : "；理由：\(decision.reasons)")
        + (decision.isAgainstCondition ? "；依据：\(decision.basis)" : "")
        + (isReopened ? "；因新的异议暂停执行" : ""),
      en: "Decision: \(decision.title) (\(way.en)), \(by), \(on)"
        + (decision.reasons.isEmpty ? "" : "; reasons: \(decision.reasons)")
        + (decision.isAgainstCondition ? "; basis: \(decision.basis)" : "")
        + (isReopened ? "; suspended by a new objection" : ""))
  }

  /// All of it, a sentence a line.
  func lines(_ files: [String]) -> [Bilingual] {
    reservationLines(files) + objectionLines + (decisionLine.map { [$0] } ?? [])
  }
}

extension CaseFile.Reservation {
  /// Who said what, where it stands, and the answer.
  fileprivate func sentence(_ files: [String], answer: String) -> Bilingual {
    let on = on.map { "，\($0)" } ?? ""
    let onEn = self.on.map { ", \($0)" } ?? ""
    let said = text.isEmpty ? "" : "：\(text)"
    let saidEn = text.isEmpty ? "" : ": \(text)"
    let file = files.indices.contains(Int(place.file)) ? files[Int(place.file)] : ""
    return Bilingual(
      zh: "\(body)\(value)\(on)\(said)（\(file) 第 \(place.line) 行）"
        + (answer.isEmpty ? "；须在决定中答复" : "；答复：\(answer)"),
      en: "\(body): \(value)\(onEn)\(saidEn) (\(file) line \(place.line))"
        + (answer.isEmpty ? "; to be answered in the decision" : "; answered: \(answer)"))
  }
}

extension CaseFile.Objection {
  /// The number it was given; empty where it has none.
  private var shownNumber: String { number.hasPrefix("#") ? "" : number }

  /// The objection and its answer.
  fileprivate var sentence: Bilingual {
    let on = filedOn?.description ?? "—"
    let about = grounds.isEmpty ? "" : "（\(grounds)）"
    let aboutEn = grounds.isEmpty ? "" : " (\(grounds))"
    let zh = "异议\(shownNumber)，\(on)提出\(about)："
    let en = "Objection \(shownNumber)\(shownNumber.isEmpty ? "" : ", ")filed \(on)\(aboutEn): "
    guard let closing else {
      return Bilingual(zh: zh + "尚未答复，本行冻结", en: en + "not answered yet, the row is frozen")
    }
    let by = closing.by.map { "，由\($0.shown)答复" } ?? ""
    let byEn = closing.by.map { " by \($0.shown)" } ?? ""
    let answer = closing.answer.isEmpty ? "" : "；\(closing.answer)"
    let answerEn = closing.answer.isEmpty ? "" : "; \(closing.answer)"
    return Bilingual(
      zh: zh + "\(closing.on)\(closing.outcome.label.zh)\(by)\(answer)",
      en: en + "\(closing.outcome.label.en) on \(closing.on)\(byEn)\(answerEn)")
  }
}

extension Explanation {
  /// On which lists the subject stands, what is proposed there, and what people did about it.
  func listingSection(_ letter: inout Letter) {
    guard !listings.isEmpty else { return }
    letter.title("名单、异议和决定", "Lists, objections and decisions")
    for listing in listings {
      for (place, line) in listing.lines.enumerated() {
        letter.line(place == 0 ? 2 : 6, line.zh, line.en)
      }
    }
  }
}

extension Explanation.Listing {
  /// The list with the proposal, then a sentence for each thing that people recorded.
  public var lines: [Bilingual] { [heading] + (file?.lines(files) ?? []) }

  /// The list with the proposal, and where the case stands.
  var heading: Bilingual {
    let state = file?.state ?? .proposed
    guard let proposal else {
      return Bilingual(zh: "不在名单上：\(state.label.zh)", en: "On no list: \(state.label.en)")
    }
    return Bilingual(
      zh: "“\(title)”名单，按标准列为“\(proposal.label.zh)”；进展：\(state.label.zh)",
      en: "“\(title)”: the proposal is “\(proposal.label.en)”; \(state.label.en)")
  }
}

extension Explanation.Correction {
  /// Both values, and who decided on what grounds.
  var sentence: Bilingual {
    let by = [decidedBy, decidedOn].filter { !$0.isEmpty }.joined(separator: " ")
    let from = delivered.isEmpty ? "（空白）" : "“\(delivered)”"
    let to = corrected.isEmpty ? "（空白）" : "“\(corrected)”"
    let fromEn = delivered.isEmpty ? "nothing" : "“\(delivered)”"
    let toEn = corrected.isEmpty ? "nothing" : "“\(corrected)”"
    return Bilingual(
      zh: "更正：报送\(from)，更正为\(to)" + (reason.isEmpty ? "" : "；理由：\(reason)")
        + (document.isEmpty ? "" : "；依据：\(document)") + (by.isEmpty ? "" : "；\(by)")
        + "（\(file) 第 \(line) 行）",
      en: "Corrected: \(fromEn) was delivered, \(toEn) counts"
        + (reason.isEmpty ? "" : "; reason: \(reason)")
        + (document.isEmpty ? "" : "; proof: \(document)") + (by.isEmpty ? "" : "; \(by)")
        + " (\(file) line \(line))")
  }
}
