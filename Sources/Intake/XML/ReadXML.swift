import Fields
import RulePacks
import Tables

/// How an XML file is read.
struct XMLLayout: Sendable {
  var profile: Int
  var encoding: XMLEncoding
  var plan: XMLPlan
}

/// Finds the profile whose row element and required columns stand in the beginning of an XML file.
///
/// - Parameter open: gives the text of that beginning.
func recogniseXML(
  _ head: Span<UInt8>, isWhole: Bool, pack: RulePack, shown: String,
  open: (XMLEncoding) throws(IntakeFailure) -> XMLText
) throws(IntakeFailure) -> XMLLayout {
  let encoding = xmlEncoding(head)
  let text = try open(encoding)
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
  let empty =
    best == nil && isWhole ? pack.sources.indices.filter { survey.isNilReturn($0, pack) } : []
  // Of which of several nobody can tell; that none of them has any would be a guess.
  guard empty.count < 2 else { throw nilReturn(empty, pack, shown, bytes: head.count) }
  if let profile = empty.first {
    return XMLLayout(profile: profile, encoding: encoding, plan: XMLPlan(profile, pack))
  }
  guard let best else {
    if nearest == nil, let failure = survey.wrappedFailure(pack, shown) { throw failure }
    if nearest == nil, let failure = survey.pathFailure(pack, shown) { throw failure }
    throw unrecognised(nearest, pack, shown)
  }
  try requireDeclared(encoding, pack.sources[best.profile], head, shown)
  return XMLLayout(
    profile: best.profile, encoding: encoding, plan: XMLPlan(best.profile, pack))
}

/// Refuses a file whose bytes are plainly not in the encoding that its profile declares.
private func requireDeclared(
  _ encoding: XMLEncoding, _ source: SourceProfile, _ head: Span<UInt8>, _ shown: String
) throws(IntakeFailure) {
  let agrees: Bool
  switch (source.encoding, encoding.guess.encoding) {
  case (nil, _): return
  case (.utf8, .utf8): agrees = encoding.guess.declared == nil
  case (.gb18030, .gb18030), (.utf16, .utf16LittleEndian), (.utf16, .utf16BigEndian): agrees = true
  default: agrees = false
  }
  guard !agrees, !(encoding.guess.encoding == .utf8 && isASCII(head)) else { return }
  throw encodingContradicted(source, encoding.guess, shown)
}

private func isASCII(_ bytes: Span<UInt8>) -> Bool {
  for index in bytes.indices where bytes[index] >= 0x80 { return false }
  return true
}

/// More columns recognised, then the first id.
private func isCloser(_ fit: ProfileFit, _ other: ProfileFit, _ pack: RulePack) -> Bool {
  if fit.recognised != other.recognised { return fit.recognised > other.recognised }
  return pack.sources[fit.profile].id < pack.sources[other.profile].id
}

/// A file without rows that may be of several profiles.
private func nilReturn(
  _ profiles: [Int], _ pack: RulePack, _ shown: String, bytes: Int
) -> IntakeFailure {
  let ids = profiles.map { pack.sources[$0].id }.joined(separator: "、")
  let what = Bilingual(
    zh: "文件中没有记录（零报告），看不出是哪一种来源（\(ids)）",
    en: "it has no rows (a nil return), and nobody can tell of which profile (\(ids))")
  let cure = Bilingual(
    zh: "如确无数据，无需处理；否则请重新导出",
    en: "nothing needs to be done where there are no data; export it again otherwise")
  var failure = IntakeFailure(
    .foreign, shown, zh: "\(what.zh) — \(cure.zh)", en: "\(what.en) — \(cure.en)")
  failure.aside = SetAside(
    path: shown, bytes: bytes, reason: .nilReturn, what: what, cure: cure)
  return failure
}

func noMemory(_ shown: String) -> IntakeFailure {
  IntakeFailure(
    .unreadable, shown, zh: "内存不足 — 请减少并行任务数后重试",
    en: "there is no memory for a parser — try again with fewer jobs")
}

/// An XML file that cannot be read to its end.
func damaged(_ trouble: XMLTrouble, _ guess: EncodingGuess, _ shown: String) -> IntakeFailure {
  var trouble = trouble
  // libxml2 quotes what it cannot read.
  trouble.message = scrubbed(trouble.message)
  let place = "\(shown):\(trouble.line):\(max(trouble.column, 1))"
  switch trouble.kind {
  case .cut:
    return IntakeFailure(
      .damaged, place, zh: "文件在此中断，元素没有结束 — 请重新导出或重新传送完整文件",
      en: "the file ends here with elements still open — export or transfer the whole file again")
  case .encoding:
    return IntakeFailure(
      .damaged, place,
      zh: "此处的字节不是 \(guess.name)（依据：\(guess.evidenceInChinese)） — 请按声明的编码重新导出，或改正声明",
      en:
        "the bytes here are not \(guess.name) (known by: \(guess.evidence)) — "
        + "export again in the declared encoding, or correct the declaration"
    )
  case .unknownEncoding:
    return IntakeFailure(
      .damaged, place,
      zh: "文件声明的编码“\(guess.name)”无法识别 — 请改用 UTF-8 或 GB18030 重新导出",
      en: "the file declares the encoding “\(guess.name)”, which is not known — export it again in "
        + "UTF-8 or GB18030")
  case .documentType:
    return IntakeFailure(
      .damaged, place, zh: "文件含有 DOCTYPE 声明，出于安全不予读取 — 请导出不含 DOCTYPE 的文件",
      en: "the file has a DOCTYPE, which is refused for safety — export it without one")
  case .character:
    return IntakeFailure(
      .damaged, place,
      zh: "此处有 XML 不允许的字符（\(trouble.message)） — 请在原系统中删去该字符后重新导出",
      en: "a character stands here that XML does not allow (\(trouble.message)) — remove it in the "
        + "system that the file comes from, and export again")
  case .afterRoot:
    return IntakeFailure(
      .damaged, place,
      zh: "根元素结束之后还有内容（\(trouble.message)），可能是两个文件接在一起，或传送出错 — 请拆成单独的文件，或重新导出",
      en: "there is more after the end of the root element (\(trouble.message)): two files in one, "
        + "or a fault of the transfer — deliver them as files of their own, or export again")
  case .noRoot:
    return IntakeFailure(
      .damaged, place, zh: "文件中没有任何元素 — 请重新导出，或移出本文件",
      en: "the file has no element — export it again, or take it out of the folder")
  case .attributes:
    let most = grouped(AttributeCount.most)
    return IntakeFailure(
      .damaged, place, zh: "此处一个元素的属性超过 \(most) 个，不是正常的导出 — 请重新导出，或请导出程序的维护人员更正",
      en: "a tag here has more than \(most) attributes, which no export writes — export the file "
        + "again, or have the export mended")
  case .malformed where trouble.message.contains("XML declaration allowed only at the start"):
    return IntakeFailure(
      .damaged, place,
      zh: "XML 声明不在文件开头：可能是两个文件接在一起，或文件开头有空行、空格 — 请拆成单独的文件，"
        + "或删去开头的空行后重新报送",
      en: "an XML declaration stands here and not at the beginning: two files in one, or a blank "
        + "line or space before it — deliver them as files of their own, or take the blanks out")
  case .malformed:
    return IntakeFailure(
      .damaged, place, zh: "不是格式良好的 XML（\(trouble.message)） — 请重新导出",
      en: "this is not well-formed XML (\(trouble.message)) — export the file again")
  }
}

/// What is said where a file's declaration names another encoding than its bytes are of.
func contradiction(_ encoding: XMLEncoding, _ path: String, file: Int) -> Finding? {
  guard let declared = encoding.contradicted else { return nil }
  let (name, evidence) = (encoding.guess.name, encoding.guess.evidence)
  return Finding(
    .warning, "encoding-declaration", place: Place(file: Int32(file), line: 1, record: 0),
    message: Bilingual(
      zh: "\(path) 声明的编码 \(declared) 与内容不符，已按 \(name) 读取（依据：\(encoding.guess.evidenceInChinese)）",
      en: "\(path) declares \(declared), which its bytes contradict; read as \(name) (known by: "
        + "\(evidence))"),
    cure: Bilingual(
      zh: "请改正导出程序写出的编码声明", en: "correct the encoding that the export declares"))
}
