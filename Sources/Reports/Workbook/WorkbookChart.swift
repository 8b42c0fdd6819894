import CLibXLSXWriter
import Tables

extension Workbook {
  /// Draws a chart to the right of the columns.
  func draw(
    _ chart: WorkbookSheet.Chart, _ place: Int, of sheet: WorkbookSheet,
    in target: UnsafeMutablePointer<lxw_worksheet>
  ) throws(ReportFailure) {
    guard let drawn = unsafe workbook_add_chart(book, UInt8(LXW_CHART_COLUMN.rawValue)) else {
      throw .workbook(path, chart.title)
    }
    unsafe chart_title_set_name(drawn, chart.title)
    for (number, series) in chart.series.enumerated() where !series.rows.isEmpty {
      let added = unsafe chart_add_series(drawn, nil, nil)
      let first = UInt32(series.rows.lowerBound + 2)
      let last = UInt32(series.rows.upperBound + 1)
      unsafe chart_series_set_categories(
        added, sheet.name, first, UInt16(chart.labels), last, UInt16(chart.labels))
      unsafe chart_series_set_values(
        added, sheet.name, first, UInt16(chart.values), last, UInt16(chart.values))
      unsafe chart_series_set_name(added, series.name)
      var fill = lxw_chart_fill()
      fill.color = seriesColours[number % seriesColours.count]
      unsafe chart_series_set_fill(added, &fill)
    }
    if chart.series.count < 2 {
      unsafe chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    } else {
      unsafe chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
    }
    if chart.figures == .share {
      unsafe chart_axis_set_num_format(drawn.pointee.y_axis, "0%")
      unsafe chart_axis_set_max(drawn.pointee.y_axis, 1)
    }
    unsafe chart_axis_set_min(drawn.pointee.y_axis, 0)
    var options = unsafe lxw_chart_options()
    unsafe options.x_scale = 1.2
    let row = UInt32(1 + place * 16)
    try check(
      unsafe worksheet_insert_chart_opt(
        target, row, UInt16(sheet.columns.count + 1), drawn, &options))
  }
}

private let seriesColours: [UInt32] = [0x7C9CBC, 0x9DB8A0, 0xCBB287, 0xB08F87, 0x9A9DA3]
