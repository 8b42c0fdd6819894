/// The scripts and style sheets of `Page/`, which the build embeds into the executable, in the
/// order in which each kind of page holds them.
///
/// A page opened from a folder may not load modules, so its scripts share one scope: a later file
/// may use what an earlier one declares, and only functions reach the other way.
enum PageFiles {
  /// The report page: quiet, in light and dark, from a telephone to a wall, and on A4.
  static let reportStyle = [
    PackageResources.tokens_css, PackageResources.base_css, PackageResources.frame_css,
    PackageResources.overview_css, PackageResources.list_css, PackageResources.narrow_css,
  ]

  static let reportScript = [
    PackageResources.base_js, PackageResources.table_js, PackageResources.listing_js,
    PackageResources.history_js,
    PackageResources.overview_js, PackageResources.coverage_js, PackageResources.ranking_js,
    PackageResources.subject_js, PackageResources.screening_js, PackageResources.data_js,
    PackageResources.main_js,
  ]

  /// Pages of one piece, such as rubrics and what changed between two runs.
  static let sheetStyle = [
    PackageResources.tokens_css, PackageResources.base_css, PackageResources.sheet_css,
  ]

  static let rubricStyle = sheetStyle + [PackageResources.rubric_css]

  static let compareStyle = sheetStyle + [PackageResources.compare_css]

  static let sheetScript = [PackageResources.sheet_js]

  static let letterStyle = [PackageResources.tokens_css, PackageResources.letter_css]
}
