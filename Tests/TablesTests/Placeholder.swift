import Testing

@Test func placeholderTables() { #expect(Bool(true)) }
