import Testing

@Test func placeholderLoops() { #expect(Bool(true)) }
