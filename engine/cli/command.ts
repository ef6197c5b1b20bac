import type { Config } from '../config.ts'
import type { Core, Store } from '../core.ts'
import type { Language, LocalText } from '../errors.ts'

/** What a command of the shell may use. */
export interface CommandContext {
  /** Of the person at the shell (LC_ALL, LC_MESSAGES, LANG). */
  readonly language: Language
  /** The settings' raw values, `.env` included. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder in which the command was called. */
  readonly folder: string
  /** The checked settings. @throws AppError START_VARIABLE_* */
  config(): Config
  /**
   * The database, migrated: of the Tenon that runs on this data folder, or started for the time of the command.
   * @throws AppError START_*
   */
  openStore(): Promise<Store>
  /** The same with the model, the field types and the plugins. @throws AppError START_* */
  openCore(): Promise<Core>
  /** A line of the result, on standard output. */
  print(line: string): void
  /** A line about the progress, on standard error. */
  progress(line: string): void
  /** One text in the person's language. */
  say(text: LocalText): string
}

/** One command of `tenon`; add it to the table in commands.ts. */
export interface Command {
  /** One word or two, such as `doctor` or `workspace list`. */
  readonly name: string
  /** What follows the name, such as `<entity> <file.csv> [--dry-run]`; '' for nothing. */
  readonly usage: string
  readonly summary: LocalText
  /**
   * @param args everything behind the name
   * @returns the exit code: 0 done, 1 failed
   * @throws AppError, shown as its problems with exit code 1; UsageError, shown with the usage and exit code 2
   */
  run(context: CommandContext, args: readonly string[]): Promise<number>
}

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {}
