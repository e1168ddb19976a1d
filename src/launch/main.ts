import { Program } from './program.ts'

// The file that is started of a built facade: it runs src/server/main.ts as it was built.
new Program().run()
