internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Sees to it that a target which is no path is refused as such: what turns requests into values would take
/// `http://elsewhere/report` for `/report`.
final class TargetForm: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any
  typealias InboundOut = Any

  /// Puts the check before what turns requests into values.
  func handlerAdded(context: ChannelHandlerContext) {
    let operations = context.pipeline.syncOperations
    do {
      let codec = try operations.handler(type: HTTP1ToHTTPServerCodec.self)
      try operations.addHandler(Check(), position: .before(codec))
    } catch {
      // A connection that cannot be checked is none.
      context.close(promise: nil)
    }
  }

  /// Marks targets that are no path.
  private final class Check: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .head(var head) = unwrapInboundIn(data), !head.uri.hasPrefix("/") else {
        return context.fireChannelRead(data)
      }
      // No path here holds the sign, so that it is refused like any other that is none.
      head.uri = "/*"
      context.fireChannelRead(wrapInboundOut(.head(head)))
    }
  }
}
