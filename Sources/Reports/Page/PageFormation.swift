import Tables

/// How many each plan of the pack reaches, and in which way.
func formations(_ results: RunResult, _ json: inout JSON) {
  json.array("formations") { json in
    for plan in results.formation where plan.count > 0 {
      var subjects: [FormationPlan.Way: Int] = [:]
      var together = 0
      for number in 0..<plan.count {
        let proposal = plan[number]
        subjects[proposal.way, default: 0] += proposal.members.count
        together += proposal.way == .joint ? 1 : 0
      }
      json.object { json in
        json.number("alone", subjects[.alone] ?? 0)
        json.number("joint", subjects[.joint] ?? 0)
        json.number("groups", together)
        json.number("area", subjects[.area] ?? 0)
        json.number("otherwise", subjects[.otherwise] ?? 0)
        json.number("unknown", subjects[.unknown] ?? 0)
      }
    }
  }
}
