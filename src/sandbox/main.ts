import { runSandbox } from './program.ts'

process.exitCode = await runSandbox(process.env)
