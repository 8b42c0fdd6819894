/// The scripts and style sheets of `Page/`, which the build embeds into the executable, in the
/// order in which each kind of page holds them.
///
/// A page opened from a folder may not load modules, so its scripts share one scope: a later file
/// may use what an earlier one declares, and only functions reach the other way.
enum PageFiles {
  /// The report page: quiet, in light and dark, from a telephone to a wall, and on A4.
  static let reportStyle = [
    PageTexts.tokens_css, PageTexts.base_css, PageTexts.frame_css,
    PageTexts.overview_css, PageTexts.list_css, PageTexts.narrow_css,
  ]

  static let reportScript = [
    PageTexts.base_js, PageTexts.table_js, PageTexts.listing_js,
    PageTexts.history_js,
    PageTexts.first_js, PageTexts.overview_js, PageTexts.coverage_js, PageTexts.published_js,
    PageTexts.ratings_js, PageTexts.formation_js, PageTexts.statistics_js,
    PageTexts.ranking_js,
    PageTexts.subject_js, PageTexts.screening_js, PageTexts.data_js,
    PageTexts.main_js,
  ]

  /// Pages of one piece, such as rubrics and what changed between two runs.
  static let sheetStyle = [
    PageTexts.tokens_css, PageTexts.base_css, PageTexts.sheet_css,
  ]

  static let rubricStyle = sheetStyle + [PageTexts.rubric_css]

  static let compareStyle = sheetStyle + [PageTexts.compare_css]

  static let sheetScript = [PageTexts.sheet_js]

  static let letterStyle = [PageTexts.tokens_css, PageTexts.letter_css]

  static let noticeStyle = letterStyle + [PageTexts.notice_css]

  static let meetingStyle = letterStyle + [PageTexts.meeting_css]
}
