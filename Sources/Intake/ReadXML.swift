import RulePacks
import Tables

/// How an XML file is read.
struct XMLLayout: Sendable {
  var profile: Int
  var guess: EncodingGuess
  /// Whether the encoding is read whatever the file declares.
  var isForced: Bool
  /// Whether the file declares an encoding that its bytes contradict.
  var isContradicted: Bool
  var plan: XMLPlan
}

/// Finds the profile whose row element and required columns stand in the beginning of an XML file.
///
/// - Parameter open: gives the text of that beginning, made of an encoding or as it is.
func recogniseXML(
  _ head: Span<UInt8>, isWhole: Bool, pack: RulePack, shown: String,
  open: (TextEncoding?) throws(IntakeFailure) -> XMLText
) throws(IntakeFailure) -> XMLLayout {
  let encoding = xmlEncoding(head)
  let text = try open(encoding.isForced ? encoding.guess.encoding : nil)
  guard let parser = XMLParser(.survey(XMLSurvey()), text) else { throw noMemory(shown) }
  var trouble = parser.parse()
  // Only the beginning is looked at, so its end cuts something.
  if !isWhole, trouble?.kind == .cut { trouble = nil }
  guard case .survey(let survey) = parser.purpose else { throw noMemory(shown) }
  var best: ProfileFit?
  var nearest: ProfileFit?
  for index in pack.sources.indices {
    guard let fit = survey.fit(index, pack) else { continue }
    if nearest.map({ isCloser(fit, $0, pack) }) ?? true { nearest = fit }
    guard fit.missing.isEmpty, fit.recognised > 0 else { continue }
    if best.map({ isCloser(fit, $0, pack) }) ?? true { best = fit }
  }
  if let trouble, trouble.kind != .cut || best == nil {
    throw damaged(trouble, encoding.guess, shown)
  }
  guard let best else { throw unrecognised(nearest, pack, shown) }
  return XMLLayout(
    profile: best.profile, guess: encoding.guess, isForced: encoding.isForced,
    isContradicted: encoding.isContradicted, plan: XMLPlan(best.profile, pack))
}

/// More columns recognised, then the first id.
private func isCloser(_ fit: ProfileFit, _ other: ProfileFit, _ pack: RulePack) -> Bool {
  if fit.recognised != other.recognised { return fit.recognised > other.recognised }
  return pack.sources[fit.profile].id < pack.sources[other.profile].id
}

func noMemory(_ shown: String) -> IntakeFailure {
  IntakeFailure(
    .unreadable, shown, zh: "内存不足 — 请减少并行任务数后重试",
    en: "there is no memory for a parser — try again with fewer jobs")
}

/// An XML file that cannot be read to its end.
func damaged(_ trouble: XMLTrouble, _ guess: EncodingGuess, _ shown: String) -> IntakeFailure {
  let place = "\(shown):\(trouble.line):\(max(trouble.column, 1))"
  switch trouble.kind {
  case .cut:
    return IntakeFailure(
      .damaged, place, zh: "文件在此中断，元素没有结束 — 请重新导出或重新传送完整文件",
      en: "the file ends here with elements still open — export or transfer the whole file again")
  case .encoding:
    return IntakeFailure(
      .damaged, place,
      zh: "此处的字节不是 \(guess.encoding.rawValue)（依据：\(guess.evidence)） — 请按声明的编码重新导出，或改正 XML 声明",
      en:
        "the bytes here are not \(guess.encoding.rawValue) (known by: \(guess.evidence)) — "
        + "export again in the declared encoding, or correct the XML declaration"
    )
  case .documentType:
    return IntakeFailure(
      .damaged, place, zh: "文件含有 DOCTYPE 声明，出于安全不予读取 — 请导出不含 DOCTYPE 的文件",
      en: "the file has a DOCTYPE, which is refused for safety — export it without one")
  case .malformed:
    return IntakeFailure(
      .damaged, place, zh: "不是格式良好的 XML（\(trouble.message)） — 请重新导出",
      en: "this is not well-formed XML (\(trouble.message)) — export the file again")
  }
}
