import PiSystem

endThisProcess(code: await Bench.run(Array(CommandLine.arguments.dropFirst())))
