import type { DefinitionSet, WorkspaceSettings } from './compiled.ts'

/** The settings of a workspace: what it was made with, and what its definitions say. */
export function settingsWith(
  made: WorkspaceSettings,
  { setting }: Pick<DefinitionSet, 'setting'>,
): WorkspaceSettings {
  const [weekStart, language] = [setting.get('week_start')?.value, setting.get('language')?.value]
  return {
    ...made,
    ...(typeof weekStart === 'number' ? { weekStart } : {}),
    ...(language === 'en' || language === 'zh-CN' ? { language } : {}),
  }
}
