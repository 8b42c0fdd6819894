/// What runs in the report page, in the order in which it stands there.
let reportScript: [StaticString] = [
  scriptBase, scriptListing, scriptHistory, scriptOverview, scriptCoverage, scriptRanking,
  scriptSubject, scriptScreening, scriptData, scriptMain,
]
