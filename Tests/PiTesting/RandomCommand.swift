/// Shell commands that change a small tree in every way there is, and often fail.
package enum RandomCommand {
    package static func make(_ random: inout Seeded) -> String {
        func path() -> String {
            let names = ["a", "b", "src", "old", "c", "d", "n"]
            return (0..<Int.random(in: 1...3, using: &random)).map { _ in
                names.randomElement(using: &random)!
            }.joined(separator: "/")
        }
        let (one, two) = (path(), path())
        // How much of a folder `cp` finds in a copy of itself is its own affair.
        let apart = two.hasPrefix(one) || one.hasPrefix(two) ? "elsewhere" : two
        let number = Int.random(in: 0..<4, using: &random)
        return [
            "echo \(number) >\(one)", "echo \(number) >>\(one)", "rm -rf \(one)", "rm \(one)",
            "mkdir -p \(one)", "rmdir \(one)", "mv -T \(one) \(two)", "mv -T \(two) \(one)",
            "ln -s ../a \(one)", "ln \(one) \(two)",
            "chmod \(["700", "755", "500", "750"][number]) \(one)",
            "touch -d 2001-01-0\(number + 1) \(one)", "truncate -s \(number) \(one)",
            // Two names of one file have two inode numbers on an overlay: a `cp` that opens its target
            // does not see that it is its source, and empties both.
            "cp -r --remove-destination \(one) \(apart)",
            // Under a name that nothing is written to: that would wait for a reader.
            "mkfifo \(one)/f", "ln -sfn \(number) \(one)",
            "perl -e 'rename($ARGV[0], $ARGV[1])' \(one)/a \(two)",
        ].randomElement(using: &random)!
    }
}
