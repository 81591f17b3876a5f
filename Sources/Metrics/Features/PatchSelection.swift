import Randomness

/// The patches of each picture that filters are fitted to, where there are more than are needed.
///
/// Of a picture they lie evenly in the order of places, from a place on that is drawn for it: each
/// place of a picture is as likely as any other to take part, whatever the numbers of pictures and of
/// places have in common.
struct PatchSelection: Sendable {
  private let pictureCount: Int
  private let placeCount: Int
  private let count: Int

  /// Selects patches of so many pictures with so many places each: all, or `largestCount` of them.
  init(pictures: Int, places: Int, largestCount: Int) {
    pictureCount = pictures
    placeCount = places
    count = min(pictures * places, largestCount)
  }

  /// The places of a picture whose patches take part, ascending; pictures count from 0.
  func places(inPicture picture: Int) -> [Int] {
    let chosen = (picture + 1) * count / pictureCount - picture * count / pictureCount
    var stream = RandomStream(seed: 0, purpose: "patch-features/places", sample: picture)
    let first = stream.integer(below: placeCount)
    return (0..<chosen).map { (first + $0 * placeCount / chosen) % placeCount }.sorted()
  }
}
