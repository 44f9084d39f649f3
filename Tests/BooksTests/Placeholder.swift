import Testing

@Test func placeholderBooks() { #expect(Bool(true)) }
