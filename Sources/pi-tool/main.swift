import PiTools

makeCallAndEnd()
