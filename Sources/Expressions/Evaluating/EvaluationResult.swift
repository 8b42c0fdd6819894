import Tables

/// A result within an evaluation: a vector, or one value that stands for every lane.
struct EvaluationResult {
  var values: Values
  var missing: [UInt64] = []
  var faults: [UInt8] = []
  /// Whether the one lane there is stands for all.
  var isUniform = false
  /// Where the values are rows: which rows of the child batch, if not all. Offsets then count
  /// these.
  var picks: [Int32]?

  /// Whether every lane has a value.
  var isKnown: Bool { missing.isEmpty && faults.isEmpty }

  func missing(at lane: Int) -> UInt64 {
    missing.isEmpty ? 0 : missing[isUniform ? 0 : lane]
  }

  func fault(at lane: Int) -> UInt8 {
    faults.isEmpty ? 0 : faults[isUniform ? 0 : lane]
  }

  func isKnown(at lane: Int) -> Bool { missing(at: lane) == 0 && fault(at: lane) == 0 }

  mutating func setFault(_ fault: Fault, at lane: Int, of count: Int) {
    if faults.isEmpty { faults = Array(repeating: 0, count: count) }
    faults[lane] = fault.rawValue
  }

  mutating func setMissing(_ bits: UInt64, at lane: Int, of count: Int) {
    if missing.isEmpty { missing = Array(repeating: 0, count: count) }
    missing[lane] |= bits
  }

  /// The same with a lane each.
  func spread(over count: Int) -> EvaluationResult {
    guard isUniform else { return self }
    return gathered(Array(repeating: 0, count: count), keepsUniform: false)
  }

  /// The lanes at the given places.
  func gathered(_ places: [Int32], keepsUniform: Bool = true) -> EvaluationResult {
    if isUniform, keepsUniform { return self }
    var result = EvaluationResult(values: values.gathered(places))
    if !missing.isEmpty { result.missing = gather(missing, places) }
    if !faults.isEmpty { result.faults = gather(faults, places) }
    if let picks, case .rows(let rows) = values {
      // The picked rows are laid out anew, so that offsets count them again.
      let (offsets, taken) = rows.ranges(places, picks)
      result.values = .rows(ChildRows(offsets: offsets, batch: rows.batch))
      result.picks = taken
    } else if case .rows(let rows) = values {
      let (offsets, taken) = rows.ranges(places, nil)
      result.values = .rows(ChildRows(offsets: offsets, batch: rows.batch))
      result.picks = taken
    }
    return result
  }

  /// As a vector that owes nothing to this evaluation.
  func vector(count: Int) -> Vector {
    let lanes = spread(over: count)
    var values = lanes.values
    if let picks = lanes.picks, case .rows(let rows) = values {
      values = .rows(ChildRows(offsets: rows.offsets, batch: rows.batch.gathered(picks)))
    }
    let isMissing = lanes.missing.contains { $0 != 0 }
    let isFaulty = lanes.faults.contains { $0 != 0 }
    return Vector(
      values, missing: isMissing ? lanes.missing : [], faults: isFaulty ? lanes.faults : [])
  }
}

func gather<Element>(_ source: [Element], _ places: [Int32]) -> [Element] {
  var result: [Element] = []
  result.reserveCapacity(places.count)
  for place in places { result.append(source[Int(place)]) }
  return result
}

extension ChildRows {
  /// The rows of the given lanes one after another, and where those of each lane begin.
  func ranges(_ places: [Int32], _ picks: [Int32]?) -> (offsets: [Int32], rows: [Int32]) {
    var newOffsets: [Int32] = [0]
    var rows: [Int32] = []
    for place in places {
      for row in offsets[Int(place)]..<offsets[Int(place) + 1] {
        rows.append(picks.map { $0[Int(row)] } ?? row)
      }
      newOffsets.append(Int32(rows.count))
    }
    return (newOffsets, rows)
  }
}

extension Values {
  /// The lanes at the given places; lists of rows are left to the caller.
  func gathered(_ places: [Int32]) -> Values {
    switch self {
    case .flags(let lanes): .flags(gather(lanes, places))
    case .integers(let lanes): .integers(gather(lanes, places))
    case .decimals(let lanes): .decimals(gather(lanes, places))
    case .reals(let lanes): .reals(gather(lanes, places))
    case .dates(let lanes): .dates(gather(lanes, places))
    case .codes(let ids, let names): .codes(ids: gather(ids, places), names: names)
    case .texts(let texts):
      .texts(
        Texts(
          bytes: texts.bytes, starts: gather(texts.starts, places),
          lengths: gather(texts.lengths, places)))
    case .rows: self
    case .boxed(let lanes): .boxed(gather(lanes, places))
    }
  }
}

extension Vector {
  /// The lanes at the given places.
  func gathered(_ places: [Int32]) -> Vector {
    EvaluationResult(values: values, missing: missing, faults: faults).gathered(places)
      .vector(count: places.count)
  }
}

extension Batch {
  /// The rows at the given places, with everything in them.
  func gathered(_ places: [Int32]) -> Batch {
    Batch(count: places.count, vectors: vectors.mapValues { $0.gathered(places) })
  }
}
