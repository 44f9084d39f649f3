import Testing

@Test func placeholderClaims() { #expect(Bool(true)) }
