import Expressions
import Tables

extension PackLoader {
  /// Populations, rates and proposals of all files of `derive/`.
  mutating func readCoverage() {
    for file in derivationFiles {
      readRates(file)
      if let node = file.map["formation"] { readFormation(node, of: file.subject) }
    }
    for file in derivationFiles {
      if let node = file.map["overview"] { readOverview(node, of: file.subject) }
    }
    readDisparity()
  }

  private mutating func readRates(_ file: DerivationFile) {
    let subject = file.subject
    var coverage =
      pack.coverages.first { $0.subject == subject }
      ?? Coverage(subject: subject, populations: [], dimensions: [], measures: [])
    var ignored = Field.Sensitivity.open
    for item in reading.list(file.map["populations"]) {
      guard let map = reading.map(item, .population), let id = reading.id(map["id"]) else {
        continue
      }
      if coverage.populations.contains(where: { $0.id == id }) {
        duplicate(id, at: map["id"]?.spot ?? map.spot)
      }
      let condition = early(
        map["where"], scope: subject, expecting: [.bool], protection: &ignored)
      guard let condition else { continue }
      coverage.populations.append(
        Coverage.Population(
          id: id, title: reading.text(map["title"]) ?? "",
          definition: reading.text(map["definition"]) ?? "", condition: condition))
    }
    for item in reading.list(file.map["dimensions"]) {
      guard let map = reading.map(item, .dimension),
        let slot = openFact(map["fact"], of: subject)
      else { continue }
      refuseResult(slot, of: subject, at: map["fact"]?.spot ?? map.spot)
      coverage.dimensions.append(
        Coverage.Dimension(fact: slot, title: reading.text(map["title"]) ?? ""))
    }
    for item in reading.list(file.map["measures"]) {
      guard let map = reading.map(item, .measure), let id = reading.id(map["id"]) else { continue }
      if coverage.measures.contains(where: { $0.id == id }) {
        duplicate(id, at: map["id"]?.spot ?? map.spot)
      }
      let count = early(map["count"], scope: subject, expecting: [.bool], protection: &ignored)
      let of = early(map["of"], scope: subject, expecting: [.bool], protection: &ignored)
      guard let count else { continue }
      coverage.measures.append(
        Coverage.Measure(
          id: id, title: reading.text(map["title"]) ?? "",
          definition: reading.text(map["definition"]) ?? "", count: count, of: of,
          target: reading.share(map["target"])))
    }
    guard !coverage.populations.isEmpty || !coverage.measures.isEmpty else { return }
    if let index = pack.coverages.firstIndex(where: { $0.subject == subject }) {
      pack.coverages[index] = coverage
    } else {
      pack.coverages.append(coverage)
    }
  }

  /// Results of rubrics come later than what is counted here.
  mutating func refuseResult(_ slot: Int, of subject: Int, at spot: Spot) {
    let place = root(FactPlace(subject: subject, slot: slot))
    guard case .result = pack.subjects[place.subject].facts[place.slot].origin else { return }
    reading.fault(
      at: spot, say("这里不能使用评价结果", "results of rubrics cannot be used here"),
      cure: say("请改用事实", "name a fact"))
  }

  /// Facts by which results are compared; each must be known of at least one subject.
  private mutating func readDisparity() {
    guard let map = disparity else { return }
    var by: [String] = []
    for item in reading.list(map["by"]) {
      guard let name = reading.text(item) else { continue }
      let owners = pack.subjects.indices.filter { names[$0].slots[name] != nil }
      if owners.isEmpty {
        let known = Set(names.flatMap { $0.slots.keys })
        reading.unknownName(name, at: item.spot, what: say("事实", "fact"), among: known)
      }
      for subject in owners { _ = openFact(item, of: subject) }
      by.append(name)
    }
    let smallest = reading.int(map["smallest-group"], in: 1...Int.max) ?? 10
    pack.disparity = RulePack.Disparity(by: by, smallestGroup: smallest)
    pack.disparity?.findingFrom = map["finding-from"].flatMap { reading.share($0) }
  }
}
