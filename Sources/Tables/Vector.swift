/// The lanes of one batch: a value each, known or unknown or in error.
public struct Vector: Sendable {
  public var values: Values
  /// For each lane a set of missing facts, as bits that the evaluated expression numbers; 0 is
  /// known. Empty while every lane is known. As gathered 1 is missing, and in rows of
  /// lists `undecided` what was delivered and not accepted.
  public var missing: [UInt64]
  /// For each lane an error (0 is none), as `Fault` numbers of the evaluator. Empty while no lane
  /// is in error.
  public var faults: [UInt8]

  public init(_ values: Values, missing: [UInt64] = [], faults: [UInt8] = []) {
    self.values = values
    self.missing = missing
    self.faults = faults
  }

  /// What is missing in a row of a list that was delivered and not accepted: whether a value is
  /// stated is not known there either, so that no condition passes such a row over.
  public static let undecided: UInt64 = 2

  public var count: Int { values.count }

  /// For each lane whether it holds a value that may be used.
  public var known: [Bool] {
    if missing.isEmpty && faults.isEmpty { return Array(repeating: true, count: count) }
    if faults.isEmpty { return missing.map { $0 == 0 } }
    return (0..<count).map { isKnown($0) }
  }

  /// Whether a lane holds a value that may be used.
  @inlinable public func isKnown(_ lane: Int) -> Bool {
    (missing.isEmpty || missing[lane] == 0) && (faults.isEmpty || faults[lane] == 0)
  }
}

/// The values of a vector, by type; a lane that is not known holds a meaningless value.
public enum Values: Sendable {
  case flags([Bool])
  case integers([Int64])
  /// In millionths (`Exact`).
  case decimals([Int64])
  case reals([Double])
  /// Packed as in `PartialDate`.
  case dates([Int32])
  case codes(ids: [Int32], names: [String])
  case texts(Texts)
  /// For each lane the rows of a child table.
  case rows(ChildRows)
  /// Values of any type: lists, maps, timestamps, durations, null, or a mixture.
  case boxed([Value])

  public var count: Int {
    switch self {
    case .flags(let lanes): lanes.count
    case .integers(let lanes), .decimals(let lanes): lanes.count
    case .reals(let lanes): lanes.count
    case .dates(let lanes): lanes.count
    case .codes(let ids, _): ids.count
    case .texts(let texts): texts.count
    case .rows(let rows): rows.count
    case .boxed(let lanes): lanes.count
    }
  }
}

/// Texts as ranges of a buffer that they share with the column they came from.
public struct Texts: Sendable {
  public var bytes: [UInt8]
  public var starts: [Int]
  public var lengths: [Int32]

  public init(bytes: [UInt8], starts: [Int], lengths: [Int32]) {
    self.bytes = bytes
    self.starts = starts
    self.lengths = lengths
  }

  public init(_ texts: [String]) {
    bytes = []
    starts = []
    lengths = []
    for text in texts {
      starts.append(bytes.count)
      bytes.append(contentsOf: text.utf8)
      lengths.append(Int32(bytes.count - starts[starts.count - 1]))
    }
  }

  public var count: Int { starts.count }

  public subscript(lane: Int) -> String {
    String(decoding: bytes[starts[lane]..<starts[lane] + Int(lengths[lane])], as: UTF8.self)
  }
}

/// The rows of a list fact for the lanes of a batch: those of lane `i` are
/// `offsets[i]..<offsets[i + 1]` of the child batch.
public struct ChildRows: Sendable {
  public var offsets: [Int32]
  public var batch: Batch

  public init(offsets: [Int32], batch: Batch) {
    self.offsets = offsets
    self.batch = batch
  }

  public var count: Int { offsets.count - 1 }
}

/// A value of any type of the expression language, for what columns do not hold.
public indirect enum Value: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case decimal(Exact)
  case string(String)
  case date(PartialDate)
  /// Nanoseconds are kept apart so that the whole range of years 1–9999 fits.
  case timestamp(seconds: Int64, nanos: Int32)
  case duration(seconds: Int64, nanos: Int32)
  case list([Value])
  case map([MapEntry])
  /// A type as a value, by its name.
  case type(String)

  public struct MapEntry: Sendable, Hashable {
    public var key: Value
    public var value: Value

    public init(key: Value, value: Value) {
      self.key = key
      self.value = value
    }
  }
}

/// A stretch of rows with the facts that an expression needs, by slot.
public struct Batch: Sendable {
  public let count: Int
  public var vectors: [Int: Vector]

  public init(count: Int, vectors: [Int: Vector] = [:]) {
    self.count = count
    self.vectors = vectors
  }
}

/// The facts that an evaluation reads, by slot; for lists, what it reads of their rows.
public struct Demand: Sendable, Equatable {
  public var slots: Set<Int>
  public var lists: [Int: Demand]

  public init(slots: Set<Int> = [], lists: [Int: Demand] = [:]) {
    self.slots = slots
    self.lists = lists
  }

  public mutating func form(union other: Demand) {
    slots.formUnion(other.slots)
    for (slot, demand) in other.lists { lists[slot, default: Demand()].form(union: demand) }
  }
}
