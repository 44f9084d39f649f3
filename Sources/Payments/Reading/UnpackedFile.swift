/// Files as they were before gzip, bzip2 or Zstandard, whole: for readers of documents that are no payments.
package enum UnpackedFile {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - limit: The most bytes, unpacked.
  /// - Returns: The bytes.
  /// - Throws: ``PaymentError``, where there is no such file, it is damaged, or it holds more.
  package static func bytes(of path: String, atMost limit: Int) throws(PaymentError) -> [UInt8] {
    let stream = try ByteStream(path)
    defer { stream.shut() }
    return try stream.all(atMost: limit)
  }
}
