import { Program } from './program.ts'

// A step of the build: runs the program, and writes down what was compiled of it once its parent has asked what is usual.
const program = new Program()
program.run()
process.once('message', () => {
  program.remember()
  process.exit(0)
})
