import { SETTINGS } from '../config.ts'
import type { Language, LocalText } from '../errors.ts'
import type { Command } from './command.ts'

const HEADINGS = {
  title: { en: 'Tenon, a CRM made of definitions', 'zh-CN': 'Tenon：由定义构成的 CRM' },
  usage: { en: 'Usage', 'zh-CN': '用法' },
  commands: { en: 'Commands', 'zh-CN': '命令' },
  settings: {
    en: 'Settings (environment variables, or lines of a file .env)',
    'zh-CN': '设置（环境变量，或 .env 文件中的行）',
  },
  start: { en: 'Starts the server: npm start', 'zh-CN': '启动服务：npm start' },
  more: { en: 'More about one command: tenon help <command>', 'zh-CN': '查看某个命令：tenon help <命令>' },
} as const satisfies Record<string, LocalText>

/** All commands and all settings. */
export function help(commands: readonly Command[], language: Language): string {
  const rows = commands.map(
    ({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary[language]] as const,
  )
  const settings = Object.entries(SETTINGS).map(([name, text]) => [name, text[language]] as const)
  return [
    HEADINGS.title[language],
    '',
    HEADINGS.start[language],
    '',
    `${HEADINGS.commands[language]}:`,
    ...columns([['help', HEADINGS.more[language]], ...rows]),
    '',
    `${HEADINGS.settings[language]}:`,
    ...columns(settings),
  ].join('\n')
}

export function commandHelp({ name, usage, summary }: Command, language: Language): string {
  return `${summary[language]}\n${HEADINGS.usage[language]}: tenon ${name} ${usage}`.trimEnd()
}

/** Two columns; a first one that is too long stands on a line of its own. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const widest = 26
  return rows.flatMap(([left, right]) =>
    left.length <= widest
      ? [`  ${left.padEnd(widest)}  ${right}`]
      : [`  ${left}`, `  ${''.padEnd(widest)}  ${right}`],
  )
}
