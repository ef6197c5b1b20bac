import type { WorkspaceSettings } from './compiled.ts'

/** The workspace's settings as rules name them: `settings.currency`. */
export function ruleSettings(settings: WorkspaceSettings): Readonly<Record<string, string>> {
  return { currency: settings.currency, time_zone: settings.timeZone, language: settings.language }
}
