import Foundation

/// A pack with an additive and a composite rubric, and deliveries of it.
package enum Shops {
  /// Writes the pack and one delivery.
  ///
  /// - Parameters:
  ///   - previous: The run that it names as the one before.
  ///   - successions: Rows under `shop_id,earlier_id,same_body,confirmed_by,confirmed_on`, which say
  ///     whether shops are those of an earlier run.
  /// - Returns: the delivery's folder.
  package static func write(
    _ id: String, shops: String, reviews: String, previous: String? = nil,
    successions: String? = nil, to folder: String
  ) throws -> String {
    var texts = [
      "rules/shops/pack.yaml": """
      pack: shops
      title: Shops
      edition: "1"
      owner: Nobody
      basis: Invented
      valid: {from: 2018-01-01}
      purposes: [publication]
      contact: the desk
      language: en
      words: {yes: [yes], no: [no]}
      subjects:
        - {id: shop, title: Shops, name: shop_name, identity: [shop_id, [shop_name, street]]}
      """,
      "rules/shops/records/shop.yaml": """
      record: shop_record
      title: Shops
      subject: shop
      roster: true
      fields:
        - {id: shop_id, label: Id, type: text}
        - {id: shop_name, label: Name, type: name}
        - {id: street, label: Street, type: text}
        - {id: staff, label: Staff, type: int}
      """,
      "rules/shops/records/review.yaml": """
      record: review
      title: Reviews
      subject: shop
      fields:
        - {id: shop_name, label: Name, type: name}
        - {id: street, label: Street, type: text}
        - {id: stars, label: Stars, type: int, least: 0, most: 5}
      """,
      "rules/shops/records/succession.yaml": """
      record: succession
      title: Confirmed bodies
      subject: shop
      holds: many
      list: successions
      case: successions
      fields:
        - {id: shop_id, label: Id, type: text}
        - {id: earlier_id, label: Earlier, type: text}
        - {id: same_body, label: Same, type: flag}
        - {id: confirmed_by, label: By, type: text}
        - {id: confirmed_on, label: On, type: date}
      """,
      "rules/shops/sources/successions.yaml": """
      source: successions
      title: Confirmed bodies
      record: succession
      format: csv
      requires: [earlier_id, same_body]
      ignore: [Name, Change, Id in the run before, Name in the run before, Status]
      blank-without: [same_body]
      """,
      "rules/shops/sources/shops.yaml": """
      source: shops
      title: Shops
      record: shop_record
      format: csv
      requires: [shop_id, staff]
      """,
      "rules/shops/sources/reviews.yaml": """
      source: reviews
      title: Reviews
      record: review
      format: csv
      requires: [stars]
      """,
      "rules/shops/rubrics/service.yaml": """
      rubric: service
      title: Service
      edition: "1"
      basis: Invented
      subject: shop
      full: 10
      rounding: {decimals: 1}
      groups:
        - id: all
          title: All
          indicators:
            - {id: S1, title: Stars, on: stars, bands: [['>= 3', 10], ['< 3', 4]], unknown: zero}
      """,
      "rules/shops/rubrics/size.yaml": """
      rubric: size
      title: Size
      edition: "1"
      basis: Invented
      subject: shop
      scorer: composite
      full: 100
      rounding: {decimals: 1}
      normalise: min-max
      aggregate: mean
      indicators:
        - {id: Z1, title: Staff, value: staff, unknown: reweight}
      """,
      "\(id)/run.yaml": """
      id: \(id)
      title: Shops
      as-of: 2018-12-31
      purpose: publication
      legal-basis: none needed
      rules: shops
      """,
      "\(id)/shops.csv": shops,
      "\(id)/reviews.csv": reviews,
    ]
    if let previous { texts["\(id)/run.yaml", default: ""] += "\nprevious: \(previous)\n" }
    if let successions {
      texts["\(id)/successions.csv"] =
        "shop_id,earlier_id,same_body,confirmed_by,confirmed_on\n" + successions
    }
    for (path, text) in texts {
      let url = URL(filePath: folder).appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return folder + "/" + id
  }
}
