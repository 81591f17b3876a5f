import CAllocator

/// How the C library's allocator keeps memory that was given back.
enum Allocator {
  /// Holds all threads to two arenas.
  ///
  /// By default there are eight for each processor, and the large blocks that generations give back stay
  /// in whichever they came from: measured, a tenth of the peak memory.
  static func prepare() {
    mallopt(M_ARENA_MAX, 2)
  }

  /// Gives free memory back to the system, so that it does not pile up over generations.
  static func trim() {
    malloc_trim(0)
  }
}
