import { runSandbox } from './program/run.ts'

process.exitCode = await runSandbox(process.env)
