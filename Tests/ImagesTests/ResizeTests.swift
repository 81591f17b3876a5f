import Samples
import Testing

@testable import Images

@Suite("Resizing")
struct ResizeTests {
  /// What Pillow 13.0.0 makes of a picture: the CRC-32 of its bytes.
  struct Case: CustomTestStringConvertible, Sendable {
    let picture: TestPictures
    let side: Int
    let width: Int
    let height: Int
    let checksums: [UInt32]
    var testDescription: String { "\(picture) \(side) to \(width) × \(height)" }

    init(_ picture: TestPictures, _ side: Int, _ width: Int, _ height: Int, _ checksums: [UInt32]) {
      self.picture = picture
      self.side = side
      self.width = width
      self.height = height
      self.checksums = checksums
    }
  }

  @Test("Box, bilinear, bicubic and Lanczos agree with Pillow bit for bit", arguments: pillow)
  func agreesWithPillow(_ expected: Case) {
    for (filter, checksum) in zip(ResamplingFilter.allCases, expected.checksums) {
      let resized = Resize.picture(
        expected.picture.picture(expected.side), width: expected.width, height: expected.height,
        filter: filter)
      #expect(crc32(resized.pixels) == checksum, "\(filter)")
    }
  }

  @Test(
    "The channels of a colour picture agree with Pillow bit for bit",
    arguments: [
      (128, 32, 32, 0xCCE9_7B13), (128, 16, 16, 0x4025_3997), (128, 40, 25, 0x711D_37AA),
      (100, 32, 32, 0x110E_5C95), (32, 64, 64, 0x6A7A_C6A2), (28, 32, 32, 0x215D_23F5),
      (32, 299, 299, 0x2A0F_3944), (64, 64, 32, 0x8533_85C8),
    ] as [(Int, Int, Int, UInt32)])
  func coloursAgreeWithPillow(side: Int, width: Int, height: Int, checksum: UInt32) {
    let resized = Resize.picture(TestPictures.colour(side), width: width, height: height)
    #expect(crc32(resized.pixels) == checksum)
  }

  /// Mean, standard deviation and pixels (in the first corner, the middle, at a third and two
  /// thirds, in the last corner) of the float path.
  struct FloatCase: Sendable {
    let picture: TestPictures
    let side: Int
    let width: Int
    let height: Int
    let filter: ResamplingFilter
    let mean: Double
    let deviation: Double
    let pixels: [Float]
  }

  @Test(
    "The float path agrees with Pillow's mode F, clipped",
    arguments: [
      FloatCase(
        picture: .noise, side: 128, width: 40, height: 25, filter: .box, mean: 127.52959,
        deviation: 18.95187, pixels: [131.3333, 155.8889, 168.6667, 132.4]),
      FloatCase(
        picture: .noise, side: 128, width: 40, height: 25, filter: .bilinear, mean: 127.54764,
        deviation: 12.90423, pixels: [137.5766, 135.1476, 129.9761, 133.0187]),
      FloatCase(
        picture: .noise, side: 128, width: 40, height: 25, filter: .bicubic, mean: 127.55104,
        deviation: 15.56619, pixels: [139.9779, 139.8127, 135.18, 135.286]),
      FloatCase(
        picture: .noise, side: 28, width: 32, height: 32, filter: .lanczos, mean: 128.5688,
        deviation: 66.22012, pixels: [171.0193, 83.4658, 104.6007, 17.7]),
      FloatCase(
        picture: .step, side: 28, width: 32, height: 32, filter: .bicubic, mean: 127.5,
        deviation: 126.93286, pixels: [0, 245.5994, 255, 255]),
    ])
  func floatPathAgreesWithPillow(_ expected: FloatCase) {
    let (width, height) = (expected.width, expected.height)
    let source = expected.picture.picture(expected.side)
    let levels = Resize.levels(
      source.pixels.map(Float.init), shape: source.shape, width: width, height: height,
      filter: expected.filter)
    let count = Double(levels.count)
    let mean = levels.reduce(0) { $0 + Double($1) } / count
    let variance = levels.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    #expect(abs(mean - expected.mean) < 1e-5)
    #expect(abs(variance.squareRoot() - expected.deviation) < 1e-5)
    let places = [
      (0, 0), (height / 2, width / 2), (height / 3, 2 * width / 3), (height - 1, width - 1),
    ]
    for (place, pixel) in zip(places, expected.pixels) {
      #expect(abs(levels[place.0 * width + place.1] - pixel) < 1e-4)
    }
  }

  @Test("The channels of the float path are resized each by itself")
  func floatChannels() {
    let colour = TestPictures.colour(28)
    let together = Resize.levels(
      colour.pixels.map(Float.init), shape: colour.shape, width: 20, height: 30)
    for (channel, picture) in [TestPictures.sawzone, .noise, .rings].enumerated() {
      let alone = Resize.levels(
        picture.levels(28).map(Float.init),
        shape: PictureShape(width: 28, height: 28, channels: 1), width: 20, height: 30)
      #expect(alone == (0..<600).map { together[3 * $0 + channel] })
    }
  }

  @Test("The same size gives the same picture")
  func identity() {
    let picture = TestPictures.colour(28)
    #expect(Resize.picture(picture, width: 28, height: 28) == picture)
  }

  static let pillow: [Case] = [
    Case(.rings, 128, 32, 32, [0x300B_DE04, 0x44BF_0985, 0xDACC_6E24, 0x1537_4E43]),
    Case(.rings, 128, 16, 16, [0xE7A1_56F3, 0x0133_337E, 0x6F4D_C56E, 0x2BB2_AF58]),
    Case(.rings, 128, 40, 25, [0x232F_F64B, 0x97D6_75BA, 0x15DE_EB54, 0x282C_BC00]),
    Case(.rings, 100, 32, 32, [0x820B_EC02, 0xCF67_0F1E, 0x595F_19C8, 0x060F_9EC0]),
    Case(.rings, 32, 64, 64, [0xD55B_2264, 0x4C95_ED70, 0x962E_21C2, 0xD48A_2969]),
    Case(.rings, 28, 32, 32, [0xAA9A_BACA, 0xD11B_06C1, 0x0B40_0204, 0x6874_B654]),
    Case(.rings, 32, 299, 299, [0x42DD_2741, 0x9107_B221, 0x3AA2_F16C, 0xC1D0_0927]),
    Case(.rings, 64, 64, 32, [0x827F_2D9F, 0x4C1F_9339, 0x9371_7DC9, 0x17A6_1956]),
    Case(.checker, 128, 32, 32, [0x74DE_1120, 0xE9B6_51FC, 0x330F_853F, 0xDDF2_1BF4]),
    Case(.checker, 128, 16, 16, [0x5CDD_3CF2, 0x05BD_CFEB, 0x5A1E_DEBC, 0xC66B_CB6A]),
    Case(.checker, 128, 40, 25, [0x8E27_829D, 0x676C_EBEA, 0x1A95_6AD2, 0x3D45_8E6F]),
    Case(.checker, 100, 32, 32, [0x92EF_2BD8, 0x0489_FADE, 0x0489_FADE, 0x7165_E75A]),
    Case(.checker, 32, 64, 64, [0xBA90_EEED, 0xCFB2_B29A, 0x9A78_990E, 0x8C83_066F]),
    Case(.checker, 28, 32, 32, [0x164C_3E33, 0xC867_755D, 0x5B09_9616, 0x7B27_EA81]),
    Case(.checker, 32, 299, 299, [0xF035_042E, 0x92A8_B3D8, 0x3C3E_9397, 0x2DF8_DC0F]),
    Case(.checker, 64, 64, 32, [0xDBF2_FB09, 0x3F80_E261, 0x640D_4B57, 0x5D0A_DC16]),
    Case(.stripes, 128, 32, 32, [0x6BFD_D413, 0x633C_4D31, 0xF8A4_0B12, 0xC436_1FD2]),
    Case(.stripes, 128, 16, 16, [0xA065_6458, 0xAC0B_72ED, 0x48C9_4DE1, 0x5881_46CF]),
    Case(.stripes, 128, 40, 25, [0x88B2_35C2, 0x1282_DD78, 0x1D5C_CB1D, 0x5E4F_266D]),
    Case(.stripes, 100, 32, 32, [0x63DE_DE11, 0xCBAE_2344, 0x9C84_FDF4, 0x35CD_0B2A]),
    Case(.stripes, 32, 64, 64, [0x0C8D_F341, 0xCBB5_D622, 0xDD2B_3970, 0xE810_03B6]),
    Case(.stripes, 28, 32, 32, [0x6373_2348, 0x3345_9796, 0x9D09_519A, 0x6D57_D2D9]),
    Case(.stripes, 32, 299, 299, [0x8919_1598, 0xFB62_45D0, 0x26DC_7515, 0x270E_4C16]),
    Case(.stripes, 64, 64, 32, [0x2A0C_7A30, 0x2A0C_7A30, 0x2A0C_7A30, 0x2A0C_7A30]),
    Case(.sawzone, 128, 32, 32, [0x71FD_95B8, 0x3CE6_411C, 0x2B20_25CE, 0xE8EB_A47A]),
    Case(.sawzone, 128, 16, 16, [0xC913_E3E4, 0x7DFE_5047, 0xDD9C_D6CE, 0x9EA5_546C]),
    Case(.sawzone, 128, 40, 25, [0xA2B7_9FDE, 0xAB21_9783, 0xF789_10A1, 0x06D2_0643]),
    Case(.sawzone, 100, 32, 32, [0xE296_BE2E, 0x137B_ED5E, 0x921D_4EFF, 0x55AD_A178]),
    Case(.sawzone, 32, 64, 64, [0x5A7E_4129, 0xD5AD_27F7, 0x12E4_47F5, 0xBCAC_A702]),
    Case(.sawzone, 28, 32, 32, [0x824E_3844, 0xD156_DECC, 0x205D_6022, 0x92B9_740B]),
    Case(.sawzone, 32, 299, 299, [0x106C_B841, 0xDC2A_70A4, 0x7F9C_322A, 0x1351_5C26]),
    Case(.sawzone, 64, 64, 32, [0x1655_A93A, 0xFA4F_46B1, 0xE408_2D77, 0x7083_8BA6]),
    Case(.ramp, 128, 32, 32, [0x8CCB_A73F, 0xAEB1_5AE0, 0x8CCB_A73F, 0x8CCB_A73F]),
    Case(.ramp, 128, 16, 16, [0xB219_148C, 0x4A4C_D915, 0xB219_148C, 0xB219_148C]),
    Case(.ramp, 128, 40, 25, [0xBA22_3CF7, 0x95B7_96AE, 0x102F_08D6, 0x4DA3_3B99]),
    Case(.ramp, 100, 32, 32, [0x4E56_54E0, 0xDA8F_33E7, 0x2870_96F0, 0x494F_C168]),
    Case(.ramp, 32, 64, 64, [0x97CE_FD68, 0x9052_F17D, 0xF87B_EC8F, 0xD2B4_D079]),
    Case(.ramp, 28, 32, 32, [0x5E5D_D131, 0x384F_7294, 0x384F_7294, 0x7702_E688]),
    Case(.ramp, 32, 299, 299, [0x13E6_E053, 0x51A2_56B7, 0xEBF9_6913, 0x215C_037F]),
    Case(.ramp, 64, 64, 32, [0x8533_D98F, 0x8533_D98F, 0x8533_D98F, 0x8533_D98F]),
    Case(.noise, 128, 32, 32, [0xCB48_3197, 0xCBF2_1806, 0x214F_50E3, 0xB22A_A7DD]),
    Case(.noise, 128, 16, 16, [0x0BE6_C573, 0x5C55_DD99, 0xC2A4_D2CE, 0xAACC_E593]),
    Case(.noise, 128, 40, 25, [0x5B32_FEE3, 0x6B17_9D09, 0x2383_EE3B, 0xE58C_45F7]),
    Case(.noise, 100, 32, 32, [0x6EA6_8815, 0x805D_B423, 0x1FF7_D7F4, 0x327B_A6E5]),
    Case(.noise, 32, 64, 64, [0xF058_BD3A, 0xC7F5_84D7, 0xC3AE_2D28, 0x8094_70EC]),
    Case(.noise, 28, 32, 32, [0xF6CD_0C1A, 0x9D07_F982, 0xA385_EA84, 0xAEDF_A847]),
    Case(.noise, 32, 299, 299, [0x6802_F52D, 0x41F9_17F8, 0xFF3D_0190, 0xED87_A124]),
    Case(.noise, 64, 64, 32, [0x14F5_1773, 0x373A_6672, 0x1AB3_9C8D, 0xDD57_6E2E]),
    Case(.step, 128, 32, 32, [0x1F8B_C0CF, 0x2032_E874, 0xA7AA_93FD, 0x095E_02FB]),
    Case(.step, 128, 16, 16, [0xE0AE_EBF4, 0x70F2_2B79, 0x81E5_336B, 0xAE58_5B03]),
    Case(.step, 128, 40, 25, [0x989E_A63E, 0xED16_4270, 0xFA3C_7656, 0xBC7E_89A5]),
    Case(.step, 100, 32, 32, [0x1F8B_C0CF, 0xBAD5_88C0, 0xAC80_6516, 0x80AB_9158]),
    Case(.step, 32, 64, 64, [0x5E15_692E, 0xE0E5_1D54, 0x1E50_6982, 0x9BED_FBDF]),
    Case(.step, 28, 32, 32, [0x1F8B_C0CF, 0xEDEF_D7B2, 0x02F4_DBF2, 0x7DA2_31CB]),
    Case(.step, 32, 299, 299, [0xBB0F_6B47, 0x89FA_83AD, 0x72C1_8117, 0x2D5B_D799]),
    Case(.step, 64, 64, 32, [0x43A3_A025, 0x43A3_A025, 0x43A3_A025, 0x43A3_A025]),
  ]
}
