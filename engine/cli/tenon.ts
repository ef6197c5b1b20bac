import { runCommandLine } from './run.ts'
import { faultLines } from './say.ts'

// `tenon meta export | head`: a reader that has seen enough is no fault.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  process.exitCode = await runCommandLine(process.argv.slice(2))
} catch (fault) {
  process.stderr.write(`${faultLines(fault, 'en').join('\n')}\n`)
  process.exitCode = 1
}
