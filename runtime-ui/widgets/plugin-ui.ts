import type { Display } from '../values/FieldValue.tsx'
import type { Widget } from './widget.ts'

/** What a plugin's `ui.tsx` may export: widgets by their name, displays by the name of a field type. */
export interface PluginUi {
  readonly widgets?: Readonly<Record<string, Widget>>
  readonly displays?: Readonly<Record<string, Display>>
}

/** The page parts of all plugins, each loaded when first needed. */
export const pluginModules: readonly (() => Promise<PluginUi>)[] = Object.values(
  import.meta.glob<PluginUi>('../../plugins/*/ui.tsx'),
)
