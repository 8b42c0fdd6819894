public import Tables

/// Between columns and boxed values.
extension EvaluationResult {
  /// The value of a lane that is known.
  func value(at lane: Int) -> Value {
    let place = isUniform ? 0 : lane
    switch values {
    case .flags(let lanes): return .bool(lanes[place])
    case .integers(let lanes): return .int(lanes[place])
    case .decimals(let lanes): return .decimal(Exact(millionths: lanes[place]))
    case .reals(let lanes): return .double(lanes[place])
    case .dates(let lanes): return .date(PartialDate(packed: lanes[place]))
    case .codes(let ids, let names):
      let id = Int(ids[place])
      return .string(names.indices.contains(id) ? names[id] : "")
    case .texts(let texts): return .string(texts[place])
    case .rows: return .null
    case .boxed(let lanes): return lanes[place]
    }
  }

  /// The same with values boxed; what is not known becomes null.
  func boxed(count: Int) -> EvaluationResult {
    if case .boxed = values { return self }
    let width = isUniform ? 1 : count
    var boxes: [Value] = []
    boxes.reserveCapacity(width)
    for lane in 0..<width { boxes.append(isKnown(at: lane) ? value(at: lane) : .null) }
    var result = self
    result.values = .boxed(boxes)
    return result
  }

  /// The same in the column that values of the type are kept in; known values of another type are
  /// errors.
  func unboxed(to type: ExpressionType, count: Int) -> EvaluationResult {
    guard case .boxed(let boxes) = values else { return self }
    let width = isUniform ? 1 : count
    var result = self
    switch type {
    case .bool:
      result.values = .flags(
        result.opened(boxes, width, false) { if case .bool(let flag) = $0 { flag } else { nil } })
    case .int:
      result.values = .integers(
        result.opened(boxes, width, 0) { if case .int(let number) = $0 { number } else { nil } })
    case .double:
      result.values = .reals(
        result.opened(boxes, width, 0) {
          if case .double(let number) = $0 { number } else { nil }
        })
    case .decimal:
      result.values = .decimals(
        result.opened(boxes, width, 0) {
          switch $0 {
          case .decimal(let number): number.millionths
          case .int(let number): Exact(number)?.millionths
          default: nil
          }
        })
    case .date:
      result.values = .dates(
        result.opened(boxes, width, 0) {
          if case .date(let date) = $0 { date.packed } else { nil }
        })
    case .string:
      result.values = .texts(
        Texts(
          result.opened(boxes, width, "") {
            if case .string(let text) = $0 { text } else { nil }
          }))
    case .timestamp, .duration, .null, .type, .list, .map:
      for lane in 0..<width where result.isKnown(at: lane) && !boxes[lane].isOne(of: type) {
        result.setFault(.noSuchOverload, at: lane, of: width)
      }
    case .dyn, .row: break
    }
    return result
  }

  private mutating func opened<Element>(
    _ boxes: [Value], _ width: Int, _ nothing: Element, _ open: (Value) -> Element?
  ) -> [Element] {
    var lanes: [Element] = []
    lanes.reserveCapacity(width)
    for lane in 0..<width {
      guard isKnown(at: lane) else {
        lanes.append(nothing)
        continue
      }
      let opened = open(boxes[lane])
      if opened == nil { setFault(.noSuchOverload, at: lane, of: width) }
      lanes.append(opened ?? nothing)
    }
    return lanes
  }
}

extension Value {
  /// Whether it is of the type, as far as that shows without looking into lists and maps.
  fileprivate func isOne(of type: ExpressionType) -> Bool {
    switch (self, type) {
    case (.timestamp, .timestamp), (.duration, .duration), (.null, .null), (.type, .type),
      (.list, .list), (.map, .map):
      true
    default: false
    }
  }
}

extension Vector {
  /// The value of a lane; nil where it is not known, or is a list of rows.
  public func value(at lane: Int) -> Value? {
    guard isKnown(lane) else { return nil }
    if case .rows = values { return nil }
    return EvaluationResult(values: values).value(at: lane)
  }
}
