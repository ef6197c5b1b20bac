import type { DefinitionSet, WorkspaceSettings } from './compiled.ts'

/** The settings of a workspace: what it was made with, and what its definitions say. */
export function settingsWith(
  made: WorkspaceSettings,
  { setting }: Pick<DefinitionSet, 'setting'>,
): WorkspaceSettings {
  const [weekStart, language] = [setting.get('week_start')?.value, setting.get('language')?.value]
  const [colour, logo] = [setting.get('brand_color')?.value, setting.get('logo')?.value]
  return {
    ...made,
    ...(typeof weekStart === 'number' ? { weekStart } : {}),
    ...(typeof colour === 'string' ? { brandColour: colour.toLowerCase() } : {}),
    ...(typeof logo === 'string' ? { logo } : {}),
    ...(language === 'en' || language === 'zh-CN' ? { language } : {}),
  }
}
