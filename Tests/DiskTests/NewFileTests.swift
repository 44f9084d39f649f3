import Disk
import Foundation
import TestKit
import Testing

@Suite struct NewFileTests {
  @Test func aFileReplacedKeepsItsMode() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "f").path
      try Files.replace(file, with: [1])
      for mode in [0o600, 0o640, 0o755, 0o444] {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        guard FileManager.default.isWritableFile(atPath: file) else { continue }
        try Files.replace(file, with: [2, 3])
        #expect(try status(file).permissions == mode)
        #expect(try Files.bytes(of: file) == [2, 3])
      }
      #expect(try names(folder) == ["f"])
    }
  }

  @Test func aNewFileHasTheModeThatTheUserGivesFiles() throws {
    try withTemporaryFolder { folder in
      let (ours, theirs) = (folder.appending(path: "a").path, folder.appending(path: "b").path)
      try Files.replace(ours, with: [])
      #expect(FileManager.default.createFile(atPath: theirs, contents: nil))
      #expect(try status(ours).permissions == status(theirs).permissions)
    }
  }

  @Test(arguments: [false, true]) func linksAreFollowed(isThere: Bool) throws {
    try withTemporaryFolder { folder in
      let target = folder.appending(path: "there/target").path
      let (first, second) = (folder.appending(path: "first"), folder.appending(path: "second"))
      try Files.makeFolder(folder.appending(path: "there").path)
      if isThere { try Files.replace(target, with: [0]) }
      try FileManager.default.createSymbolicLink(
        atPath: first.path,
        withDestinationPath: "there/target"
      )
      try FileManager.default.createSymbolicLink(at: second, withDestinationURL: first)
      try Files.replace(second.path, with: [1, 2])
      #expect(try Files.bytes(of: target) == [1, 2])
      for link in [first, second] {
        #expect(try status(link.path).type == .typeSymbolicLink)
      }
      #expect(try names(folder) == ["first", "second", "there"])
    }
  }

  @Test func linksInACircleAreTold() throws {
    try withTemporaryFolder { folder in
      let link = folder.appending(path: "link")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: link)
      #expect(throws: FileError.self) { try Files.replace(link.path, with: [1]) }
      #expect(try names(folder) == ["link"])
    }
  }

  @Test func aPipeIsWrittenIntoAndStays() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.appending(path: "pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let reader = open(pipe, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      try Files.replace(pipe, with: Array("told".utf8))
      var bytes = [UInt8](repeating: 0, count: 9)
      #expect(read(reader, &bytes, 9) == 4)
      #expect(Files.kind(pipe) == .device)
      #expect(try names(folder) == ["pipe"])
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func aDeviceIsWrittenIntoAndStays() throws {
    try withTemporaryFolder { folder in
      // One of our own of the kind of /dev/null: a fault here must not cost the system its.
      let device = folder.appending(path: "null").path
      guard mknod(device, S_IFCHR | 0o666, 1 << 8 | 3) == 0 else { return }
      try Files.replace(device, with: [1, 2, 3])
      #expect(Files.kind(device) == .device)
      #expect(try names(folder) == ["null"])
    }
  }

  @Test func aFileHeldOpenIsAppendedTo() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "log")
      try Data("before\n".utf8).write(to: file)
      let descriptor = open(file.path, O_WRONLY)
      defer { close(descriptor) }
      try Files.replace("/dev/fd/\(descriptor)", with: Array("after\n".utf8))
      #expect(try String(contentsOf: file, encoding: .utf8) == "before\nafter\n")
    }
  }

  @Test func whatIsWrittenHasNoNameUntilTheEnd() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "f").path
      let first = try NewFile(file)
      try first.write([1])
      #expect(Files.kind(file) == .nothing)
      let second = try NewFile(file)
      try second.write([2, 2])
      try first.write([1])
      try second.end()
      #expect(try Files.bytes(of: file) == [2, 2])
      try first.end()
      #expect(try Files.bytes(of: file) == [1, 1])
      #expect(try names(folder) == ["f"])
    }
  }

  @Test func neitherAUsersOwnPartNorALinkThereIsTouched() throws {
    try withTemporaryFolder { folder in
      let (mine, other) = (folder.appending(path: "f.part"), folder.appending(path: "g.part"))
      try Data("mine".utf8).write(to: mine)
      try FileManager.default.createSymbolicLink(at: other, withDestinationURL: mine)
      for name in ["f", "g"] { try Files.replace(folder.appending(path: name).path, with: [1]) }
      #expect(try String(contentsOf: mine, encoding: .utf8) == "mine")
      #expect(try names(folder) == ["f", "f.part", "g", "g.part"])
    }
  }

  @Test func whatIsGivenUpLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "f").path
      try Files.replace(file, with: [7])
      do {
        let new = try NewFile(file)
        try new.write([1])
      }
      #expect(try Files.bytes(of: file) == [7])
      #expect(try names(folder) == ["f"])
    }
  }

  @Test func whatCannotBeWrittenIsTold() throws {
    try withTemporaryFolder { folder in
      for path in ["", "/no/such/folder/f", folder.path, folder.path + "/f/"] {
        #expect(throws: FileError.self, "\(path)") { try Files.replace(path, with: [1]) }
      }
      let left = try names(folder)
      #expect(left.isEmpty)
      #expect(throws: FileError.self) { try Files.replace("/dev/full", with: [1]) }
    }
  }

  @Test func aLongNameIsNoObstacle() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: String(repeating: "n", count: 255)).path
      try Files.replace(file, with: [1])
      #expect(try Files.bytes(of: file) == [1])
    }
  }

  /// Of the hidden files in a folder those go whose writer was killed, with the journals of books; no others do.
  @Test func whatAKilledWriterLeftGoesWithTheNext() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "f").path
      let (killed, users) = (".ouro-new-1.part", [".ouro-2.part", ".ouro-new-3", "x.part"])
      let living = try PartFile(beside: file)
      for name in users + [killed, killed + "-journal"] {
        try Data("x".utf8).write(to: folder.appending(path: name))
      }
      let holder = Process()
      holder.executableURL = URL(filePath: "/bin/bash")
      holder.arguments = ["-c", "exec 9<\(killed); flock -x 9; echo held; exec sleep 60"]
      holder.currentDirectoryURL = folder
      let output = Pipe()
      holder.standardOutput = output
      try holder.run()
      #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
      try Files.replace(file, with: [1])
      #expect(try names(folder).contains(killed))
      kill(holder.processIdentifier, SIGKILL)
      holder.waitUntilExit()
      try Files.replace(file, with: [2])
      #expect(Files.kind(living.path) == .file)
      let left = try names(folder).filter { !living.path.hasSuffix($0) }
      #expect(left == (users + ["f"]).sorted())
    }
  }

  private func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func status(_ path: String) throws -> (permissions: Int?, type: FileAttributeType?) {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? Int, attributes[.type] as? FileAttributeType)
  }

  @Test func whatCannotBeReadOrWrittenIsTold() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "no/f").path
      let reason = "there is no such file or folder"
      #expect(throws: FileError.noSuchInput(path: path, reason: reason)) {
        try Files.bytes(of: path)
      }
      #expect(throws: FileError.couldNotWrite(path: path, reason: reason)) {
        try Files.replace(path, with: [1])
      }
    }
  }
}
