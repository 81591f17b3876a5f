import Foundation
import Samples
import Testing

@testable import Images

@Suite("JPEG")
struct JPEGTests {
  @Test("Decoding an encoded picture comes near it, and the encoder repeats itself")
  func roundTrip() throws {
    for picture in [
      TestPictures.ramp.picture(40), TestPictures.ramp.picture(40).converted(toChannels: 3),
    ] {
      let file = try JPEG.encode(picture, quality: 95)
      let decoded = try PictureDecoder.decode(file)
      #expect(decoded.shape == picture.shape)
      let differences = zip(decoded.pixels, picture.pixels).map { abs(Int($0) - Int($1)) }
      #expect(differences.max() ?? 0 <= 6)
      #expect(try JPEG.encode(picture, quality: 95) == file)
    }
  }

  @Test("A lower quality makes a smaller file")
  func quality() throws {
    let picture = TestPictures.colour(64)
    #expect(
      try JPEG.encode(picture, quality: 5).count < JPEG.encode(picture, quality: 90).count)
  }

  /// Files of 24 x 16 pixels written by Pillow 13.0.0, and the CRC-32 of what it reads from them.
  struct Foreign: Sendable {
    let mode: String
    let file: String
    let checksum: UInt32
  }

  @Test(
    "Progressive, CMYK and grey files decode as in Pillow",
    arguments: [
      Foreign(
        mode: "RGB",
        file: progressive, checksum: 0x2F40_8A4B),
      Foreign(
        mode: "CMYK",
        file: """
          /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0s \
          MzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AAFAgAEAAYBEMRAE0RAFkRAEsRAP/EABgA \
          AAMBAQAAAAAAAAAAAAAAAAAFBgQH/8QAIRAAAQIGAwEBAAAAAAAAAAAAAAQFEhUhMUFiAgMRIkL/ \
          2gAOBEMATQBZAEsAAD8AuXTJXTvctFiu9TpXZzhI10yE73ESxXepn7FUOSOdMhO9xCsV3qZuxyh/ \
          R2N0yc1ne4+WK71NKznD6RrpkJ3uIViu9RGsVQ+1I50yE73ESxXeoiWOUPv0f//Z
          """, checksum: 0x8263_9929),
      Foreign(
        mode: "L",
        file: """
          /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4p \
          LSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//wAALCAAQABgBAREA/8QAFQABAQAAAAAA \
          AAAAAAAAAAAABgf/xAAWEAADAAAAAAAAAAAAAAAAAAAABUH/2gAIAQEAAD8ADK4MVcGKuEdVwYq4 \
          MVcP/9k=
          """, checksum: 0xAAC9_0F6A),
    ])
  func foreignFiles(_ foreign: Foreign) throws {
    let file = try Self.bytes(foreign.file)
    let (picture, header) = try PictureDecoder.decodeWithHeader(file)
    #expect(header.mode == foreign.mode)
    #expect(
      picture.shape
        == PictureShape(width: 24, height: 16, channels: foreign.mode == "L" ? 1 : 3))
    #expect(crc32(picture.pixels) == foreign.checksum)
    for length in 3..<file.count {
      #expect {
        try PictureDecoder.decode(Array(file.prefix(length)))
      } throws: { ($0 as? DecodingError)?.reason == .truncated }
    }
  }

  @Test("More scans than the limit are refused")
  func scans() throws {
    let file = try Self.bytes(Self.progressive)
    var limits = DecodingLimits()
    limits.maximumScans = 3
    #expect(
      throws: DecodingError(.tooManyScans, "a JPEG that cannot be decoded: more than 3 scans")
    ) {
      try PictureDecoder.decode(file, limits: limits)
    }
  }

  @Test("A file cut at any length is refused as truncated")
  func truncation() throws {
    let file = try JPEG.encode(TestPictures.colour(24), quality: 80)
    for length in 3..<file.count {
      #expect {
        try PictureDecoder.decode(Array(file.prefix(length)))
      } throws: { ($0 as? DecodingError)?.reason == .truncated }
    }
  }

  @Test("A file cut short gives what there is of it if that is asked for")
  func allowedTruncation() throws {
    let file = try JPEG.encode(TestPictures.noise.picture(64), quality: 80)
    let whole = try PictureDecoder.decode(file)
    let half = try PictureDecoder.decode(
      Array(file.prefix(file.count / 2)), limits: DecodingLimits(allowTruncated: true))
    #expect(half.pixels.prefix(64 * 8) == whole.pixels.prefix(64 * 8))
    #expect(half.pixels != whole.pixels)
  }

  @Test("Every orientation of a JPEG with an Exif segment shows the same upright picture")
  func orientation() throws {
    // 16 x 8 blocks of flat grey survive the encoder exactly enough to tell the corners apart.
    let upright = Picture(
      shape: PictureShape(width: 32, height: 16, channels: 1),
      pixels: (0..<512).map { index in
        let (right, below) = (index % 32 / 16, index / 256)
        return UInt8(40 + 100 * right + 60 * below)
      })
    for orientation in ExifOrientation.allCases {
      let stored = ExifOrientationTests.inverse(orientation).applied(to: upright)
      var file = try JPEG.encode(stored, quality: 100)
      let tiff = ExifOrientationTests.tiff(orientation.rawValue, littleEndian: false)
      let payload = Array("Exif\0\0".utf8) + tiff
      file.insert(
        contentsOf: [0xFF, 0xE1, 0, UInt8(payload.count + 2)] + payload, at: 2)
      let decoded = try PictureDecoder.decode(file)
      #expect(decoded.shape == upright.shape)
      let differences = zip(decoded.pixels, upright.pixels).map { abs(Int($0) - Int($1)) }
      #expect(differences.max() ?? 0 <= 2, "orientation \(orientation)")
    }
  }

  @Test("A flipped bit never does worse than a refusal")
  func bitFlips() throws {
    let file = try JPEG.encode(TestPictures.colour(12), quality: 50)
    for position in 0..<8 * file.count {
      var damaged = file
      damaged[position / 8] ^= 1 << (position % 8)
      if let picture = try? PictureDecoder.decode(damaged) {
        #expect(picture.pixels.count == picture.shape.count)
      }
    }
  }

  @Test("A picture too wide for the format cannot be encoded")
  func tooWide() {
    let shape = PictureShape(width: 65_501, height: 1, channels: 1)
    let picture = Picture(shape: shape, pixels: [UInt8](repeating: 0, count: shape.count))
    #expect(
      throws: EncodingError(
        format: .jpeg, shape: shape, words: "Maximum supported image dimension is 65500 pixels")
    ) { try JPEG.encode(picture, quality: 90) }
  }

  private static func bytes(_ base64: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters)))
  }

  private static let progressive = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4p \
    LSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09P \
    T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAQABgDASIA \
    AhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABAAF/8QAFgEBAQEAAAAAAAAAAAAAAAAAAwIF/9oA \
    DAMBAAIQAxAAAAHGS5MkG15tL//EABYQAAMAAAAAAAAAAAAAAAAAAAABA//aAAgBAQABBQJTFMUx \
    TFMUz//EABgRAAIDAAAAAAAAAAAAAAAAAAAEAgMh/9oACAEDAQE/AaWSLOH/xAAWEQADAAAAAAAA \
    AAAAAAAAAAAAAQL/2gAIAQIBAT8BVCo//8QAFBABAAAAAAAAAAAAAAAAAAAAIP/aAAgBAQAGPwJf \
    /8QAFRABAQAAAAAAAAAAAAAAAAAAAGH/2gAIAQEAAT8hkkkkkk//2gAMAwEAAgADAAAAEAgP/8QA \
    FhEBAQEAAAAAAAAAAAAAAAAAAFFh/9oACAEDAQE/ENFj/8QAFREBAQAAAAAAAAAAAAAAAAAAACH/ \
    2gAIAQIBAT8QcX//xAAVEAEBAAAAAAAAAAAAAAAAAAAAMf/aAAgBAQABPxCZMmTJkz//2Q==
    """
}
