import Foundation

/// A pack with an additive and a composite rubric, and deliveries of it.
package enum Shops {
  /// Writes the pack and one delivery.
  ///
  /// - Returns: the delivery's folder.
  package static func write(_ id: String, shops: String, reviews: String, to folder: String) throws
    -> String
  {
    let texts = [
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
    for (path, text) in texts {
      let url = URL(filePath: folder).appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return folder + "/" + id
  }
}
