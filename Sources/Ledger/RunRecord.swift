public import Foundation

/// What the ledger keeps of one run.
public struct RunRecord: Sendable, Equatable {
  /// Place in the ledger from 1; 0 before the run is recorded.
  public internal(set) var sequence = 0
  /// Sequence of the run whose reports this one replaced; nil for the first of its id.
  public internal(set) var supersedes: Int?
  public var id: String
  public var title: String
  public var purpose: String
  /// As in `run.yaml`, e.g. `2018-09-30`.
  public var asOf: String
  public var pack: String
  public var edition: String
  public var packHash: String
  /// Paths as they were given on the command line; no rules where `run.yaml` named the pack.
  public var delivery: String
  public var rules: String?
  public var toolVersion: String
  public var started: Date
  public var finished: Date
  /// 0, or 3 where tolerances were exceeded.
  public var exitStatus: Int
  public var manifestHash: String
  public var manifest: String
  public var rubrics: [RubricSummary]

  public init(
    id: String, title: String, purpose: String, asOf: String, pack: String, edition: String,
    packHash: String, delivery: String, rules: String?, toolVersion: String, started: Date,
    finished: Date, exitStatus: Int, manifestHash: String, manifest: String,
    rubrics: [RubricSummary]
  ) {
    self.id = id
    self.title = title
    self.purpose = purpose
    self.asOf = asOf
    self.pack = pack
    self.edition = edition
    self.packHash = packHash
    self.delivery = delivery
    self.rules = rules
    self.toolVersion = toolVersion
    self.started = started
    self.finished = finished
    self.exitStatus = exitStatus
    self.manifestHash = manifestHash
    self.manifest = manifest
    self.rubrics = rubrics
  }
}

/// How many subjects one rubric ranked in a run.
public struct RubricSummary: Sendable, Equatable {
  public var rubric: String
  public var subjects: Int
  public var ranked: Int
  public var pending: Int
  public var gated: Int
  /// As in the manifest; empty where it was not asked for.
  public var aggregate: String

  public init(
    rubric: String, subjects: Int, ranked: Int, pending: Int, gated: Int, aggregate: String = ""
  ) {
    self.rubric = rubric
    self.subjects = subjects
    self.ranked = ranked
    self.pending = pending
    self.gated = gated
    self.aggregate = aggregate
  }
}
