import Tables

/// The lanes of a batch by what is asked of them: those of one kind have all answers in common.
struct Kinds {
  /// By lane.
  private var ids: [Int]
  /// A lane of each kind.
  private(set) var samples: [Int]

  init(count: Int) {
    ids = Array(repeating: 0, count: count)
    samples = [0]
  }

  mutating func split(by answers: [[Bool]]) {
    for answer in answers { split(among: 2) { answer[$0] ? 1 : 0 } }
  }

  mutating func split(by ways: [Int8]) {
    split(among: 256) { Int(UInt8(bitPattern: ways[$0])) }
  }

  @inline(__always)
  private mutating func split(among values: Int, _ value: (Int) -> Int) {
    var numbers = Array(repeating: -1, count: samples.count * values)
    samples.removeAll(keepingCapacity: true)
    for lane in ids.indices {
      let key = ids[lane] * values + value(lane)
      if numbers[key] < 0 {
        numbers[key] = samples.count
        samples.append(lane)
      }
      ids[lane] = numbers[key]
    }
  }

  /// How many lanes of each label are of each kind, where there are any.
  func counted(by labelled: Labelled) -> [(label: Int, kind: Int, units: Int)] {
    // Only labels that occur have a place.
    var places = Array(repeating: -1, count: labelled.names.count)
    var labels: [Int] = []
    for label in labelled.ids where places[label] < 0 {
      places[label] = labels.count
      labels.append(label)
    }
    var units = Array(repeating: 0, count: labels.count * samples.count)
    for lane in ids.indices { units[places[labelled.ids[lane]] * samples.count + ids[lane]] += 1 }
    return units.indices.compactMap { entry in
      guard units[entry] > 0 else { return nil }
      return (labels[entry / samples.count], entry % samples.count, units[entry])
    }
  }
}

/// The lanes of a batch by label: a number each into the labels that occur.
struct Labelled {
  var ids: [Int]
  var names: [String?]

  init(ids: [Int], names: [String?]) {
    self.ids = ids
    self.names = names
  }

  /// Codes keep their numbers, with 0 for what is not known; other values are numbered as they
  /// come.
  init(_ vector: Vector?, count: Int) {
    guard let vector, case .codes(let codes, let names) = vector.values else {
      self.init(labels(vector, at: Array(0..<count)))
      return
    }
    self.init(
      ids: codes.indices.map { vector.isKnown($0) ? Int(codes[$0]) + 1 : 0 },
      names: [nil] + names)
  }

  private init(_ labels: [String?]) {
    var numbers: [String?: Int] = [:]
    var names: [String?] = []
    ids = labels.map { label in
      if let number = numbers[label] { return number }
      numbers[label] = names.count
      names.append(label)
      return names.count - 1
    }
    self.names = names
  }
}
