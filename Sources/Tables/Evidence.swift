/// The facts and delivered rows behind an explanation.
extension Explanation {
  /// A correction that is laid over a delivered value.
  public struct Correction: Sendable, Hashable {
    public var delivered: String
    public var corrected: String
    public var reason: String
    public var document: String
    /// The role that decided it.
    public var decidedBy: String
    public var decidedOn: String
    /// Where the correction itself stands.
    public var file: String
    public var line: Int

    public init(_ applied: AppliedCorrection, files: [DeliveredFile]) {
      delivered = applied.oldValue
      corrected = applied.newValue
      reason = applied.reason
      document = applied.document
      decidedBy = applied.decidedBy
      decidedOn = applied.decidedOn?.description ?? ""
      let index = Int(applied.place.file)
      file = files.indices.contains(index) ? files[index].path : ""
      line = Int(applied.place.line)
    }

    /// What is laid over each cell; of several corrections the last one counts, and the first says
    /// what was delivered.
    public static func overlays(_ corrections: [AppliedCorrection], files: [DeliveredFile])
      -> [Provenance: Correction]
    {
      var found: [Provenance: Correction] = [:]
      for applied in corrections where applied.outcome == .applied {
        guard let target = applied.target else { continue }
        var correction = Correction(applied, files: files)
        correction.delivered = found[target]?.delivered ?? correction.delivered
        found[target] = correction
      }
      return found
    }
  }

  /// A fact that a rule read, and the delivered row it stands in.
  public struct Evidence: Sendable, Hashable {
    public var fact: String
    public var label: String
    /// Nil where it is missing.
    public var value: String?
    /// The value in words of both languages.
    public var shown: Bilingual?
    /// Whether it is a list, its value being the number of rows.
    public var isList = false
    public var provenance: Provenance?
    /// Filled from the delivered file when the explanation is shown.
    public var file: String?
    public var line: Int?
    public var raw: String?
    /// The office that can supply it, where it is missing.
    public var office: String?
    /// How it is missing, where the source said so.
    public var absence: CellState?
    /// For derived facts the rule that decided, and for a row of a list why it does not count.
    public var rule: String?
    /// For derived facts, what they were derived from; for lists, their rows.
    public var from: [Evidence]
    /// For derived facts, the rule in words, what decided, and on what it rests.
    public var sentence: Bilingual?
    public var because: [Reason] = []
    public var basis = ""
    /// For a row of a list, whether the rule counted it; nil where it does not count rows.
    public var counts: Bool?
    /// For a list, how many of its rows the rule counted.
    public var counted: Int?
    /// What was laid over the delivered value.
    public var correction: Correction?

    public init(
      fact: String, label: String, value: String?, provenance: Provenance?, office: String?,
      from: [Evidence] = []
    ) {
      self.fact = fact
      self.label = label
      self.value = value
      self.provenance = provenance
      self.office = office
      self.from = from
    }
  }
}
