import PiSystem

// A program for tests to start, kill and look at: what it does is chosen by its first argument.
endThisProcess(code: await Exercise.perform(Array(ThisProcess.arguments.dropFirst())))
