import Tables

/// A part of a file whose lines can be made in any order: a beginning, and so many lines.
struct Lines: Sendable {
  var head: [UInt8]
  var count: Int
  /// How many lines are made at a time.
  var stretch: Int
  var make: @Sendable (Range<Int>) -> [UInt8]

  init(
    head: [UInt8] = [], count: Int, stretch: Int = 4096,
    make: @escaping @Sendable (Range<Int>) -> [UInt8]
  ) {
    self.head = head
    self.count = count
    self.stretch = stretch
    self.make = make
  }

  /// Lines that are there already.
  init(_ bytes: [UInt8]) {
    self.init(head: bytes, count: 0) { _ in [] }
  }

  /// Rows of separated text, each made by `row`.
  init(
    header: [String]? = nil, count: Int, stretch: Int = 4096,
    row: @escaping @Sendable (Int, inout CSV) -> Void
  ) {
    self.init(
      head: header.map { CSV(header: $0).bytes } ?? [], count: count, stretch: stretch
    ) { range in
      var csv = CSV()
      for index in range { row(index, &csv) }
      return csv.bytes
    }
  }
}

/// A file of the reports, before it is written.
struct Document: Sendable {
  /// Path within the run's folder.
  var path: String
  var parts: [Lines]

  init(_ path: String, _ parts: [Lines]) {
    self.path = path
    self.parts = parts
  }
}

/// Makes the stretches of `lines` at the same time and takes them in their order.
///
/// No more than a few stretches wait for an earlier one, so memory is bounded.
func inOrder(
  _ lines: Lines, jobs: Int, take: ([UInt8]) throws(ReportFailure) -> Void
) async throws(ReportFailure) {
  if !lines.head.isEmpty { try take(lines.head) }
  let stretches = (lines.count + lines.stretch - 1) / lines.stretch
  // One more than jobs, because one is taken meanwhile.
  try await inOrder(
    stretches, jobs: jobs > 1 ? jobs + 1 : 1, ahead: 2 * jobs,
    { index in
      lines.make(index * lines.stretch..<min(lines.count, (index + 1) * lines.stretch))
    }, take: take)
}
