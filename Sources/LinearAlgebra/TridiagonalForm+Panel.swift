import COpenBLAS

/// Reduction to tridiagonal form, a panel of columns at a time (`dsytrd` and `dlatrd`).
///
/// A matrix `A` loses `V Wᵀ + W Vᵀ`, for the reflections `V` of a panel and the `W` that belong to them. Half
/// of the work is that update, on all threads, and half the products of `A` with one column of `V` after
/// another, on two, bound by how fast memory is read: both are cut into the same parts whatever the threads.
extension TridiagonalForm {
  /// The columns that are reduced at once.
  static let panelWidth = 32

  /// The columns of what remains that one task updates.
  private static let updatedColumns = 128

  /// Reduces a panel of columns and takes its reflections off the columns that follow.
  mutating func reducePanel(from first: Int) {
    let width = Self.panelWidth
    let height = diagonal.count - first
    // V, W and V again, a column after another: V beside W, and W beside V.
    var panel = [Double](repeating: 0, count: 3 * width * height)
    let help = SymmetricProductHelp()
    _ = Parallelism.both(
      {
        for column in 0..<width {
          reduceColumn(first, column, &panel, height: height, help)
        }
        help.end()
      }, { help.give() })
    for index in 0..<width * height { panel[2 * width * height + index] = panel[index] }
    updateRest(from: first + width, panel, height: height)
  }

  /// Reflects a column of a panel on its first two entries, and finds what belongs to the reflection in `W`.
  private mutating func reduceColumn(
    _ first: Int, _ column: Int, _ panel: inout [Double], height: Int,
    _ help: SymmetricProductHelp
  ) {
    let order = diagonal.count
    let start = (first + column) * order + first
    let (v, w) = (column * height, (Self.panelWidth + column) * height)
    let secondHalf = Self.panelWidth * height
    let below = column + 1
    let count = height - below
    // What earlier columns of the panel take off this one.
    var values = Array(reflectors[start + column..<start + height])
    unsafe panel.withUnsafeBufferPointer { p in
      guard let p = p.baseAddress else { return }
      for (left, right) in [(0, secondHalf), (secondHalf, 0)] {
        unsafe BLAS.addProduct(
          CblasNoTrans, rows: count + 1, columns: column, alpha: -1, p + left + column,
          stride: height, p + right + column, step: height, beta: 1, into: &values)
      }
    }
    diagonal[first + column] = values[0]
    var (leading, scale) = (values[1], 0.0)
    values.removeFirst(2)
    unsafe LAPACKE_dlarfg_work(Int32(count), &leading, &values, 1, &scale)
    besideDiagonal[first + column] = leading
    scales[first + column] = scale
    reflectors[start + below] = leading
    panel[v + below] = 1
    for (index, value) in values.enumerated() {
      reflectors[start + below + 1 + index] = value
      panel[v + below + 1 + index] = value
    }

    let reflection = Array(panel[v + below..<v + height])
    var product = help.product(
      SymmetricProduct(
        matrix: reflectors, order: order, first: first + below, vector: reflection))
    var sums = [Double](repeating: 0, count: max(1, column))
    unsafe panel.withUnsafeBufferPointer { p in
      guard let p = p.baseAddress else { return }
      for (left, right) in [(0, secondHalf), (secondHalf, 0)] {
        unsafe BLAS.addProduct(
          CblasTrans, rows: count, columns: column, alpha: 1, p + right + below, stride: height,
          reflection, step: 1, beta: 0, into: &sums)
        unsafe BLAS.addProduct(
          CblasNoTrans, rows: count, columns: column, alpha: -1, p + left + below, stride: height,
          sums, step: 1, beta: 1, into: &product)
      }
    }
    var inner = 0.0
    for index in 0..<count { inner += product[index] * reflection[index] }
    let shift = -scale * scale * inner / 2
    for index in 0..<count {
      panel[w + below + index] = scale * product[index] + shift * reflection[index]
    }
  }

  /// Subtracts `V Wᵀ + W Vᵀ` from the lower triangle of the columns from `first` on.
  private mutating func updateRest(from first: Int, _ panel: [Double], height: Int) {
    let order = diagonal.count
    let tiles = Parallelism.blocks(of: order - first, size: Self.updatedColumns)
    unsafe reflectors.withUnsafeMutableBufferPointer { buffer in
      let output = unsafe DisjointTiles(buffer)
      // The longest columns go first, so that no thread waits for them at the end.
      Parallelism.forEach(tiles.count) { index in
        let tile = tiles[index]
        let memory = unsafe output.tile(
          (first + tile.lowerBound) * order..<(first + tile.upperBound) * order)
        let row = Self.panelWidth + tile.lowerBound
        unsafe panel.withUnsafeBufferPointer { p in
          guard let c = memory.baseAddress, let p = p.baseAddress else { return }
          unsafe BLAS.multiply(
            CblasTrans, CblasNoTrans, m: tile.count, n: height - row, k: 2 * Self.panelWidth,
            alpha: -1, p + Self.panelWidth * height + row, stride: height, p + row, stride: height,
            beta: 1, into: c + first + tile.lowerBound, stride: order)
        }
      }
    }
  }
}
