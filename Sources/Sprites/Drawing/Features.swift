/// The small shapes that many sprites have in common.
extension Canvas {
  /// A pair of round black eyes with lights in them.
  func eyes(_ center: Point, apart: Double, radius: Double) {
    for side in [-1.0, 1.0] {
      eye((center.x + side * apart, center.y), radius: radius)
    }
  }

  /// A round black eye with a light in it.
  func eye(_ center: Point, radius: Double, gaze: Double = 0) {
    fill(.circle(center, radius), Color.ink)
    fill(
      .circle((center.x + (gaze - 0.3) * radius, center.y - 0.34 * radius), 0.36 * radius), .white)
    fill(
      .circle((center.x + (gaze + 0.3) * radius, center.y + 0.36 * radius), 0.17 * radius),
      Color.white.opacity(0.75))
  }

  /// A black eye with a light in its white.
  func wideEye(_ center: Point, radius: Double, gaze: Double = 0) {
    fill(.circle(center, radius), .white)
    eye((center.x + 0.28 * gaze * radius, center.y), radius: 0.66 * radius)
  }

  /// A mouth that curves up, or down when the depth is negative.
  func smile(_ center: Point, width: Double, depth: Double, line: Double = 1.6, color: Color = .ink)
  {
    let half = width / 2
    stroke(
      Path(from: (center.x - half, center.y)).curve(
        (center.x - 0.45 * half, center.y + 1.33 * depth),
        (center.x + 0.45 * half, center.y + 1.33 * depth), to: (center.x + half, center.y)),
      color, width: line)
  }

  /// Rosy cheeks.
  func cheeks(_ center: Point, apart: Double, radius: Double, strength: Double = 0.35) {
    for side in [-1.0, 1.0] {
      fill(
        .ellipse((center.x + side * apart, center.y), radius, 0.72 * radius),
        Color.blush.opacity(strength))
    }
  }

  /// The soft shadow of something that stands on the ground.
  func groundShadow(y: Double, halfWidth: Double, x: Double = 0) {
    fill(.ellipse((x, y), halfWidth, 0.11 * halfWidth + 0.8), Color(0x47507A).opacity(0.13))
  }

  /// A small round cloud, or a puff of smoke.
  func puff(_ center: Point, _ radius: Double, _ color: Color) {
    fill(
      .circle((center.x - 0.75 * radius, center.y + 0.15 * radius), 0.62 * radius)
        + .circle(center, radius)
        + .circle((center.x + 0.85 * radius, center.y + 0.12 * radius), 0.68 * radius), color)
  }

  /// A heart that hangs around its centre.
  func heart(_ center: Point, _ radius: Double, _ color: Color) {
    let (x, y, r) = (center.x, center.y, radius)
    let right = Path(from: (x, y + r)).curve(
      (x + 1.5 * r, y - 0.1 * r), (x + 0.95 * r, y - 1.25 * r), to: (x, y - 0.45 * r))
    let whole = right.curve(
      (x - 0.95 * r, y - 1.25 * r), (x - 1.5 * r, y - 0.1 * r), to: (x, y + r))
    fill(whole.closed, color)
  }

  /// A star with five points.
  func star(_ center: Point, _ radius: Double, _ color: Color) {
    let points: [Point] = (0..<10).map { index in
      let reach = index.isMultiple(of: 2) ? radius : 0.46 * radius
      return polar(center, reach, Double(index) * 36 - 90)
    }
    fill(.polygon(points, corner: 0.18 * radius), color)
  }
}
