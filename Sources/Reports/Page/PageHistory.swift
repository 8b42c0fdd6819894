import RulePacks
import Tables

/// The runs before this one, the last at the end.
func earlier(_ results: RunResult, _ json: inout JSON) {
  if let previous = results.run.previous { json.string("previous", previous) }
  json.array("earlier") { json in
    for run in results.earlier {
      json.object { json in
        json.string("id", run.id)
        json.string("title", run.title)
        json.string("asOf", run.asOf)
      }
    }
  }
}

/// Of one ranking what its earlier runs had, and what changed since the last.
func change(_ results: RunResult, _ list: PageList, _ json: inout JSON) {
  guard !results.earlier.isEmpty else { return }
  json.array("earlier") { json in
    for run in results.earlier {
      guard let ranking = run.rankings[list.index] else {
        json.null()
        continue
      }
      json.object { json in
        json.string("edition", ranking.edition)
        // Of tiers that the rubric no longer has, only the id is known.
        let tiers = results.rubric(of: list.index).tiers
        json.strings(
          "tiers", ranking.tiers.map { id in tiers.first { $0.id == id }?.label ?? id })
      }
    }
  }
  guard let last = results.earlier.last?.rankings[list.index],
    let changes = ResultChanges(results, list.index)
  else { return }
  json.object("change") { json in
    json.number("entered", changes.entered)
    json.number("left", changes.left)
    json.number("up", changes.moves.higher)
    json.number("down", changes.moves.lower)
    json.number("same", changes.moves.sameScore)
    json.number("better", changes.moves.tierUp)
    json.number("worse", changes.moves.tierDown)
    json.number("ranked", changes.moves.ranked)
    json.number("unranked", changes.moves.unranked)
    json.array("moves") { json in
      for entry in changes.largest { move(results, list.index, entry, last, to: &json) }
    }
  }
}

/// Who it is, and score, rank and tier before and now; -1 is no tier.
private func move(
  _ results: RunResult, _ index: Int, _ entry: Int, _ last: EarlierRanking, to json: inout JSON
) {
  guard let old = last.entries[entry] else { return }
  let card = results.scorecards[index]
  let subjects = ShownSubjects(results, kind: results.rubric(of: index).subject)
  let row = Int(card.subjects[entry])
  let tier = card.statuses[entry].hasRank ? Int(card.tiers[entry]) : -1
  json.object { json in
    json.string("id", subjects.id(row))
    json.string("name", subjects.name(row))
    json.object("before") { json in
      json.number("score", Int(old.score))
      json.number("rank", Int(old.rank))
      json.number("tier", Int(old.tier))
    }
    json.object("now") { json in
      json.number("score", Int(card.scores[entry]))
      json.number("rank", Int(results.standings[index].ranks[entry]))
      json.number("tier", tier)
    }
  }
}

/// The ranks that some entries had in the last run: 0 is a result without a rank, −1 none.
func earlierRanks(_ results: RunResult, _ index: Int, _ entries: [Int32]) -> [Int32] {
  guard let last = results.earlier.last?.rankings[index] else { return [] }
  return entries.map { entry in last.entries[Int(entry)].map { Int32($0.rank) } ?? -1 }
}

/// `data/RUBRIC-history-N.js`: results of so many subjects in the earlier runs.
///
/// One a run, null where it did not apply the rubric: columns with a row a subject.
func pageHistory(_ results: RunResult, _ list: PageList, _ number: Int, _ range: Range<Int>)
  -> Document
{
  let entries = list.entries[range]
  var json = JSON()
  json.array { json in
    for run in results.earlier {
      guard let ranking = run.rankings[list.index] else {
        json.null()
        continue
      }
      let then = entries.map { ranking.entries[Int($0)] }
      json.object { json in
        json.numbers("status", then.lazy.map { $0?.status.place ?? -1 })
        json.numbers("score", then.lazy.map { Int($0?.score ?? 0) })
        json.numbers("rank", then.lazy.map { Int($0?.rank ?? 0) })
        json.numbers("size", then.lazy.map { Int($0?.cohortSize ?? 0) })
        json.numbers("tier", then.lazy.map { Int($0?.tier ?? -1) })
      }
    }
  }
  return dataDocument("\(list.stem)-history-\(number)", json.bytes)
}
