import CImageCodecs

/// The versions of the libraries that read and write pictures.
public enum CodecVersions {
  /// The version of the libpng that is linked, such as `1.6.39`.
  public static var png: String { unsafe String(cString: codec_png_version()) }

  /// The version of the libjpeg-turbo that the program was built with, and the interface that the one
  /// linked gives itself, which is all that it tells at run time.
  public static var jpeg: String {
    let interface = unsafe String(cString: codec_jpeg_interface())
    let words = interface.split(separator: " ").joined(separator: " of ")
    return unsafe "\(String(cString: codec_jpeg_headers())) (interface \(words))"
  }
}
