import { nearest } from '../../metadata/nearest.ts'
import { beginDatabase } from '../begin-database.ts'
import { type Config, readConfig } from '../config.ts'
import { type Core, openCore, openStore, type Store } from '../core.ts'
import { holderOf } from '../db/data-lock.ts'
import { runningUrl } from '../db/embedded/embedded.ts'
import { readEnvironment } from '../environment.ts'
import { didYouMean, type Language } from '../errors.ts'
import { observeNothing } from '../observe.ts'
import { createShutdown, type Shutdown } from '../shutdown.ts'
import { type Command, type CommandContext, UsageError } from './command.ts'
import { COMMANDS } from './commands.ts'
import { commandHelp, help } from './help.ts'
import { faultLines, shellLanguage } from './say.ts'

/**
 * Runs one command of the shell.
 * @param words what was typed behind `tenon`
 * @returns the exit code: 0 done, 1 failed, 2 not understood
 */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  const folder = process.cwd()
  const env = readEnvironment(folder)
  const language = shellLanguage(env)
  const command = findCommand(words)
  const args = words.slice(command?.name.split(' ').length ?? 0)
  if (asksForHelp(words, args, command)) {
    process.stdout.write(`${command ? commandHelp(command, language) : help(COMMANDS, language)}\n`)
    return 0
  }
  if (command === undefined) return notUnderstood(words, language)
  const shutdown = createShutdown()
  const onSignal = (): void => void shutdown.run().finally(() => process.exit(130))
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal)
  try {
    return await command.run(createContext(env, folder, language, shutdown), args)
  } catch (fault) {
    if (fault instanceof UsageError) {
      tell([...(fault.message === '' ? [] : [fault.message]), commandHelp(command, language)])
      return 2
    }
    tell(faultLines(fault, language))
    return 1
  } finally {
    await shutdown.run()
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, onSignal)
  }
}

/** The longest name that the words begin with: `workspace list` before `workspace`. */
export function findCommand(
  words: readonly string[],
  commands: readonly Command[] = COMMANDS,
): Command | undefined {
  const typed = words.filter((word) => word !== 'help')
  return [...commands]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => name.split(' ').every((part, index) => typed[index] === part))
}

function asksForHelp(
  words: readonly string[],
  args: readonly string[],
  command: Command | undefined,
): boolean {
  if (words.length === 0 || words[0] === 'help') return words.length <= 1 || command !== undefined
  return args.some((word) => word === '--help' || word === '-h')
}

function notUnderstood(words: readonly string[], language: Language): number {
  const typed = words
    .filter((word) => word !== 'help' && !word.startsWith('-'))
    .slice(0, 2)
    .join(' ')
  const guess = didYouMean(
    nearest(
      typed,
      COMMANDS.map(({ name }) => name),
    ),
  )
  tell([
    language === 'en' ? `There is no command “${typed}”.` : `没有命令“${typed}”。`,
    ...(guess ? [`  → ${guess[language]}`] : []),
    language === 'en' ? 'See: tenon help' : '请见：tenon help',
  ])
  return 2
}

function createContext(
  env: CommandContext['env'],
  folder: string,
  language: Language,
  shutdown: Shutdown,
): CommandContext {
  let store: Promise<Store> | undefined
  let core: Promise<Core> | undefined
  const context: CommandContext = {
    language,
    env,
    folder,
    config: () => readConfig(env, folder),
    openStore() {
      const config = findDatabase(context)
      store ??=
        core ?? openStore(config, observeNothing, shutdown, beginDatabase(config, context.progress, shutdown))
      return store
    },
    openCore() {
      const config = findDatabase(context)
      core ??= openCore(config, observeNothing, shutdown, beginDatabase(config, context.progress, shutdown))
      return core
    },
    print: (line) => process.stdout.write(`${line}\n`),
    progress: (line) => tell([line]),
    say: (text) => text[language],
  }
  return context
}

/** A Tenon that runs on the data folder has the database open for us as well; its lock stays its own. */
function findDatabase(context: CommandContext): Config {
  const config = context.config()
  const isRunning = config.databaseUrl === undefined && holderOf(config.dataDir) !== undefined
  const url = isRunning ? runningUrl(config.dataDir) : undefined
  return url === undefined ? config : { ...config, databaseUrl: url }
}

function tell(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`)
}
