import PiSystem

endThisProcess(code: await ManyCalls.perform(Array(ThisProcess.arguments.dropFirst())))
