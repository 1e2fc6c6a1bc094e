import PiSystem

endThisProcess(code: Decide.run())
