import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './command.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Splits what follows a command's name into words and options (`--name value`, `--name=value`, `--flag`).
 * @param counts how many words there must be, at least and at most
 * @throws UsageError
 */
export function parseWords<const O extends Options>(
  args: readonly string[],
  options: O,
  [atLeast, atMost]: readonly [number, number],
) {
  const parsed = readArguments(args, options)
  const { length } = parsed.positionals
  if (length < atLeast || length > atMost) throw new UsageError()
  return { words: parsed.positionals, options: parsed.values }
}

function readArguments<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (fault) {
    // Node's own words name the option that is unknown or lacks its value.
    if ((fault as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS'))
      throw new UsageError((fault as Error).message)
    throw fault
  }
}
