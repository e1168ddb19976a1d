#!/usr/bin/env node
import { run } from './run.ts'

// graphql checks at every value whether it comes from another copy of itself, unless this is no development.
process.env['NODE_ENV'] ??= 'production'

process.exitCode = await run(process.argv.slice(2))
