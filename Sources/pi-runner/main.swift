import PiRunner

// The exit code is the answer; whatever else there is to say has been said by then.
PiRunner.answerAndEnd()
