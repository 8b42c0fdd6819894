import Tables
import Testing

@Suite("A stated figure beside the computed one")
struct StatedFigureTests {
  static let numbers: [(Int, StatedFigure.Degree, ComputedFigure, FigureState)] = [
    (14, .exactly, ComputedFigure(number: 14, unknown: 0), .agrees),
    (14, .exactly, ComputedFigure(number: 13, unknown: 0), .differs),
    (14, .exactly, ComputedFigure(number: 13, unknown: 1), .cannotBeKnown),
    (14, .exactly, ComputedFigure(number: 14, unknown: 1), .cannotBeKnown),
    (14, .exactly, ComputedFigure(number: 12, unknown: 1), .differs),
    (14, .exactly, ComputedFigure(number: 15, unknown: 9), .differs),
    (20, .moreThan, ComputedFigure(number: 21, unknown: 5), .agrees),
    (20, .moreThan, ComputedFigure(number: 20, unknown: 0), .differs),
    (20, .moreThan, ComputedFigure(number: 20, unknown: 1), .cannotBeKnown),
    (20, .atLeast, ComputedFigure(number: 20, unknown: 0), .agrees),
    (20, .atLeast, ComputedFigure(number: 18, unknown: 1), .differs),
    // A sum can miss any amount.
    (100, .exactly, ComputedFigure(number: 90, unknown: 1, countsOnes: false), .cannotBeKnown),
    (100, .exactly, ComputedFigure(number: 101, unknown: 1, countsOnes: false), .differs),
    (100, .atLeast, ComputedFigure(number: 90, unknown: 1, countsOnes: false), .cannotBeKnown),
  ]

  @Test("agrees or differs only where the unknown cannot change it", arguments: numbers)
  func number(
    stated: Int, degree: StatedFigure.Degree, computed: ComputedFigure, state: FigureState
  ) {
    #expect(StatedFigure(.number(stated), degree).state(beside: computed) == state)
  }

  static let shares: [(Int, StatedFigure.Degree, ComputedFigure, FigureState)] = [
    // Not rounded: 80.0% is not more than 80%, and 4,001 of 5,000 are.
    (800, .moreThan, ComputedFigure(number: 4000, unknown: 0, whole: 5000), .differs),
    (800, .moreThan, ComputedFigure(number: 4001, unknown: 0, whole: 5000), .agrees),
    (800, .moreThan, ComputedFigure(number: 3990, unknown: 20, whole: 5000), .cannotBeKnown),
    (800, .moreThan, ComputedFigure(number: 3990, unknown: 10, whole: 5000), .differs),
    (1000, .exactly, ComputedFigure(number: 5726, unknown: 0, whole: 5728), .differs),
    (1000, .exactly, ComputedFigure(number: 5726, unknown: 2, whole: 5728), .cannotBeKnown),
    (1000, .exactly, ComputedFigure(number: 5728, unknown: 0, whole: 5728), .agrees),
    // Stated to its last digit.
    (667, .exactly, ComputedFigure(number: 2, unknown: 0, whole: 3), .agrees),
    (700, .exactly, ComputedFigure(number: 2, unknown: 0, whole: 3), .differs),
    (800, .moreThan, ComputedFigure(number: 0, unknown: 0, whole: 0), .nothingDelivered),
  ]

  @Test("compares shares exactly where they are a bound", arguments: shares)
  func share(
    stated: Int, degree: StatedFigure.Degree, computed: ComputedFigure, state: FigureState
  ) {
    #expect(StatedFigure(.share(stated), degree).state(beside: computed) == state)
  }
}
